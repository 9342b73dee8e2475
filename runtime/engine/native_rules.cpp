#include "runtime/engine/native_rules.hpp"

namespace rulebook::engine {

using native::Cell;

namespace {

bool gives_one_row(plan::HitPolicy hit) {
    return hit == plan::HitPolicy::First || hit == plan::HitPolicy::Unique ||
           hit == plan::HitPolicy::Any || hit == plan::HitPolicy::Priority;
}

} // namespace

NativeRules::NativeRules(const Prepared& prepared, const native::Code& code)
    : prepared_(prepared), chunk_(code, prepared.expressions, prepared.dataset) {}

void NativeRules::begin(const Piece& piece) {
    first_ = piece.first;
    chunk_.evaluate(static_cast<data::RowIndex>(piece.first), piece.last - piece.first,
                    prepared_.as_of);
}

bool NativeRules::add(AccountIndex account, FitColumns& columns) const {
    const native::FitArrays* const arrays = chunk_.program().fit_of(columns.rule);
    if (arrays == nullptr)
        return false;
    const std::size_t row = account - first_;
    columns.score.push_back(chunk_.value<std::int64_t>(arrays->score, row));
    columns.tier.push_back(chunk_.value<std::int64_t>(arrays->tier, row));
    columns.out.push_back(chunk_.value<std::uint8_t>(arrays->out, row));
    columns.unknowns.push_back(chunk_.value<std::uint32_t>(arrays->unknowns, row));
    for (const native::ArrayIndex hits : arrays->hits)
        columns.hits.push_back(chunk_.value<std::uint64_t>(hits, row));
    return true;
}

bool NativeRules::add(AccountIndex account, DecisionColumns& columns) const {
    const native::DecisionArrays* const arrays = chunk_.program().decision_of(columns.rule);
    if (arrays == nullptr)
        return false;
    const std::size_t row = account - first_;
    auto value = decided(*arrays, row);
    if (!value)
        return false;
    columns.value.push_back(*std::move(value));
    columns.clause.push_back(chunk_.value<std::uint32_t>(arrays->choice, row));
    return true;
}

bool NativeRules::add_table(AccountIndex account, std::uint32_t rule, std::vector<TableRow>& rows) {
    const auto place = chunk_.program().table_of(rule);
    if (!place)
        return false;
    TableRow result;
    result.account = account;
    result.rule = rule;
    result.version = chunk_.program().tables[*place].version;
    const plan::Table& table = prepared_.plan.tables[result.version];
    if (!gives_one_row(table.hit))
        return false;
    const bool first = table.hit == plan::HitPolicy::First;
    chunk_.find_rows(*place, account - first_, first ? 1 : 2, result.rows);
    if (result.rows.size() > 1)
        return false;
    if (result.rows.empty())
        result.outputs.assign(table.outputs.size(),
                              plan::Value::unknown(plan::Cause::NothingMatched, plan::kNoNode));
    else if (!append_constants(table.rows[result.rows[0]].outputs, result.outputs))
        return false;
    rows.push_back(std::move(result));
    return true;
}

// As the interpreter gives them. False: one is no constant.
bool NativeRules::append_constants(const std::vector<plan::NodeId>& nodes,
                                   std::vector<plan::Value>& values) const {
    for (const plan::NodeId id : nodes) {
        const plan::Node& node = prepared_.plan.node(id);
        if (node.op != plan::Op::Constant)
            return false;
        values.push_back(node.literal.known() ? node.literal
                                              : plan::Value::unknown(node.literal.why().cause, id));
    }
    return true;
}

// Nothing: unknown, or a text that is not written in the rule.
std::optional<plan::Value> NativeRules::decided(const native::DecisionArrays& arrays,
                                                std::size_t row) const {
    const auto choice = chunk_.value<std::uint32_t>(arrays.choice, row);
    if (choice == 0)
        return std::nullopt;
    const plan::Decision& decision = prepared_.plan.decisions[arrays.version];
    const plan::Node& node = prepared_.plan.node(decision.choices[choice - 1].value);
    if (node.op == plan::Op::Constant)
        return node.literal.known() ? std::optional(node.literal) : std::nullopt;
    if (!arrays.value || !chunk_.known(*arrays.value, row))
        return std::nullopt;
    switch (chunk_.program().arrays[*arrays.value].cell) {
    case Cell::Bool:
        return plan::Value::of(chunk_.value<std::uint8_t>(*arrays.value, row) != 0);
    case Cell::Real:
        return plan::Value::of(chunk_.value<double>(*arrays.value, row));
    default:
        return plan::Value::of(chunk_.value<std::int64_t>(*arrays.value, row));
    }
}

} // namespace rulebook::engine
