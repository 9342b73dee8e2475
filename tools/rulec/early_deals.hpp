// Deals whose facts contradict each other: credited as of an instant at which nobody knew of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/plan/plan.hpp"
#include "tools/rulec/tell_of_data.hpp"

namespace rulec::tool {

// Until such a deal is known no run can have it, neither among what is credited nor among what is
// not: results as of an instant hold nothing that became known later. So it is told of here.
class EarlyDeals {
public:
    // Further records. Only rules whose `at` is a field of the deal are looked at.
    // Gives the accounts that have such deals, by their rows.
    std::vector<bool> add(const rulebook::plan::Plan& plan, const rulebook::data::Dataset& dataset);
    std::vector<DataWarning> warnings() const;

private:
    struct Found {
        std::uint64_t deals = 0;
        std::string source; // of the first
        std::uint64_t row = 0;
        std::string known_from;
    };
    std::map<std::pair<std::string, std::string>, Found> found_; // by collection and field of `at`
};

} // namespace rulec::tool
