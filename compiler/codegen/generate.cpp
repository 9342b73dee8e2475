#include "compiler/codegen/generate.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "compiler/codegen/emission.hpp"
#include "compiler/codegen/parts.hpp"
#include "compiler/codegen/placement.hpp"
#include "compiler/codegen/rule_emission.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
namespace native = rulebook::native;
using plan::RuleKind;

namespace {

// The version of a rule that is in force; narrows `instants` to those at which that stays so.
template <class Rules>
std::optional<std::uint32_t> in_force(const plan::Rule& rule, const Rules& rules,
                                      std::int64_t instant, plan::Effective& instants) {
    std::optional<std::uint32_t> found;
    const auto note = [&](const std::optional<std::int64_t>& border) {
        if (!border)
            return;
        if (*border <= instant)
            instants.from = std::max(instants.from.value_or(*border), *border);
        else
            instants.until = std::min(instants.until.value_or(*border), *border);
    };
    for (const std::uint32_t version : rule.versions) {
        note(rules[version].effective.from);
        note(rules[version].effective.until);
        if (rules[version].effective.contains(instant))
            found = version;
    }
    return found;
}

class Generation {
public:
    Generation(const plan::Plan& plan, const Request& request) : plan_(plan), request_(request) {
        program_.content_hash = plan.content_hash;
        choose_rules();
    }

    Generated generate() {
        const Placement placement(plan_, [this](std::uint32_t rule) { return is_native(rule); });
        Emission emission(plan_, placement, program_);
        for (const Part& part : parts_of(plan_, placement, items()))
            emit(part, emission);
        return {std::move(program_), emission.take_kernels()};
    }

private:
    bool is_native(std::uint32_t rule) const { return versions_.contains(rule); }

    // Those asked for and those that they read, which come before them.
    void choose_rules() {
        std::vector<bool> wanted(plan_.rules.size());
        for (const std::uint32_t rule : request_.rules)
            wanted[rule] = true;
        for (std::size_t rule = plan_.rules.size(); rule-- > 0;)
            if (wanted[rule])
                for (const std::uint32_t read : plan_.rules[rule].rules_read)
                    wanted[read] = true;
        for (std::uint32_t rule = 0; rule < plan_.rules.size(); ++rule)
            if (const auto version = wanted[rule] ? native_version(rule) : std::nullopt)
                versions_[rule] = *version;
    }

    std::optional<std::uint32_t> native_version(std::uint32_t index) {
        const plan::Rule& rule = plan_.rules[index];
        if (rule.kind == RuleKind::Fit) {
            const auto version = in_force(rule, plan_.fits, request_.instant, program_.instants);
            return version && codegen::is_native(plan_, plan_.fits[*version]) ? version
                                                                              : std::nullopt;
        }
        if (rule.kind == RuleKind::Decision)
            return in_force(rule, plan_.decisions, request_.instant, program_.instants);
        return std::nullopt;
    }

    std::vector<Item> items() const {
        std::vector<Item> items;
        for (const auto& [rule, version] : versions_)
            append_items(rule, version, items);
        for (const plan::NodeId node : request_.values)
            items.push_back({Item::Kind::Value, 0, 0, node});
        return items;
    }

    void append_items(std::uint32_t rule, std::uint32_t version, std::vector<Item>& items) const {
        const auto append = [&](Item::Kind kind, std::size_t count) {
            for (std::uint32_t index = 0; index < count; ++index)
                items.push_back({kind, rule, version, index});
        };
        if (plan_.rules[rule].kind == RuleKind::Fit) {
            append(Item::Kind::Out, plan_.fits[version].outs.size());
            append(Item::Kind::Clause, plan_.fits[version].clauses.size());
            append(Item::Kind::FitEnd, 1);
        } else {
            append(Item::Kind::Choice, plan_.decisions[version].choices.size());
            append(Item::Kind::DecisionEnd, 1);
        }
    }

    void emit(const Part& part, Emission& emission) {
        emission.begin();
        for (const PartItem& each : part.items) {
            emission.prepare(each);
            emit(each.item, emission);
        }
        emission.end(part, fit_        ? fit_->carried()
                           : decision_ ? decision_->carried()
                                       : std::vector<Carried*>{});
    }

    void emit(const Item& item, Emission& emission) {
        switch (item.kind) {
        case Item::Kind::Out:
        case Item::Kind::Clause:
        case Item::Kind::FitEnd:
            return emit_fit(item, emission);
        case Item::Kind::Choice:
        case Item::Kind::DecisionEnd:
            return emit_decision(item, emission);
        case Item::Kind::Value:
            program_.values.push_back(
                {item.index, emission.write_value(plan_.node(item.index).type,
                                                  emission.value(item.index), item.index)});
        }
    }

    void emit_fit(const Item& item, Emission& emission) {
        if (!fit_)
            fit_.emplace(emission, item.rule, item.version);
        fit_->emit(item);
        if (item.kind != Item::Kind::FitEnd)
            return;
        program_.fits.push_back(fit_->arrays());
        fit_.reset();
    }

    void emit_decision(const Item& item, Emission& emission) {
        if (!decision_)
            decision_.emplace(emission, item.rule, item.version);
        decision_->emit(item);
        if (item.kind != Item::Kind::DecisionEnd)
            return;
        program_.decisions.push_back(decision_->arrays());
        decision_.reset();
    }

    const plan::Plan& plan_;
    const Request& request_;
    native::Program program_;
    std::map<std::uint32_t, std::uint32_t> versions_; // of native rules, in the plan's order
    std::optional<FitEmission> fit_;                  // that is being emitted
    std::optional<DecisionEmission> decision_;
};

} // namespace

Generated generate(const plan::Plan& plan, const Request& request) {
    return Generation(plan, request).generate();
}

} // namespace rulec::codegen
