// Finds the rows of a decision table that match, however many there are. The values that cells look
// at are divided at the constants of the cells: between two of them all values are alike, and have
// one rank. Whether a row matches is a question of ranks.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::native {

using Rank = std::uint32_t;

struct RankRange {
    Rank first, last; // both inside
};

// A value that cells look at: most often the head of a column.
class TableColumn {
public:
    plan::NodeId input() const { return input_; }
    plan::Type type() const { return type_; }

    // Of a bool, integer or real by its key (key.hpp); of a text; of what is unknown.
    Rank rank(std::int64_t key) const;
    Rank rank(std::string_view text) const;
    Rank rank_of_unknown() const { return ranks_ - 1; }
    Rank ranks() const { return ranks_; }

private:
    friend class TableIndexBuilder;

    void divide_grid();

    plan::NodeId input_ = plan::kNoNode;
    plan::Type type_;
    Rank ranks_ = 1;
    std::vector<std::int64_t> starts_;               // of ranks 1, 2, …; ascending
    std::map<std::string, Rank, std::less<>> texts_; // from 1; 0: any other
    // Where to begin to look: by the bits of a key, as far above the first start.
    unsigned shift_ = 0;
    std::vector<std::uint32_t> grid_;
};

// Immutable; safe to share between threads.
class TableIndex {
public:
    // Nothing where cells look at too many different values.
    static std::optional<TableIndex> of(const plan::Plan& plan, const plan::Table& table);

    std::span<const TableColumn> columns() const { return columns_; }

    // Appends the rows that match, in table order, the first `most` at most; without any the rows
    // `otherwise`. `ranks`: one a column; `most`: 1 or more.
    void find(std::span<const Rank> ranks, std::size_t most,
              std::vector<std::uint32_t>& rows) const;

private:
    friend class TableIndexBuilder;

    // The rows that may match where a column has a rank of some that lie side by side: a bit each;
    // and of 64 such words, a bit each for those that are not 0.
    struct Rough {
        std::vector<std::uint16_t> group_of_rank;
        std::vector<std::uint64_t> words;   // of each group
        std::vector<std::uint64_t> summary; // of each group
    };

    // Of the rows that may match, 64 at a time: a bit each; `summary`: of so many such words.
    std::uint64_t summary_of(std::size_t word, std::span<const Rank> ranks) const;
    std::uint64_t may_match(std::size_t word, std::span<const Rank> ranks) const;
    bool matches(std::uint32_t row, std::span<const Rank> ranks) const;

    std::vector<TableColumn> columns_;
    std::vector<Rough> rough_;                // by column
    std::vector<std::uint32_t> range_starts_; // by row, then column; one more
    std::vector<RankRange> ranges_;           // in which the row matches
    std::vector<std::uint32_t> rows_;         // of the table, without `otherwise`; see RowOrder
    bool in_table_order_ = true;
    std::vector<std::uint32_t> otherwise_;
    std::size_t words_ = 0, summary_words_ = 0; // of a group
};

} // namespace rulebook::native
