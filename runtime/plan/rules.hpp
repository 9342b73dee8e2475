// The rules of a plan: fits, decisions, tables, triggers, credit. Conditions and values are nodes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/plan/credit.hpp"
#include "runtime/plan/node.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/plan/source_note.hpp"
#include "runtime/plan/triggers.hpp"

namespace rulebook::plan {

// ---- fit

// Points as a straight line of `input` between two of its values, flat outside.
struct Ramp {
    NodeId input = kNoNode;
    Value from;
    Value to;

    friend bool operator==(const Ramp&, const Ramp&) = default;
};

// Points per element of a collection, halving or losing with the element's age.
struct ForEach {
    Aggregate elements; // kind Count; where and windows select
    std::uint32_t level = 1;
    enum class Fading : std::uint8_t { None = 0, Halving = 1, Losing = 2 } fading = Fading::None;
    std::int64_t every_microseconds = 0;
    std::int64_t loses = 0; // hundredths, Losing

    friend bool operator==(const ForEach&, const ForEach&) = default;
};

struct PointsClause {
    std::int64_t points = 0;    // hundredths
    std::int64_t points_to = 0; // hundredths, Ramp: at its upper end
    NodeId when = kNoNode;      // no condition: always
    std::optional<Ramp> ramp;
    std::optional<ForEach> for_each;
    std::optional<std::int64_t> at_most;  // hundredths
    std::optional<std::int64_t> at_least; // hundredths
    std::optional<std::uint32_t> group;   // index in Fit::groups
    std::string because;
    SourceNote note;

    friend bool operator==(const PointsClause&, const PointsClause&) = default;
};

struct PointsGroup {
    std::string name;
    std::optional<std::int64_t> at_most;  // hundredths, of the net total
    std::optional<std::int64_t> at_least; // hundredths
    SourceNote note;

    friend bool operator==(const PointsGroup&, const PointsGroup&) = default;
};

struct OutClause {
    NodeId when = kNoNode;
    std::string because;
    SourceNote note;

    friend bool operator==(const OutClause&, const OutClause&) = default;
};

struct Tier {
    std::int64_t from = 0;  // hundredths; the lowest tier: INT64_MIN
    std::int64_t value = 0; // index in the tier enum

    friend bool operator==(const Tier&, const Tier&) = default;
};

struct Fit {
    Effective effective;
    std::vector<OutClause> outs;
    std::vector<PointsGroup> groups;
    std::vector<PointsClause> clauses;      // in source order
    std::optional<std::int64_t> score_low;  // hundredths
    std::optional<std::int64_t> score_high; // hundredths
    std::vector<Tier> tiers;                // from the highest down; empty: the fit has no tier

    friend bool operator==(const Fit&, const Fit&) = default;
};

// ---- decisions and tables

struct Choice {
    NodeId when = kNoNode; // none: otherwise
    NodeId value = kNoNode;
    std::string because;
    SourceNote note;

    friend bool operator==(const Choice&, const Choice&) = default;
};

struct Decision {
    Effective effective;
    bool is_motion = false;
    std::vector<Choice> choices;

    friend bool operator==(const Decision&, const Decision&) = default;
};

enum class HitPolicy : std::uint8_t {
#define RB_HIT_POLICY(Name, id, spelling) Name = (id),
#include "runtime/plan/hit_policies.def"
};

struct TableRow {
    std::vector<NodeId> conditions; // one a column, Bool; kNoNode: any. Empty: otherwise
    std::vector<NodeId> outputs;
    std::string because;
    SourceNote note;

    friend bool operator==(const TableRow&, const TableRow&) = default;
};

struct TableOutputColumn {
    std::string name;
    Type type;
    bool optional = false;

    friend bool operator==(const TableOutputColumn&, const TableOutputColumn&) = default;
};

struct Table {
    Effective effective;
    HitPolicy hit = HitPolicy::First;
    std::vector<std::string> columns; // the heads, as written
    std::vector<TableOutputColumn> outputs;
    std::vector<TableRow> rows;

    friend bool operator==(const Table&, const Table&) = default;
};

} // namespace rulebook::plan
