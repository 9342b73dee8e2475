// One operation of the dataflow graph.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/plan/op.hpp"
#include "runtime/plan/type.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::plan {

// Records that an expression sees at once, at most: the root and seven elements, one in the other.
inline constexpr std::size_t kFrames = 8;

// A node computes one value for a row: a stack of records and an instant. Frame 0 of the stack is
// the root record (the account); an aggregate puts the element at hand into the next frame, and so
// do the rules that go over records (a trigger's completing record, a credit's deal and touch).
//
// Equal nodes are one node: what several rules compute is computed once. Operands come before the
// nodes that use them in Plan::nodes, so the graph has no cycle.
struct Node {
    Op op = Op::Constant;
    Type type;                    // of the result
    std::vector<NodeId> operands; // in source order
    std::uint32_t index = 0;      // what it refers to, as the op's row in ops.def says
    std::uint32_t level = 0;      // Field: which frame; Aggregate: the frame of its elements
    std::int64_t detail = 0;      // as the op's row says
    Value literal;                // Constant: the value

    friend bool operator==(const Node&, const Node&) = default;
};

enum class AggregateKind : std::uint8_t {
#define RB_AGGREGATE(Name, id, spelling) Name = (id),
#include "runtime/plan/aggregates.def"
};

std::string_view spelling(AggregateKind kind);
std::optional<AggregateKind> aggregate_from_id(std::int64_t id);

enum class CalendarUnit : std::uint8_t { Day = 1, IsoWeek = 2, Month = 3 };

// A length of time: elapsed, or in calendar units of the rulebook's zone.
struct Span {
    bool calendar = false;
    std::int64_t microseconds = 0;         // elapsed
    CalendarUnit unit = CalendarUnit::Day; // calendar
    std::int64_t count = 0;                // calendar

    friend bool operator==(const Span&, const Span&) = default;
};

enum class WindowKind : std::uint8_t {
    Last = 1,       // (as_of - span, as_of]
    LastBefore = 2, // (anchor - span, anchor]
    Since = 3,      // [anchor, ...
    Before = 4,     // ..., anchor)
};

struct Window {
    WindowKind kind = WindowKind::Last;
    Span span;
    NodeId anchor = kNoNode; // a Time node of the enclosing scope

    friend bool operator==(const Window&, const Window&) = default;
};

// Which records an aggregate goes over.
enum class AggregateSource : std::uint8_t {
    Collection = 1,  // all of the account's that are visible at the instant
    RuleTouches = 2, // in a credit rule: the touches that the rule takes for the deal at hand
    OtherDeals = 3,  // in a credit rule, `account.deals`: without the deal that is being divided
};

struct Aggregate {
    AggregateKind kind = AggregateKind::Count;
    AggregateSource source = AggregateSource::Collection;
    std::uint32_t collection = 0; // entity index
    std::uint32_t owner = 0;      // entity whose record the elements belong to, or to records below
    std::uint32_t owner_level = 0; // the frame that holds that record
    NodeId where = kNoNode;        // in the element's frame
    NodeId value = kNoNode;        // in the element's frame: what is summed, compared, taken
    NodeId have = kNoNode;         // every … have
    std::vector<Window> windows;   // all must hold
    std::uint32_t time_field = 0;  // of the element: what windows and first/last go by
    bool has_time_field = false;

    friend bool operator==(const Aggregate&, const Aggregate&) = default;
};

} // namespace rulebook::plan
