// Waits: `A without B within D` and `no A for D`, where D is a length of time. What they find is
// what trigger::WithoutMachine and trigger::SilenceMachine find.
#pragma once

#include <vector>

#include "runtime/scan/bits.hpp"
#include "runtime/scan/occurrence.hpp"

namespace rulebook::scan {

// What is over by as_of, and what still waits then; by account, then by instant.
struct WaitResults {
    std::vector<Found> passed;
    std::vector<Waiting> waiting;

    void clear() {
        passed.clear();
        waiting.clear();
    }
};

struct WaitColumns {
    EventColumns events;
    data::RowRange rows; // those that the planes are about
    const Plane& a;
    const Plane& b;
};

// `length`: D, microseconds.
void scan_without(const WaitColumns& columns, std::int64_t length, std::int64_t as_of,
                  WaitResults& results);

// Of an account that is there since `origin`.
struct SilentAccount {
    AccountIndex account = 0;
    std::int64_t origin = 0;
    data::RowRange rows; // its events
};
void scan_silence(const SilentAccount& account, const WaitColumns& columns, std::int64_t length,
                  std::int64_t as_of, WaitResults& results);

} // namespace rulebook::scan
