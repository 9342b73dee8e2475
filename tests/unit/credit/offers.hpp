// Short ways to write touches and models in tests of the division.
#pragma once

#include <string>
#include <vector>

#include "runtime/credit/division.hpp"

namespace rulebook::credit {

inline Party party(const std::string& name) {
    return Party::named(plan::Value::of(name), name);
}

// One touch per name, in order, each at an instant of its own.
inline std::vector<Touch> touches(const std::vector<std::string>& parties) {
    std::vector<Touch> made;
    for (const std::string& name : parties)
        made.push_back({.party = party(name), .rank = static_cast<std::uint32_t>(made.size())});
    return made;
}

inline OfferedModel offered(plan::SplitModel kind) {
    return {.model = {.kind = kind}, .condition = plan::Value::of(true)};
}

// Parts in percent.
inline OfferedModel position(std::int64_t first, std::int64_t middle, std::int64_t last) {
    OfferedModel made = offered(plan::SplitModel::Position);
    made.model.first = first * 10'000;
    made.model.middle = middle * 10'000;
    made.model.last = last * 10'000;
    return made;
}

// Rates in percent; `rest` empty: by equal.
inline OfferedModel incremental(std::int64_t unassisted, std::int64_t assisted,
                                const std::string& to, const std::string& rest) {
    OfferedModel made = offered(plan::SplitModel::Incremental);
    made.model.unassisted = unassisted * 10'000;
    made.model.assisted = assisted * 10'000;
    made.model.assisted_party = party(to);
    if (!rest.empty())
        made.model.rest_party = party(rest);
    return made;
}

inline Division divide(std::int64_t amount, const std::vector<Touch>& touches,
                       const std::vector<OfferedModel>& models,
                       const std::vector<PartyPart>& floors = {},
                       const Party& without = Party::unattributed()) {
    return divide(amount, std::span(touches), std::span(models), std::span(floors), without);
}

inline std::int64_t amount_of(const Division& division, const std::string& name) {
    for (const auto& each : division.parties)
        if (each.party.name == name)
            return each.amount;
    return 0;
}

inline std::vector<std::int64_t> amounts(const Division& division) {
    std::vector<std::int64_t> all;
    for (const auto& each : division.parties)
        all.push_back(each.amount);
    return all;
}

} // namespace rulebook::credit
