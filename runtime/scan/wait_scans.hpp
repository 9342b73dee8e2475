// Waits: `A without B within D` and `no A for D`, where D is a length of time. What they find is
// what trigger::WithoutMachine and trigger::SilenceMachine find.
#pragma once

#include <functional>

#include "runtime/scan/bits.hpp"
#include "runtime/scan/occurrence.hpp"

namespace rulebook::scan {

// When a wait that opens at an instant is over; nothing: it never is.
using Deadline = std::function<std::optional<std::int64_t>(std::int64_t opening)>;

// Where the results go: what passed up to as_of, and what still waits then.
struct WaitResults {
    std::function<void(const Found&)> passed;
    std::function<void(const Waiting&)> waiting;
};

struct WaitColumns {
    EventColumns events;
    data::RowRange rows;
    const Plane& a;
    const Plane& b;
};

void scan_without(const WaitColumns& columns, const Deadline& deadline, std::int64_t as_of,
                  const WaitResults& results);

// Of one account that is there since `origin`: whose events are `rows`, in planes that begin with
// row `first`.
struct SilentAccount {
    AccountIndex account = 0;
    std::int64_t origin = 0;
    data::RowRange rows;
    data::RowIndex first = 0;
};
void scan_silence(const SilentAccount& account, const EventColumns& events, const Plane& a,
                  const Deadline& deadline, std::int64_t as_of, const WaitResults& results);

} // namespace rulebook::scan
