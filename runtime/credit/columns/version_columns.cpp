#include "runtime/credit/columns/version_columns.hpp"

#include <algorithm>

#include "runtime/credit/deal_facts.hpp"
#include "runtime/data/numbered_values.hpp"
#include "runtime/plan/change_source.hpp"
#include "runtime/plan/roots.hpp"
#include "runtime/value/amount.hpp"

namespace rulebook::credit::columns {

using data::Column;

namespace {

bool never_changes(const plan::Field& field) {
    return !field.tracked && !field.known_from;
}

// Calls `code_of(value)` once for each distinct value, where these have numbers.
template <class CodeOf>
std::vector<Code> codes_of(const Column& column, const CodeOf& code_of) {
    std::vector<Code> codes(column.size());
    std::vector<Code> known; // by number
    for (RowIndex row = 0; row < codes.size(); ++row) {
        if (!data::has_numbered_values(column.type())) {
            codes[row] = code_of(column.value(row));
            continue;
        }
        const std::size_t number = data::number_of_value(column, row);
        if (number >= known.size())
            known.resize(number + 1, kNoCode);
        if (known[number] == kNoCode)
            known[number] = code_of(column.value(row));
        codes[row] = known[number];
    }
    return codes;
}

// What the node reads of records; none: something else, too.
std::optional<std::vector<plan::Node>> fields_alone(const plan::Plan& plan, plan::NodeId root) {
    std::vector<plan::Node> fields;
    for (const plan::NodeId id : plan::nodes_behind(plan, root)) {
        const plan::Node& node = plan.node(id);
        if (plan::looks_around(node.op))
            return std::nullopt;
        if (node.op == plan::Op::Field)
            fields.push_back(node);
    }
    return fields;
}

void choose_filter(const plan::Plan& plan, VersionColumns& version) {
    constexpr std::uint32_t kDeal = 1;
    constexpr std::uint32_t kTouch = 2;
    using Filter = VersionColumns::Filter;
    if (version.credit->touch_where == plan::kNoNode)
        return;
    version.filter = Filter::OfDeal;
    const auto fields = fields_alone(plan, version.credit->touch_where);
    if (!fields)
        return;
    bool one_field = !fields->empty();
    for (const plan::Node& node : *fields) {
        const plan::Field& field =
            plan.schema.entities[static_cast<std::size_t>(node.detail)].fields[node.index];
        if (node.level == kDeal || !never_changes(field))
            return;
        one_field = one_field && node.level == kTouch && data::has_numbered_values(field.type) &&
                    node.index == fields->front().index;
    }
    version.filter = one_field ? Filter::OfValue : Filter::OfTouch;
    version.filter_field = one_field ? fields->front().index : 0;
}

// Whether the rule's version reads the touches of deals, or a model of the comparison.
bool asks_touches(const plan::Plan& plan, const plan::Credit& credit,
                  const Comparison* comparison) {
    std::vector<plan::NodeId> roots;
    plan::append_roots(credit, roots);
    if (comparison != nullptr)
        for (const Comparison::Compared& each : comparison->compared())
            if (each.split != nullptr)
                append_facts(*each.split, roots);
    std::erase(roots, plan::kNoNode);
    return std::ranges::any_of(plan::nodes_behind(plan, roots), [&](plan::NodeId id) {
        const plan::Node& node = plan.node(id);
        return node.op == plan::Op::Aggregate &&
               plan.aggregates[node.index].source == plan::AggregateSource::RuleTouches;
    });
}

std::vector<std::uint8_t> unseen_keys(const Model& model, const KeyCodes& keys) {
    std::vector<std::uint8_t> unseen;
    for (Code code = 0; code < keys.size(); ++code)
        unseen.push_back(weight_of(model, keys.key(code)) == nullptr ? 1 : 0);
    return unseen;
}

// The fields of touches that models go by: the version's, then the comparison's.
std::vector<plan::FieldIndex> key_fields(const CreditShapes::Version& version,
                                         const Comparison* comparison) {
    std::vector<plan::FieldIndex> fields = version.key_fields;
    if (comparison != nullptr)
        fields.insert(fields.end(), comparison->key_fields().begin(),
                      comparison->key_fields().end());
    return fields;
}

void add_models(const CreditShapes::Version& version, const std::vector<KeyCodes>& keys,
                VersionColumns& made) {
    for (const Model& model : version.models) {
        const KeyCodes* const of_model = model.key ? &keys[*model.key] : nullptr;
        made.models.push_back(ColumnModel::of(model, made.parties, of_model));
        const bool learnt = model.kind == plan::SplitModel::Markov && of_model != nullptr;
        made.unseen.push_back(learnt ? unseen_keys(model, *of_model) : std::vector<std::uint8_t>());
    }
}

void add_compared(const CreditShapes::Version& version, const Comparison& comparison,
                  const std::vector<KeyCodes>& keys, VersionColumns& made) {
    const std::size_t before = version.key_fields.size();
    for (const Comparison::Compared& each : comparison.compared()) {
        Model model = each.model;
        if (model.key)
            model.key = before + *model.key;
        const KeyCodes* const of_model = model.key ? &keys[*model.key] : nullptr;
        made.compared.push_back({&each, ColumnModel::of(model, made.parties, of_model)});
    }
}

VersionColumns columns_of(const plan::Plan& plan, const data::Dataset& dataset,
                          const CreditShapes::Version& version, const Comparison* comparison) {
    VersionColumns made;
    made.version = &version;
    made.credit = &plan.credits[version.index];
    const data::Table& touches = dataset.table(made.credit->touches);
    made.party_of_touch =
        codes_of(touches.column(made.credit->party_field), [&](const plan::Value& value) {
            return made.parties.add(party_of(plan, *made.credit, value));
        });
    made.rule = ColumnRule::of(version.floors, version.without_touches, made.parties);
    std::vector<KeyCodes> keys;
    for (const plan::FieldIndex field : key_fields(version, comparison)) {
        KeyCodes& codes = keys.emplace_back();
        made.keys_of_touch.push_back(codes_of(
            touches.column(field), [&](const plan::Value& value) { return codes.add(value); }));
        made.rule.keys = std::max(made.rule.keys, codes.size());
    }
    add_models(version, keys, made);
    if (comparison != nullptr)
        add_compared(version, *comparison, keys, made);
    made.nobody = ColumnModel::of(
        {.kind = plan::SplitModel::Fixed, .shares = {{Party::unattributed(), kMillionthsPerOne}}},
        made.parties, nullptr);
    made.rule.order_of_names = made.parties.order_of_names();
    choose_filter(plan, made);
    made.asks_touches = asks_touches(plan, *made.credit, comparison);
    return made;
}

bool goes_over_columns(const plan::Plan& plan, const CreditShapes::Version& version,
                       const Comparison* comparison) {
    const plan::Credit& credit = plan.credits[version.index];
    const plan::Entity& touch = plan.schema.entities[credit.touches];
    return never_changes(touch.fields[credit.party_field]) &&
           (!touch.sequence || never_changes(touch.fields[*touch.sequence])) &&
           std::ranges::all_of(key_fields(version, comparison), [&](plan::FieldIndex field) {
               return never_changes(touch.fields[field]);
           });
}

} // namespace

TouchColumns VersionColumns::touches(const data::Dataset& dataset) const {
    const plan::Entity& entity = dataset.schema().entities[credit->touches];
    const data::Table& table = dataset.table(credit->touches);
    TouchColumns columns{.instants = table.column(*entity.visible_from()).integers(),
                         .parties = party_of_touch};
    if (entity.sequence) {
        columns.sequences = table.column(*entity.sequence).integers();
        columns.sequence_known = table.column(*entity.sequence).known();
    }
    return columns;
}

ColumnShapes::ColumnShapes(const CreditShapes& shapes, const data::Dataset& dataset,
                           std::vector<std::uint32_t> rules, const Comparisons* comparisons)
    : shapes_(&shapes), dataset_(&dataset), rules_(std::move(rules)),
      want_(comparisons == nullptr ? Want::Touches : Want::Parties) {
    for (const CreditShapes::Rule& rule : shapes.rules()) {
        if (!std::ranges::binary_search(rules_, rule.index))
            continue;
        const Comparison* const comparison =
            comparisons == nullptr ? nullptr : &comparisons->at(rule.index);
        for (const CreditShapes::Version& version : rule.versions)
            if (goes_over_columns(shapes.plan(), version, comparison)) {
                versions_.push_back(columns_of(shapes.plan(), dataset, version, comparison));
                versions_.back().rule_index = rule.index;
            }
    }
}

std::optional<std::size_t> ColumnShapes::place_of(const CreditShapes::Version& version) const {
    const auto found = std::ranges::find(versions_, &version, &VersionColumns::version);
    if (found == versions_.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - versions_.begin());
}

} // namespace rulebook::credit::columns
