// When something becomes visible or known next: by what the data say, not by time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "runtime/interpret/records.hpp"
#include "runtime/plan/change_source.hpp"

namespace rulebook::interpret {

// The first instant after `then` at which, below the record or of itself, a record becomes visible,
// a field known or another version of tracked fields begins.
std::optional<std::int64_t> next_change_below(const data::Dataset& dataset,
                                              std::span<const plan::ChangeSource> sources,
                                              Record above, std::int64_t then);

// Appends those instants, whenever they are, in any order; one may be there several times.
void append_changes(const data::Dataset& dataset, std::span<const plan::ChangeSource> sources,
                    Record above, std::vector<std::int64_t>& instants);

// The same of one root record after the other, asked at many instants: each source is gone through
// once.
class ChangesOfRoot {
public:
    explicit ChangesOfRoot(const data::Dataset& dataset) : dataset_(&dataset) {}

    std::optional<std::int64_t> next(std::span<const plan::ChangeSource> sources, Record root,
                                     std::int64_t then);

private:
    const data::Dataset* dataset_;
    Record root_{kNoRecord, 0};
    std::map<plan::ChangeSource, std::vector<std::int64_t>> instants_; // ascending
};

} // namespace rulebook::interpret
