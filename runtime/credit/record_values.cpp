#include "runtime/credit/record_values.hpp"

#include <algorithm>

namespace rulebook::credit {

RecordValues::RecordValues(const native::Code& code, const interpret::PreparedPlan& expressions,
                           const data::Dataset& dataset)
    : dataset_(dataset), chunk_(code, expressions, dataset), columns_(code.program.values.size()) {
    for (std::size_t i = 0; i < columns_.size(); ++i)
        columns_[i].is_bool =
            expressions.plan().node(program().values[i].node).type.is(plan::TypeKind::Bool);
}

void RecordValues::ask(interpret::RowIndex first, std::span<const std::int64_t> instants) {
    first_ = first;
    instants_.assign(instants.begin(), instants.end());
    in_time_.clear();
    for (const std::int64_t instant : instants_)
        in_time_.push_back(program().instants.contains(instant) ? 1 : 0);
    for (Column& column : columns_) {
        column.values.resize(instants.size());
        column.known.resize(instants.size());
    }
    for (std::size_t done = 0; done < instants_.size();) {
        const std::size_t count = rows_at_once(done);
        ask_some(done, count);
        done += count;
    }
}

// At least one; no more than what they bring along has room for.
std::size_t RecordValues::rows_at_once(std::size_t first) const {
    constexpr std::size_t kMostElements = 1U << 18U;
    const data::Table& table = dataset_.table(program().about->entity);
    const std::size_t most = std::min(batch::Chunk::kManyRows, instants_.size() - first);
    std::size_t elements = 0;
    std::size_t count = 0;
    while (count < most) {
        const auto record = static_cast<interpret::RowIndex>(first_ + first + count);
        elements += chunk_.elements_brought(table.parent(record));
        if (count > 0 && elements > kMostElements)
            break;
        ++count;
    }
    return count;
}

void RecordValues::ask_some(std::size_t first, std::size_t count) {
    chunk_.evaluate_records(static_cast<interpret::RowIndex>(first_ + first),
                            std::span(instants_).subspan(first, count));
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        Column& column = columns_[i];
        const native::ArrayIndex array = program().values[i].array;
        for (std::size_t row = 0; row < count; ++row) {
            column.known[first + row] = chunk_.known(array, row) ? 1 : 0;
            column.values[first + row] = column.is_bool ? chunk_.value<std::uint8_t>(array, row)
                                                        : chunk_.value<std::int64_t>(array, row);
        }
    }
}

std::optional<plan::Value> RecordValues::of(plan::NodeId node, interpret::RowIndex record,
                                            std::int64_t instant) const {
    const auto& values = program().values;
    const auto found = std::ranges::find(values, node, &native::NodeArray::node);
    const std::size_t row = record - first_;
    if (found == values.end() || row >= in_time_.size() || in_time_[row] == 0 ||
        instants_[row] != instant)
        return std::nullopt;
    const Column& column = columns_[static_cast<std::size_t>(found - values.begin())];
    if (column.known[row] == 0)
        return plan::Value();
    return column.is_bool ? plan::Value::of(column.values[row] != 0)
                          : plan::Value::of(column.values[row]);
}

} // namespace rulebook::credit
