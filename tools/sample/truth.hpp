// What is true of a whole made-up data set, collected company by company: the chances behind it,
// and how the dice fell. Written beside the data as truth.json, so that whoever measures the data
// can tell whether what they found is there.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "tools/sample/company.hpp"
#include "tools/sample/disputes.hpp"
#include "tools/sample/tables.hpp"

namespace rulebook::sample {

// Some companies, what was to be expected of them and what they did.
struct Outcomes {
    std::uint64_t accounts = 0;
    std::int64_t chances = 0; // the sum, in so many of a million
    std::uint64_t happened = 0;
    std::uint64_t happened_alone_too = 0; // of those that happened

    void add(std::int64_t chance, bool has_happened, bool alone_too = false) {
        ++accounts;
        chances += chance;
        happened += has_happened ? 1 : 0;
        happened_alone_too += has_happened && alone_too ? 1 : 0;
    }
};

struct DealSum {
    std::uint64_t deals = 0;
    std::int64_t cents = 0;
    std::uint64_t alone_too = 0; // of companies that would have bought without a rep
};

class TruthBook {
public:
    void add(const Company& company);

    // Of so many tables as sample_tables() has.
    const std::array<std::uint64_t, kTableCount>& rows() const { return rows_; }

    // Two-space indented JSON with a newline at its end. README.md says what stands in it.
    std::string json(std::uint64_t seed) const;

private:
    void add_disputes(const Company& company);

    std::array<std::uint64_t, kTableCount> rows_{};
    std::array<std::uint64_t, 4> segments_{};
    std::array<std::uint64_t, 3> workplaces_{};
    std::uint64_t owned_by_sales_ = 0; // accounts
    std::array<DealSum, kDisputes.size()> disputes_{};
    std::map<std::tuple<std::size_t, Step, bool>, Outcomes> buying_;    // segment, step, assisted
    std::map<std::int32_t, Outcomes> connecting_;                       // by month of the sign-up
    std::map<std::tuple<std::size_t, std::int32_t>, Outcomes> regions_; // region, quarter
};

} // namespace rulebook::sample
