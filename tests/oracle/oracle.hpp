// The definition of triggers, by brute force.
//
// What section 7 of the language reference says, written down as plainly as it can be and checked
// by hand-made answers (worked_examples_test.cpp); the machines of runtime/trigger are held to it
// over random rulebooks and histories (trigger_law_test.cpp). It shares no code with them: it takes
// the plan, the records, and the values of expressions at an instant from the reference
// interpreter, and nothing else.
//
//   history.hpp    the events of an account in their order; values at an instant
//   lengths.hpp    `within D` and deadlines, by going through dates and stretches of open time
//   matches.hpp    every set of events that is a match; completion
//   occasions.hpp  silences, clocks and `becomes`: where they arise, looking at every instant
//   judging.hpp    from candidate to firing
//   oracle.hpp     waits; all of it for one account
//
// It is exact for histories whose instants and lengths are multiples of a step: it looks at every
// multiple and at the microseconds after it, where strict comparisons change. Cost: exponential in
// the number of events (a dozen at most), linear in the instants.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/interpret/row_context.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::oracle {

enum class Occasion : std::uint8_t { Event, Deadline, Edge };

enum class Cause : std::uint8_t {
    NotInForce,
    BeforeOrigin,
    WhenFalse,
    WhenUnknown,
    UnlessTrue,
    UnlessUnknown,
    Once,
    AtMost,
    Cooldown,
    PolicySuppresses,
    PolicyUnknown,
    PolicyLimit,
    ControlGroup,
    Fired,
};

std::string_view name(Cause cause);
// Suppressed, control or fired: it is recorded and consumes.
bool is_firing(Cause cause);
// Control or fired: it counts for `once`, `at most`, `cooldown` and the limits of policies.
bool counts(Cause cause);

struct Outcome {
    std::uint32_t rule = 0;    // index in Plan::rules
    std::uint32_t version = 0; // index in Plan::triggers
    std::int64_t instant = 0;
    std::int64_t start = 0;
    Occasion occasion = Occasion::Event;
    std::optional<interpret::Record> completing;
    Cause cause = Cause::Fired;
    std::string message; // of control and fired

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

// What is to be expected of a version, in force then, if nothing more happens.
struct Pending {
    std::uint32_t rule = 0;
    std::uint32_t version = 0;
    std::int64_t instant = 0;

    friend auto operator<=>(const Pending&, const Pending&) = default;
};

struct Question {
    std::int64_t as_of = 0;
    // Clocks and `becomes` are looked at from here, at every multiple of `step` and up to
    // `microseconds` later: what a strict comparison says changes a microsecond later, and what
    // fired is seen a microsecond later. The stretches of open time that are counted are of length
    // `step`, too.
    std::int64_t from = 0;
    std::int64_t step = 0;
    std::int64_t microseconds = 1;
    // Versions whose `becomes` reads what moves with every instant: looked at when records come
    // and at the start of each day.
    std::set<std::uint32_t> continuous{};
};

struct Answer {
    std::vector<Outcome> outcomes; // by instant, then in the order of Plan::rules
    std::vector<Pending> pending;  // in the order of Plan::rules, then of versions
    std::uint64_t waits_passed = 0;
    std::uint64_t waits_closed = 0;
};

// Of one root record. The plan is sound.
Answer answer(const plan::Plan& plan, const data::Dataset& dataset, interpret::RowIndex root,
              const Question& question);

} // namespace rulebook::oracle
