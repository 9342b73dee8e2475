// Decision tables of four condition columns, as rulebooks, and records that they are asked about.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace rulebook::bench {

inline constexpr std::int64_t kEmployees = 100'000; // values below that
inline constexpr std::int64_t kRevenue = 1'000'000;
inline constexpr std::int64_t kIndustries = 8;
inline constexpr std::int64_t kCountries = 100;

struct MadeUpRow {
    std::int64_t employees[2], revenue[2]; // both inside
    std::array<bool, kIndustries> industries{};
    std::array<bool, kCountries> countries{};
};

// The same numbers for the same seed, on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::int64_t below(std::int64_t end);

private:
    std::uint64_t state_;
};

// Each record of known values matches one row: the columns divided into so many parts each, the
// rows shuffled.
std::vector<MadeUpRow> disjoint_rows(std::size_t rows);
// Rows that overlap at random; half of the records match none.
std::vector<MadeUpRow> random_rows(std::size_t rows);

// A table `priced` of these rows, the first that matches; its output is the row's place.
std::string rulebook_of(const std::vector<MadeUpRow>& rows);

} // namespace rulebook::bench
