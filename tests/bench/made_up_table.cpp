#include "tests/bench/made_up_table.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace rulebook::bench {

namespace {

constexpr std::size_t kFew = 40;

std::string cell_of(const auto& set, const char* shown) {
    std::string cell;
    for (std::size_t i = 0; i < set.size(); ++i)
        if (set[i])
            cell += (cell.empty() ? "(" : ", ") + fmt::format(fmt::runtime(shown), i);
    return cell + ")";
}

// One of `parts` equal parts of the numbers below `end`.
void set_part(std::int64_t (&range)[2], std::int64_t end, std::int64_t part, std::int64_t parts) {
    range[0] = end * part / parts;
    range[1] = end * (part + 1) / parts - 1;
}

void set_part(auto& set, std::int64_t part, std::int64_t parts) {
    const auto end = static_cast<std::int64_t>(set.size());
    for (std::int64_t i = end * part / parts; i < end * (part + 1) / parts; ++i)
        set[static_cast<std::size_t>(i)] = true;
}

// So many different ones of the set.
void set_some(auto& set, std::size_t some, Random& random) {
    while (some > 0) {
        bool& chosen = set[static_cast<std::size_t>(random.below(std::ssize(set)))];
        if (!std::exchange(chosen, true))
            --some;
    }
}

void set_range(std::int64_t (&range)[2], std::int64_t end, double share, Random& random) {
    const auto width = static_cast<std::int64_t>(share * static_cast<double>(end));
    range[0] = random.below(end - width + 1);
    range[1] = range[0] + width - 1;
}

} // namespace

std::int64_t Random::below(std::int64_t end) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::int64_t>((state_ >> 33U) % static_cast<std::uint64_t>(end));
}

std::vector<MadeUpRow> disjoint_rows(std::size_t rows) {
    const std::int64_t bands = rows == kFew ? 2 : 10;
    const std::int64_t sets = rows == kFew ? 2 : 4;
    const std::int64_t lists = rows == kFew ? 5 : 25;
    std::vector<MadeUpRow> made;
    for (std::int64_t place = 0; place < bands * bands * sets * lists; ++place) {
        MadeUpRow& row = made.emplace_back();
        set_part(row.employees, kEmployees, place % bands, bands);
        set_part(row.revenue, kRevenue, place / bands % bands, bands);
        set_part(row.industries, place / bands / bands % sets, sets);
        set_part(row.countries, place / bands / bands / sets, lists);
    }
    Random random(1);
    for (std::size_t i = made.size() - 1; i > 0; --i)
        std::swap(made[i], made[static_cast<std::size_t>(random.below(std::ssize(made)))]);
    return made;
}

std::vector<MadeUpRow> random_rows(std::size_t rows) {
    constexpr std::size_t kIndustriesOfARow = 2;
    constexpr std::size_t kCountriesOfARow = 12;
    // Of many unlikely rows none matches with probability e^(−rows × that of one): to be a half.
    constexpr double kOfSets = 2.0 / kIndustries * 12.0 / kCountries;
    const double of_ranges = std::log(2.0) / static_cast<double>(rows) / kOfSets;
    Random random(1);
    std::vector<MadeUpRow> made;
    for (std::size_t i = 0; i < rows; ++i) {
        MadeUpRow& row = made.emplace_back();
        set_range(row.employees, kEmployees, std::sqrt(of_ranges), random);
        set_range(row.revenue, kRevenue, std::sqrt(of_ranges), random);
        set_some(row.industries, kIndustriesOfARow, random);
        set_some(row.countries, kCountriesOfARow, random);
    }
    return made;
}

std::string rulebook_of(const std::vector<MadeUpRow>& rows) {
    std::string text = R"(
rulebook tables { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account {
  id : text key
  employees : int?  revenue : int?  industry : enum { i0, i1, i2, i3, i4, i5, i6, i7 }?  country : text?
}
table priced -> (place: int) {
  owner sales
  hit first
  | employees | revenue | industry | country || place |
)";
    for (std::size_t place = 0; place < rows.size(); ++place) {
        const MadeUpRow& row = rows[place];
        text +=
            fmt::format("  | {} to {} | {} to {} | {} | {} || {} |\n", row.employees[0],
                        row.employees[1], row.revenue[0], row.revenue[1],
                        cell_of(row.industries, "i{}"), cell_of(row.countries, "\"c{}\""), place);
    }
    return text + "}\n";
}

} // namespace rulebook::bench
