// What data say of an account, as one number each: two accounts of the same number are alike.
#pragma once

#include <functional>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/value/digest.hpp"

namespace rulec::output {

// SHA-256 of the account's records, those below it and their histories, and of whether some below
// one of them was rejected: all that a rule can see of it. Alike in whatever order the rows came,
// and whichever other accounts the data hold. One a record of the root's table, in its order.
std::vector<rulebook::Digest> account_digests(const rulebook::data::Dataset& dataset);
// The same, one after the other.
void for_each_account_digest(const rulebook::data::Dataset& dataset,
                             const std::function<void(const rulebook::Digest&)>& take);

} // namespace rulec::output
