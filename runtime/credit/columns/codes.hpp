// Parties and keys by number.
#pragma once

#include <map>
#include <vector>

#include "runtime/credit/columns/columns.hpp"
#include "runtime/credit/party.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::credit::columns {

// Parties in the order in which they come up.
class PartyCodes {
public:
    // That of the party, which may be a new one.
    Code add(const Party& party);
    std::size_t size() const { return parties_.size(); }
    const Party& party(Code code) const { return parties_[code]; }
    // kNoCode: the party was never added.
    Code find(const Party& party) const;

    // By code: where the party stands among those that nothing but their names orders.
    std::vector<std::uint32_t> order_of_names() const;

private:
    std::vector<Party> parties_;
    std::map<plan::Value, Code> places_[3]; // by kind
};

// The values of a field that models go by; all unknown ones are one key.
class KeyCodes {
public:
    Code add(const plan::Value& key);
    std::size_t size() const { return keys_.size(); }
    const plan::Value& key(Code code) const { return keys_[code]; }

private:
    std::vector<plan::Value> keys_;
    std::map<plan::Value, Code> places_;
};

} // namespace rulebook::credit::columns
