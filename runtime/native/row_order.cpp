#include "runtime/native/row_order.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace rulebook::native {

namespace {

double share_of(const RankRanges& ranges, Rank ranks) {
    double inside = 0;
    for (const RankRange& range : ranges)
        inside += static_cast<double>(range.last - range.first) + 1;
    return inside / static_cast<double>(ranks);
}

// How many rows match, were all ranks as frequent as each other.
double matches_of_a_record(std::span<const std::vector<RankRanges>> ranges,
                           std::span<const Rank> ranks) {
    double matches = 0;
    for (const std::vector<RankRanges>& row : ranges) {
        double share = 1;
        for (std::size_t column = 0; column < ranks.size(); ++column)
            share *= share_of(row[column], ranks[column]);
        matches += share;
    }
    return matches;
}

// That column first whose cells leave the fewest rows.
std::vector<std::size_t> columns_by_shares(std::span<const std::vector<RankRanges>> ranges,
                                           std::span<const Rank> ranks) {
    std::vector<double> shares(ranks.size());
    for (const std::vector<RankRanges>& row : ranges)
        for (std::size_t column = 0; column < ranks.size(); ++column)
            shares[column] += share_of(row[column], ranks[column]);
    std::vector<std::size_t> columns(ranks.size());
    std::iota(columns.begin(), columns.end(), 0);
    std::ranges::sort(columns, {},
                      [&](std::size_t column) { return std::pair(shares[column], column); });
    return columns;
}

} // namespace

RowOrder order_of_rows(std::span<const std::vector<RankRanges>> ranges,
                       std::span<const Rank> ranks) {
    constexpr double kMany = 8;
    RowOrder order;
    order.rows.resize(ranges.size());
    std::iota(order.rows.begin(), order.rows.end(), 0);
    if (matches_of_a_record(ranges, ranks) > kMany)
        return order;
    const std::vector<std::size_t> columns = columns_by_shares(ranges, ranks);
    const auto first_rank = [&](std::uint32_t row, std::size_t column) {
        const RankRanges& cell = ranges[row][column];
        return cell.empty() ? ranks[column] : cell.front().first;
    };
    std::ranges::sort(order.rows, [&](std::uint32_t a, std::uint32_t b) {
        const auto differs = std::ranges::find_if(columns, [&](std::size_t column) {
            return first_rank(a, column) != first_rank(b, column);
        });
        return differs == columns.end() ? a < b : first_rank(a, *differs) < first_rank(b, *differs);
    });
    order.is_of_table = std::ranges::is_sorted(order.rows);
    return order;
}

} // namespace rulebook::native
