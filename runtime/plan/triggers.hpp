// The trigger part of a plan: signals, patterns, waits, clocks, policies, calendars. Conditions and
// values are nodes. What they mean is section 7 of the language reference.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/plan/node.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/plan/source_note.hpp"

namespace rulebook::plan {

struct Signal {
    std::string name;
    EntityIndex collection = 0; // an ordered one
    NodeId where = kNoNode;     // in frame 1; none: every record

    friend bool operator==(const Signal&, const Signal&) = default;
};

// When people are at work. An instant is open if its local weekday is in `days`, its date is no
// holiday, and its local time of day lies in one of `hours`.
struct OfficeHours {
    std::int64_t from = 0; // minutes since midnight, [from, to), to <= 1440
    std::int64_t to = 0;

    friend bool operator==(const OfficeHours&, const OfficeHours&) = default;
};

struct Calendar {
    std::string name;
    std::string zone;               // IANA name; empty: as zone_field says
    NodeId zone_field = kNoNode;    // Text, of the root record, as known at the instant asked about
    std::int64_t days = 0;          // bit 0 is Monday, … bit 6 Sunday; at least one
    std::vector<OfficeHours> hours; // ascending, apart, at least one
    std::vector<std::int64_t> holidays; // dates (days since 1970-01-01), ascending, distinct

    friend bool operator==(const Calendar&, const Calendar&) = default;
};

// How far two instants lie apart: for `within D`, `without … within D`, `no A for D`.
struct Extent {
    enum class Kind : std::uint8_t {
        Elapsed = 1,    // `microseconds`
        Calendar = 2,   // `count` of `unit`, in dates of the rulebook's zone
        SameBucket = 3, // both in one `unit`; in `within` only
        Working = 4,    // `microseconds` of open time of `calendar`
    };
    Kind kind = Kind::Elapsed;
    std::int64_t microseconds = 0;
    CalendarUnit unit = CalendarUnit::Day;
    std::int64_t count = 0;
    std::uint32_t calendar = 0; // index in Plan::calendars

    friend bool operator==(const Extent&, const Extent&) = default;
};

// A pattern over signals; a tree in On::patterns, children before parents.
struct Pattern {
    enum class Kind : std::uint8_t {
        Signal = 1,           // one event of `signal`
        Then = 2,             // two operands or more
        And = 3,              // likewise
        Or = 4,               // likewise
        Times = 5,            // `count` different events of the operand
        DifferentValues = 6,  // events of the operand with `count` different values of `field`
        DifferentBuckets = 7, // events of the operand on `count` different days, iso weeks, months
    };
    Kind kind = Kind::Signal;
    std::uint32_t signal = 0; // index in Plan::signals
    // Indexes in On::patterns. Times, Different…: one, a Signal or an Or of Signals without
    // `within`, all over one collection.
    std::vector<std::uint32_t> operands;
    std::int64_t count = 0; // at least 1
    FieldIndex field = 0;   // of the operand's collection
    CalendarUnit unit = CalendarUnit::Day;
    std::vector<Extent> within; // from the first event to the last; all must hold

    friend bool operator==(const Pattern&, const Pattern&) = default;
};

// What a trigger waits for.
struct On {
    enum class Kind : std::uint8_t {
        Pattern = 1, // the last of `patterns`
        Without = 2, // `P without B within D`: the last of `patterns`, `absent`, `wait`
        Silence = 3, // `no A for D`: `absent`, `wait`
        Clock = 4,   // at `clock` + `offset`
        Becomes = 5, // `condition`, for `lasting`
    };
    Kind kind = Kind::Pattern;
    std::vector<Pattern> patterns;       // the last one is the whole
    std::vector<std::uint32_t> absent;   // signals, any of which ends the wait; ascending
    Extent wait;                         // not SameBucket
    NodeId clock = kNoNode;              // Time, of the root
    std::int64_t offset = 0;             // microseconds: `3 days before F` is negative
    NodeId condition = kNoNode;          // Bool, of the root
    std::optional<std::int64_t> lasting; // microseconds

    friend bool operator==(const On&, const On&) = default;
};

struct AtMost {
    std::int64_t count = 0;
    std::int64_t per = 0; // microseconds

    friend bool operator==(const AtMost&, const AtMost&) = default;
};

// Who is left alone, to compare with: u < share × 2^64, u from SHA-256(salt, byte 0, account key).
struct ControlGroup {
    std::int64_t share = 0; // percent, millionths
    std::string salt;       // as written, else the name of the policy or trigger

    friend bool operator==(const ControlGroup&, const ControlGroup&) = default;
};

// `unless P`, `suppress when P`: stops a firing if true or unknown.
struct Stopper {
    NodeId when = kNoNode;
    std::string because;
    SourceNote note;

    friend bool operator==(const Stopper&, const Stopper&) = default;
};

// What the triggers that name it share.
struct Policy {
    std::string name;
    std::string doc;
    std::vector<std::string> owners;
    std::vector<Stopper> suppress; // of the root
    std::vector<AtMost> limits;
    std::vector<std::uint32_t> prefer; // triggers (index in Plan::rules), the preferred first
    std::vector<std::uint32_t> exempt; // triggers, ascending: never limited, yet they count
    std::optional<ControlGroup> control;
    SourceNote note;

    friend bool operator==(const Policy&, const Policy&) = default;
};

struct Trigger {
    Effective effective;
    std::optional<std::uint32_t> policy; // index in Plan::policies
    On on;
    // Which records `when`, `unless` and `say` may read besides the root: frame i + 1 holds the
    // completing record where it is of entity completing[i], and no record otherwise.
    std::vector<EntityIndex> completing;
    NodeId when = kNoNode;
    std::vector<Stopper> unless;
    bool once = false;
    std::optional<std::int64_t> cooldown; // microseconds
    std::vector<AtMost> at_most;
    std::optional<ControlGroup> control;
    NodeId say = kNoNode; // Text
    SourceNote on_note;
    SourceNote when_note;

    friend bool operator==(const Trigger&, const Trigger&) = default;
};

} // namespace rulebook::plan
