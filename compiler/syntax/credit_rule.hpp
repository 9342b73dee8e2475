// The syntax of `credit` and `rates`.
#pragma once

#include "compiler/syntax/decision_rule.hpp"
#include "compiler/syntax/rule_head.hpp"

namespace rulec::ast {

struct Rate {
    Name name;
    ExprId value;
    Span span;
};

// `NA: unassisted 5% assisted 15%`; without a key: `otherwise`.
struct RateSegment {
    std::optional<Party> key;
    std::vector<Rate> rates;
    Span span;
};

// One of the four: literals, segments of what `by` names, a table, a file (whose segments are those
// of `by`, too).
struct Rates {
    RuleHead head;
    ExprId by;
    std::vector<Rate> literals;
    std::vector<RateSegment> segments;
    std::optional<TableBody> table;
    std::optional<Text> from;
};

struct FirstSplit {};
struct LastSplit {};

// `equal`, `equal(by channel)`
struct EqualSplit {
    Name by;
};

struct PositionSplit {
    ExprId first;
    ExprId middle;
    ExprId last;
};

// `first 30%` has neither instant nor others.
struct Milestone {
    enum class Kind : std::uint8_t { First, Instant, Others };
    Kind kind = Kind::First;
    ExprId instant;
    ExprId share;
    Span span;
};

struct MilestonesSplit {
    std::vector<Milestone> milestones;
};

struct DecaySplit {
    ExprId halving_every;
};

// `"ads" 3`, `sales_assisted 2`; Party::quoted tells text from name.
struct KeyedWeight {
    Party key;
    ExprId weight;
    Span span;
};

struct WeightsSplit {
    Name by;
    std::vector<KeyedWeight> weights;
    ExprId otherwise;
};

struct FixedSplit {
    std::vector<KeyedWeight> shares;
};

// `incremental(R) to P, rest to Q`; `rest by equal` leaves rest_to empty.
struct IncrementalSplit {
    Name rates;
    Party to;
    std::optional<Party> rest_to;
};

struct MarkovSplit {
    Text path;
};

struct ErroneousSplit {};

using SplitModel =
    std::variant<ErroneousSplit, FirstSplit, LastSplit, EqualSplit, PositionSplit, MilestonesSplit,
                 DecaySplit, WeightsSplit, FixedSplit, IncrementalSplit, MarkovSplit>;

struct Split {
    SplitModel model;
    ExprId when; // absent: always, or `otherwise`
    bool otherwise = false;
    std::optional<Text> because;
    Span model_span;
    Span span;
};

// `at least 10% to P`
struct Floor {
    ExprId share;
    Party party;
    Span span;
};

// `without touches to P`
struct Touchless {
    Name collection;
    Party party;
    Span span;
};

// `flag F when P because "…"`
struct Flag {
    Name name;
    Condition when;
    Span span;
};

struct Credit {
    RuleHead head;
    std::optional<Selection> deals; // for
    ExprId at;
    ExprId divide;
    std::optional<Selection> among;
    ExprId parties;
    std::vector<Split> splits;
    std::vector<Floor> floors;
    std::optional<Touchless> without;
    std::vector<Flag> flags;
};

} // namespace rulec::ast
