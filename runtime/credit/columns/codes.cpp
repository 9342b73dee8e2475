#include "runtime/credit/columns/codes.hpp"

#include <algorithm>
#include <numeric>

namespace rulebook::credit::columns {

Code PartyCodes::add(const Party& party) {
    const auto value = party.kind == PartyKind::Named ? party.value : plan::Value();
    auto& places = places_[static_cast<std::size_t>(party.kind)];
    const auto [found, fresh] = places.try_emplace(value, static_cast<Code>(parties_.size()));
    if (fresh)
        parties_.push_back(party);
    return found->second;
}

Code PartyCodes::find(const Party& party) const {
    const auto& places = places_[static_cast<std::size_t>(party.kind)];
    const auto found = places.find(party.kind == PartyKind::Named ? party.value : plan::Value());
    return found == places.end() ? kNoCode : found->second;
}

std::vector<std::uint32_t> PartyCodes::order_of_names() const {
    std::vector<Code> sorted(parties_.size());
    std::iota(sorted.begin(), sorted.end(), Code{0});
    std::ranges::sort(sorted, [&](Code left, Code right) {
        const Party& a = parties_[left];
        const Party& b = parties_[right];
        return a.name != b.name ? a.name < b.name : a.kind < b.kind;
    });
    std::vector<std::uint32_t> order(parties_.size());
    for (std::uint32_t place = 0; place < sorted.size(); ++place)
        order[sorted[place]] = place;
    return order;
}

Code KeyCodes::add(const plan::Value& key) {
    const auto [found, fresh] = places_.try_emplace(key, static_cast<Code>(keys_.size()));
    if (fresh)
        keys_.push_back(key);
    return found->second;
}

} // namespace rulebook::credit::columns
