// What one element adds to a followed aggregate; internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/interpret/followed.hpp"
#include "runtime/interpret/row_context.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::interpret {

class Evaluation;

// Of an element that counts.
struct Part {
    RowIndex row = 0;      // rows stand in collection order
    std::int64_t time = 0; // what `first` and `last` go by
    plan::Value value;     // a value that moves: less its way since 1970
    bool has = true;       // every … have

    friend bool operator==(const Part&, const Part&) = default;
};

// What the element in the frame of the evaluation adds now; nothing if it does not count. Whether
// it lies inside the windows is not asked.
struct Asked {
    std::optional<Part> part;
    bool fits = true; // its value can be kept
};
Asked part_of(Evaluation& evaluation, const Followed& followed, RowIndex row);

// The values of the followed aggregate's inputs.
std::vector<plan::Value> inputs_of(Evaluation& evaluation, const Followed& followed);

} // namespace rulebook::interpret
