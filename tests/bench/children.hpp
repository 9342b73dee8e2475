// What is asked of 20 events each, written by hand over the same columns.
#pragma once

#include <cstdint>

namespace rulebook::bench {

struct EventColumns {
    const std::int64_t* at;     // ascending within an account, all known
    const std::uint32_t* name;  // codes, all known
    const std::int64_t* amount; // cents
    const std::uint8_t* amount_known;
};

struct ChildrenResults {
    std::int64_t* first_name;  // count where name is the first
    std::int64_t* second_name; // count where name is the second, in a window
    std::int64_t* large;       // count where the amount is at least …
    std::int64_t* sum;         // of amounts in another window
    std::uint8_t* sum_known;
};

struct ChildrenQuestion {
    std::uint32_t first_name, second_name;
    std::int64_t window_of_count, window_of_sum, until; // instants, first inside; last inside
    std::int64_t large;
};

// `first_event`: by account, one more.
void children_by_hand(const EventColumns& events, const std::uint32_t* first_event,
                      std::int64_t accounts, const ChildrenQuestion& question,
                      const ChildrenResults& results);

} // namespace rulebook::bench
