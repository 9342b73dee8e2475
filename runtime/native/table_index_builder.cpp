#include "runtime/native/table_index_builder.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include "runtime/native/cell_condition.hpp"
#include "runtime/native/key.hpp"

namespace rulebook::native {

using plan::NodeId;
using plan::Representation;
using plan::Value;

namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kTruths = 64;
constexpr std::size_t kMostGroups = 256;

bool is_text(plan::Type type) {
    return plan::representation(type.kind) == Representation::Text;
}

// With more, the rows are told apart by something else.
constexpr std::size_t kMostColumns = 64;

std::vector<Value> constants_of_all(const plan::Plan& plan, const std::vector<NodeId>& conditions) {
    std::vector<Value> all;
    for (const NodeId condition : conditions)
        std::ranges::move(constants_of(plan, condition), std::back_inserter(all));
    return all;
}

// Where values begin to be others: at each constant, and behind it.
std::vector<std::int64_t> starts_of(const plan::Plan& plan, const std::vector<NodeId>& conditions) {
    std::vector<std::int64_t> starts;
    for (const Value& constant : constants_of_all(plan, conditions)) {
        const std::int64_t key = key_of(constant);
        starts.push_back(key);
        if (key != kGreatest)
            starts.push_back(key + 1);
    }
    return starts;
}

void sort_without_repeats(std::vector<std::int64_t>& keys) {
    std::ranges::sort(keys);
    const auto repeated = std::ranges::unique(keys);
    keys.erase(repeated.begin(), repeated.end());
}

} // namespace

std::optional<TableIndex> TableIndex::of(const plan::Plan& plan, const plan::Table& table) {
    return TableIndexBuilder(plan, table).build();
}

std::optional<TableIndex> TableIndexBuilder::build() {
    find_columns();
    if (index_.columns_.size() > kMostColumns)
        return std::nullopt;
    for (std::size_t column = 0; column < index_.columns_.size(); ++column)
        find_ranks(column);
    lay_out_rows();
    index_.words_ = (index_.rows_.size() + kTruths - 1) / kTruths;
    index_.summary_words_ = (index_.words_ + kTruths - 1) / kTruths;
    for (std::size_t column = 0; column < index_.columns_.size(); ++column)
        make_rough(column);
    return std::move(index_);
}

void TableIndexBuilder::find_columns() {
    std::map<NodeId, std::size_t> places;
    for (std::uint32_t i = 0; i < table_.rows.size(); ++i) {
        const plan::TableRow& row = table_.rows[i];
        (row.conditions.empty() ? index_.otherwise_ : index_.rows_).push_back(i);
        if (row.conditions.empty())
            continue;
        std::vector<Conditions>& conditions = conditions_.emplace_back(places.size());
        for (const NodeId condition : row.conditions) {
            if (condition == plan::kNoNode)
                continue;
            const NodeId subject = subject_of(plan_, condition);
            const std::size_t place = places.try_emplace(subject, places.size()).first->second;
            if (place == index_.columns_.size()) {
                index_.columns_.emplace_back().input_ = subject;
                index_.columns_.back().type_ = plan_.node(subject).type;
                if (place > kMostColumns)
                    return; // too many
            }
            conditions.resize(std::max(conditions.size(), place + 1));
            conditions[place].push_back(condition);
        }
    }
    for (std::vector<Conditions>& row : conditions_)
        row.resize(index_.columns_.size());
}

void TableIndexBuilder::find_ranks(std::size_t place) {
    TableColumn& column = index_.columns_[place];
    for (const std::vector<Conditions>& row : conditions_) {
        if (is_text(column.type_))
            for (const Value& text : constants_of_all(plan_, row[place]))
                column.texts_.try_emplace(text.text(), static_cast<Rank>(column.texts_.size() + 1));
        else if (column.type_.is(plan::TypeKind::Bool))
            column.starts_ = {1}; // false, true
        else
            std::ranges::copy(starts_of(plan_, row[place]), std::back_inserter(column.starts_));
    }
    sort_without_repeats(column.starts_);
    column.divide_grid();
    // One for what lies below all starts, or is no text of the cells; one for what is unknown.
    column.ranks_ = static_cast<Rank>(column.starts_.size() + column.texts_.size() + 2);
}

bool TableIndexBuilder::hold(const TableColumn& column, const Conditions& conditions,
                             const Value& value) const {
    return std::ranges::all_of(conditions, [&](NodeId condition) {
        return is_true_at(plan_, condition, column.input_, value);
    });
}

RankRanges TableIndexBuilder::ranges_of(const TableColumn& column,
                                        const Conditions& conditions) const {
    if (conditions.empty())
        return {{0, column.rank_of_unknown()}};
    RankRanges ranges = is_text(column.type_) ? ranges_of_text(column, conditions)
                                              : ranges_of_number(column, conditions);
    if (hold(column, conditions, Value()))
        ranges.push_back({column.rank_of_unknown(), column.rank_of_unknown()});
    return ranges;
}

// Of the texts that the cell names, one by one; all others are alike.
RankRanges TableIndexBuilder::ranges_of_text(const TableColumn& column,
                                             const Conditions& conditions) const {
    std::vector<bool> holds(column.ranks_ - 1);
    std::string other = "?";
    while (column.texts_.contains(other))
        other += '?';
    if (hold(column, conditions, Value::of(other)))
        holds.assign(holds.size(), true);
    for (const Value& text : constants_of_all(plan_, conditions))
        holds[column.rank(text.text())] = hold(column, conditions, text);
    RankRanges ranges;
    for (Rank rank = 0; rank < holds.size(); ++rank) {
        if (!holds[rank])
            continue;
        if (!ranges.empty() && ranges.back().last + 1 == rank)
            ranges.back().last = rank;
        else
            ranges.push_back({rank, rank});
    }
    return ranges;
}

Value TableIndexBuilder::value_of_key(const TableColumn& column, std::int64_t key) const {
    switch (plan::representation(column.type_.kind)) {
    case Representation::Bool:
        return Value::of(key != 0);
    case Representation::Real:
        return Value::of(real_of_key(key));
    default:
        return Value::of(key);
    }
}

// Between the constants of the cell all values are alike: one of each is tried out.
RankRanges TableIndexBuilder::ranges_of_number(const TableColumn& column,
                                               const Conditions& conditions) const {
    const bool is_real = plan::representation(column.type_.kind) == Representation::Real;
    const std::int64_t least = is_real ? key_of(std::numeric_limits<double>::lowest())
                               : column.type_.is(plan::TypeKind::Bool) ? 0
                                                                       : kLeast;
    std::vector<std::int64_t> starts = column.type_.is(plan::TypeKind::Bool)
                                           ? std::vector<std::int64_t>{1}
                                           : starts_of(plan_, conditions);
    sort_without_repeats(starts);
    if (starts.empty() || starts.front() > least)
        starts.insert(starts.begin(), least);
    RankRanges ranges;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        if (!hold(column, conditions, value_of_key(column, starts[i])))
            continue;
        const Rank first = starts[i] == least ? 0 : column.rank(starts[i]);
        const Rank last =
            i + 1 == starts.size() ? column.rank_of_unknown() - 1 : column.rank(starts[i + 1]) - 1;
        if (!ranges.empty() && ranges.back().last + 1 == first)
            ranges.back().last = last;
        else if (first <= last)
            ranges.push_back({first, last});
    }
    return ranges;
}

void TableIndexBuilder::lay_out_rows() {
    std::vector<std::vector<RankRanges>> ranges;
    for (const std::vector<Conditions>& row : conditions_) {
        std::vector<RankRanges>& cells = ranges.emplace_back();
        for (std::size_t column = 0; column < index_.columns_.size(); ++column)
            cells.push_back(ranges_of(index_.columns_[column], row[column]));
    }
    std::vector<Rank> ranks;
    for (const TableColumn& column : index_.columns_)
        ranks.push_back(column.ranks());
    const RowOrder order = order_of_rows(ranges, ranks);
    const std::vector<std::uint32_t> rows = std::move(index_.rows_);
    index_.rows_.clear();
    index_.in_table_order_ = order.is_of_table;
    index_.range_starts_.push_back(0);
    for (const std::uint32_t row : order.rows) {
        index_.rows_.push_back(rows[row]);
        for (const RankRanges& cell : ranges[row]) {
            std::ranges::copy(cell, std::back_inserter(index_.ranges_));
            index_.range_starts_.push_back(static_cast<std::uint32_t>(index_.ranges_.size()));
        }
    }
}

void TableIndexBuilder::make_rough(std::size_t place) {
    const TableColumn& column = index_.columns_[place];
    const std::size_t groups = std::min<std::size_t>(column.ranks_, kMostGroups);
    TableIndex::Rough rough;
    for (std::size_t rank = 0; rank < column.ranks_; ++rank)
        rough.group_of_rank.push_back(static_cast<std::uint16_t>(rank * groups / column.ranks_));
    rough.words.resize(groups * index_.words_);
    rough.summary.resize(groups * index_.summary_words_);
    for (std::size_t row = 0; row < index_.rows_.size(); ++row) {
        const std::size_t at = row * index_.columns_.size() + place;
        for (std::uint32_t i = index_.range_starts_[at]; i < index_.range_starts_[at + 1]; ++i) {
            const RankRange& range = index_.ranges_[i];
            for (std::size_t group = rough.group_of_rank[range.first];
                 group <= rough.group_of_rank[range.last]; ++group) {
                const std::size_t word = row / kTruths;
                rough.words[group * index_.words_ + word] |= std::uint64_t{1} << (row % kTruths);
                rough.summary[group * index_.summary_words_ + word / kTruths] |=
                    std::uint64_t{1} << (word % kTruths);
            }
        }
    }
    index_.rough_.push_back(std::move(rough));
}

} // namespace rulebook::native
