// What data a run was over, as one number.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "runtime/data/dataset.hpp"
#include "runtime/value/digest.hpp"

namespace rulec::output {

// SHA-256, in hex, of all accounts (account_digests): alike for the same records in any order of
// rows, and however the accounts are divided into data sets that are added in order.
class DataFingerprint {
public:
    void add(std::span<const rulebook::Digest> accounts);
    // All of a data set.
    void add(const rulebook::data::Dataset& dataset);
    // Once, at the end.
    std::string finish();

private:
    void add(const rulebook::Digest& account);

    rulebook::Sha256 digest_;
    std::uint64_t count_ = 0;
};

} // namespace rulec::output
