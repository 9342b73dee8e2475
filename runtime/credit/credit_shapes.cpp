#include <algorithm>
#include <limits>
#include <string>

#include "runtime/credit/account_credit.hpp"
#include "runtime/interpret/readable.hpp"
#include "runtime/value/amount.hpp"

namespace rulebook::credit {

std::string_view words(Uncredited cause) {
    switch (cause) {
#define RB_UNCREDITED(Name, words)                                                                 \
    case Uncredited::Name:                                                                         \
        return words;
#include "runtime/credit/uncredited.def"
    }
    return "?";
}

// A value that is called like nobody, or that begins like such a name, stands in quotes: then no
// two parties have one name.
static std::string name_of_value(const std::string& name) {
    const bool taken = name == Party::unknown().name || name == Party::unattributed().name;
    return taken || name.starts_with('"') ? '"' + name + '"' : name;
}

Party party_of(const plan::Plan& plan, const plan::Credit& credit, const plan::Value& value) {
    if (!value.known())
        return Party::unknown();
    const plan::Entity& touch = plan.schema.entities[credit.touches];
    std::string name;
    interpret::append_readable(name, plan.schema, touch.fields[credit.party_field].type, value);
    return Party::named(value, name_of_value(name));
}

namespace {

std::vector<PartyPart> parts_of(const plan::Plan& plan, const plan::Credit& credit,
                                const std::vector<plan::PartyShare>& shares) {
    std::vector<PartyPart> parts;
    parts.reserve(shares.size());
    for (const plan::PartyShare& share : shares)
        parts.push_back({party_of(plan, credit, share.party), share.share});
    return parts;
}

Model model_of(const plan::Plan& plan, const plan::Credit& credit, const plan::Split& split) {
    Model model{.kind = split.model,
                .shares = parts_of(plan, credit, split.shares),
                .first = split.first,
                .middle = split.middle,
                .last = split.last,
                .others = split.others,
                .halving_microseconds = split.halving_microseconds,
                .weights = split.weights,
                .otherwise = split.otherwise,
                .weights_missing = split.file_missing};
    for (const plan::MilestoneShare& milestone : split.milestones)
        if (milestone.instant == plan::kNoNode)
            model.first_touch = model.first_touch.value_or(0) + milestone.share;
        else
            model.milestones.push_back(milestone.share);
    if (split.model != plan::SplitModel::Incremental)
        return model;
    model.assisted_party = party_of(plan, credit, split.assisted_party);
    if (split.rest_party.known())
        model.rest_party = party_of(plan, credit, split.rest_party);
    return model;
}

std::string_view fault_of(const Model& model, const plan::Split& split) {
    for (const plan::RateRow& row : split.rates)
        if (const std::string_view fault = credit::fault_of(row); !fault.empty())
            return fault;
    return credit::fault_of(model);
}

Result<CreditShapes::Version> version_of(const plan::Plan& plan, std::uint32_t index) {
    const plan::Credit& credit = plan.credits[index];
    CreditShapes::Version version{
        .index = index, .models = {}, .key_fields = {}, .floors = {}, .without_touches = {}};
    for (const plan::Split& split : credit.splits) {
        version.models.push_back(model_of(plan, credit, split));
        if (split.by) {
            version.models.back().key = version.key_fields.size();
            version.key_fields.push_back(*split.by);
        }
        const std::string_view fault = fault_of(version.models.back(), split);
        if (!fault.empty())
            return make_error("credit.model", "`" + std::string(spelling(split.model)) +
                                                  "`: " + std::string(fault));
    }
    version.floors = parts_of(plan, credit, credit.floors);
    std::int64_t floors = 0;
    for (const PartyPart& floor : version.floors) {
        if (floor.millionths < 0 || floor.millionths > kMillionthsPerOne)
            return make_error("credit.floors", "a floor is not between 0% and 100%");
        floors += floor.millionths;
    }
    if (floors > kMillionthsPerOne)
        return make_error("credit.floors", "the floors add up to more than 100%");
    version.without_touches = credit.without_touches
                                  ? party_of(plan, credit, *credit.without_touches)
                                  : Party::unattributed();
    for (const plan::EntityIndex entity : {credit.deals, credit.touches})
        if (plan.schema.entities[entity].parent != plan.schema.root)
            return make_error("credit.collection", "`" + plan.schema.entities[entity].collection +
                                                       "` do not belong to `" +
                                                       plan.schema.root_entity().name + "`");
    return version;
}

} // namespace

Result<CreditShapes> CreditShapes::prepare(const plan::Plan& plan) {
    const time::Zone* zone = time::find_zone(plan.timezone);
    if (zone == nullptr)
        return make_error("plan.zone", "there is no time zone `" + plan.timezone + "`");
    CreditShapes shapes(plan, *zone);
    for (std::uint32_t index = 0; index < plan.rules.size(); ++index) {
        if (plan.rules[index].kind != plan::RuleKind::Credit)
            continue;
        Rule rule{.index = index};
        for (const std::uint32_t version : plan.rules[index].versions) {
            auto shape = version_of(plan, version);
            if (!shape)
                return tl::unexpected(shape.error());
            rule.versions.push_back(std::move(*shape));
        }
        std::ranges::sort(rule.versions, {}, [&](const Version& version) {
            return plan.credits[version.index].effective.from.value_or(
                std::numeric_limits<std::int64_t>::min());
        });
        shapes.rules_.push_back(std::move(rule));
    }
    return shapes;
}

} // namespace rulebook::credit
