// What data a run was over, as one number.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/value/digest.hpp"

namespace rulec::output {

// SHA-256, in hex, of the admitted records and their histories: alike for the same records in any
// order of rows, and however the accounts are divided into data sets that are added in order.
class DataFingerprint {
public:
    void add(const rulebook::data::Dataset& dataset);
    // Once, at the end.
    std::string finish();

private:
    // The records of one entity: they come one entity after the other in each data set.
    struct Records {
        std::string name;
        rulebook::Sha256 digest;
        std::uint64_t count = 0;
    };
    void add_record(const rulebook::data::Dataset& dataset, rulebook::plan::EntityIndex entity,
                    rulebook::data::RowIndex row, std::uint64_t parents_before);

    std::vector<Records> entities_; // by EntityIndex
};

} // namespace rulec::output
