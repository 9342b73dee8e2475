#include "runtime/native/table_index.hpp"

#include <algorithm>
#include <bit>

namespace rulebook::native {

namespace {

constexpr std::size_t kWord = 64;

} // namespace

// Between two neighbours of the grid there are few starts, where these are spread evenly.
void TableColumn::divide_grid() {
    if (starts_.empty())
        return;
    constexpr std::uint64_t kMostCells = 4'096;
    const auto span =
        static_cast<std::uint64_t>(starts_.back()) - static_cast<std::uint64_t>(starts_.front());
    while ((span >> shift_) >= kMostCells)
        ++shift_;
    std::uint32_t at = 0;
    for (std::uint64_t cell = 0; cell <= (span >> shift_) + 1; ++cell) {
        while (at < starts_.size() && ((static_cast<std::uint64_t>(starts_[at]) -
                                        static_cast<std::uint64_t>(starts_.front())) >>
                                       shift_) < cell)
            ++at;
        grid_.push_back(at);
    }
}

Rank TableColumn::rank(std::int64_t key) const {
    if (starts_.empty() || key < starts_.front())
        return 0;
    if (key >= starts_.back())
        return static_cast<Rank>(starts_.size());
    const std::uint64_t cell =
        (static_cast<std::uint64_t>(key) - static_cast<std::uint64_t>(starts_.front())) >> shift_;
    const auto first = starts_.begin() + grid_[cell];
    const auto last = starts_.begin() + grid_[cell + 1];
    return static_cast<Rank>(std::upper_bound(first, last, key) - starts_.begin());
}

Rank TableColumn::rank(std::string_view text) const {
    const auto found = texts_.find(text);
    return found == texts_.end() ? 0 : found->second;
}

bool TableIndex::matches(std::uint32_t row, std::span<const Rank> ranks) const {
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        const std::size_t place = row * columns_.size() + column;
        const auto first = ranges_.begin() + range_starts_[place];
        const auto last = ranges_.begin() + range_starts_[place + 1];
        const auto behind =
            std::upper_bound(first, last, ranks[column],
                             [](Rank rank, const RankRange& range) { return rank < range.first; });
        if (behind == first || (behind - 1)->last < ranks[column])
            return false;
    }
    return true;
}

std::uint64_t TableIndex::summary_of(std::size_t word, std::span<const Rank> ranks) const {
    std::uint64_t all = ~std::uint64_t{0};
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        const Rough& rough = rough_[column];
        all &= rough.summary[rough.group_of_rank[ranks[column]] * summary_words_ + word];
    }
    return all;
}

std::uint64_t TableIndex::may_match(std::size_t word, std::span<const Rank> ranks) const {
    std::uint64_t all = ~std::uint64_t{0};
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        const Rough& rough = rough_[column];
        all &= rough.words[rough.group_of_rank[ranks[column]] * words_ + word];
    }
    return all;
}

void TableIndex::find(std::span<const Rank> ranks, std::size_t most,
                      std::vector<std::uint32_t>& rows) const {
    const std::size_t before = rows.size();
    for (std::size_t summary = 0; summary < summary_words_; ++summary)
        for (std::uint64_t open = summary_of(summary, ranks); open != 0; open &= open - 1) {
            const std::size_t word =
                summary * kWord + static_cast<std::size_t>(std::countr_zero(open));
            for (std::uint64_t may = may_match(word, ranks); may != 0; may &= may - 1) {
                const auto place = static_cast<std::uint32_t>(
                    word * kWord + static_cast<std::size_t>(std::countr_zero(may)));
                const bool full = rows.size() - before == most;
                if ((full && rows_[place] > rows.back()) || !matches(place, ranks))
                    continue;
                const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(before);
                rows.insert(std::upper_bound(begin, rows.end(), rows_[place]), rows_[place]);
                if (full)
                    rows.pop_back();
                if (in_table_order_ && rows.size() - before == most)
                    return;
            }
        }
    if (rows.size() == before)
        rows.insert(rows.end(), otherwise_.begin(),
                    otherwise_.begin() +
                        static_cast<std::ptrdiff_t>(std::min(most, otherwise_.size())));
}

} // namespace rulebook::native
