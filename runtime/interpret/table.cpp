// Tables: which rows match, and what the hit policy makes of them (DMN's meanings).
#include <algorithm>

#include "runtime/interpret/decision.hpp"
#include "runtime/value/integer.hpp"
#include "runtime/value/number.hpp"

namespace rulebook::interpret {

namespace {

using plan::Cause;
using plan::HitPolicy;
using plan::Value;
using Row = std::vector<Value>; // outputs

bool matches(Evaluation& evaluation, const plan::TableRow& row) {
    return std::ranges::all_of(row.conditions, [&](plan::NodeId condition) {
        return condition == plan::kNoNode || evaluation.value(condition).is_true();
    });
}

// In table order. `otherwise` rows match where no other row does.
std::vector<std::uint32_t> matching_rows(Evaluation& evaluation, const plan::Table& table) {
    std::vector<std::uint32_t> matched;
    std::vector<std::uint32_t> otherwise;
    for (std::uint32_t i = 0; i < table.rows.size(); ++i) {
        if (table.rows[i].conditions.empty())
            otherwise.push_back(i);
        else if (matches(evaluation, table.rows[i]))
            matched.push_back(i);
        if (!matched.empty() && table.hit == HitPolicy::First)
            break;
    }
    return matched.empty() ? otherwise : matched;
}

Row outputs_of(Evaluation& evaluation, const plan::TableRow& row) {
    Row outputs;
    for (const plan::NodeId output : row.outputs)
        outputs.push_back(evaluation.value(output));
    return outputs;
}

Row all_unknown(const plan::Table& table, Cause cause) {
    return Row(table.outputs.size(), Value::unknown(cause, plan::kNoNode));
}

bool same(const Value& a, const Value& b) {
    return a.known() == b.known() && (!a.known() || a == b);
}

// ---- one row of those that match

struct Matched {
    const plan::Table& table;
    std::vector<Row> rows; // outputs of the rows that match, at least one
    TableResult& result;

    // That row's outputs are the result.
    void take(std::size_t i) const {
        result.outputs = rows[i];
        result.rows = {result.rows[i]};
    }
    void conflict() const { result.outputs = all_unknown(table, Cause::SeveralRowsMatched); }
};

void settle_unique(const Matched& matched) {
    if (matched.rows.size() == 1)
        matched.take(0);
    else
        matched.conflict();
}

void settle_any(const Matched& matched) {
    const bool agree = std::ranges::all_of(matched.rows, [&](const Row& row) {
        return std::ranges::equal(row, matched.rows.front(), same);
    });
    if (agree)
        matched.take(0);
    else
        matched.conflict();
}

// The earlier declared value of the first output wins, then the earlier row; an unknown comes last.
void settle_priority(const Matched& matched) {
    const auto before = [](const Row& a, const Row& b) {
        if (!a.front().known() || !b.front().known())
            return a.front().known() && !b.front().known();
        return a.front() < b.front();
    };
    const auto best = matched.table.outputs.empty()
                          ? matched.rows.begin()
                          : std::ranges::min_element(matched.rows, before);
    matched.take(static_cast<std::size_t>(best - matched.rows.begin()));
}

// ---- all rows that match, output by output

// The known values of an output column; where there are none, why.
struct Column {
    std::vector<Value> known;
    Value why_none;
};

Column column(const std::vector<Row>& rows, std::size_t output) {
    Column column{{}, Value::unknown(Cause::NothingMatched, plan::kNoNode)};
    for (const Row& row : rows)
        if (row[output].known())
            column.known.push_back(row[output]);
    if (column.known.empty() && !rows.empty())
        column.why_none = Value::unknown(Cause::AllUnknown, plan::kNoNode);
    return column;
}

constexpr auto kLess = [](const Value& a, const Value& b) { return a < b; };

Value overflow_unless(const auto& result) {
    return result ? Value::of(*result) : Value::unknown(Cause::Overflow, plan::kNoNode);
}

Value sum(const Column& column, plan::Type type) {
    if (column.known.empty())
        return column.why_none;
    if (plan::representation(type.kind) == plan::Representation::Real) {
        double total = 0.0;
        for (const Value& value : column.known)
            total += value.real();
        return overflow_unless(finite(total));
    }
    ExactSum total;
    for (const Value& value : column.known)
        total.add(value.integer());
    return overflow_unless(total.sum());
}

Value least(const Column& column) {
    return column.known.empty() ? column.why_none : *std::ranges::min_element(column.known, kLess);
}

Value greatest(const Column& column) {
    return column.known.empty() ? column.why_none : *std::ranges::max_element(column.known, kLess);
}

Value collected(const plan::Table& table, const std::vector<Row>& rows, std::size_t output) {
    switch (table.hit) {
    case HitPolicy::CollectSum:
        return sum(column(rows, output), table.outputs[output].type);
    case HitPolicy::CollectMin:
        return least(column(rows, output));
    case HitPolicy::CollectMax:
        return greatest(column(rows, output));
    default:
        return Value::of(static_cast<std::int64_t>(rows.size()));
    }
}

void settle(const plan::Table& table, std::vector<Row> rows, TableResult& result) {
    switch (table.hit) {
    case HitPolicy::CollectSum:
    case HitPolicy::CollectMin:
    case HitPolicy::CollectMax:
    case HitPolicy::CollectCount:
        for (std::size_t i = 0; i < table.outputs.size(); ++i)
            result.outputs.push_back(collected(table, rows, i));
        return;
    case HitPolicy::Collect:
        result.collected = std::move(rows);
        return;
    case HitPolicy::First:
    case HitPolicy::Unique:
    case HitPolicy::Any:
    case HitPolicy::Priority:
        break;
    }
    if (rows.empty()) {
        result.outputs = all_unknown(table, Cause::NothingMatched);
        return;
    }
    const Matched matched{table, std::move(rows), result};
    if (table.hit == HitPolicy::First)
        matched.take(0);
    else if (table.hit == HitPolicy::Unique)
        settle_unique(matched);
    else if (table.hit == HitPolicy::Any)
        settle_any(matched);
    else
        settle_priority(matched);
}

} // namespace

TableResult evaluate_table(Evaluation& evaluation, const plan::Table& table) {
    TableResult result;
    result.rows = matching_rows(evaluation, table);
    std::vector<Row> rows;
    rows.reserve(result.rows.size());
    for (const std::uint32_t row : result.rows)
        rows.push_back(outputs_of(evaluation, table.rows[row]));
    settle(table, std::move(rows), result);
    return result;
}

} // namespace rulebook::interpret
