// The syntax of `fit`. What may be repeated stands in vectors, in the order of the source.
#pragma once

#include "compiler/syntax/rule_head.hpp"

namespace rulec::ast {

// `out when P because "…"`
struct OutWhen {
    Condition when;
    Span span;
};

// `at least A points at most B points`
struct PointLimits {
    ExprId at_least;
    ExprId at_most;
};

// `points 30 when P`
struct PointsWhen {
    ExprId points;
    ExprId condition;
};

// `points 0 to 10 as X goes from 1 to 10`
struct PointsAlong {
    ExprId points_from;
    ExprId points_to;
    ExprId value;
    ExprId value_from;
    ExprId value_to;
};

enum class Fading : std::uint8_t { None, Halving, Losing };

// `points 3 for each of C halving every D at most 15 points`; `losing 5 every 7 days`
struct PointsForEach {
    ExprId points;
    Selection elements;
    Fading fading = Fading::None;
    ExprId every;
    ExprId losing;
    PointLimits limits;
};

struct PointsClause {
    std::variant<PointsWhen, PointsAlong, PointsForEach> node;
    std::optional<Text> because;
    Span span;
};

// `group firmographics at most 50 points { … }`
struct PointsGroup {
    Name name;
    PointLimits limits;
    std::vector<PointsClause> clauses;
    Span span;
};

using FitClause = std::variant<OutWhen, PointsClause, PointsGroup>;

// `score 0 to 100`
struct ScoreClause {
    ExprId low;
    ExprId high;
    Span span;
};

// `A from 80`; the last one may be `D otherwise`: then without `from`.
struct Tier {
    Name name;
    ExprId from;
    Span span;
};

struct Fit {
    RuleHead head;
    std::vector<FitClause> clauses;
    std::optional<ScoreClause> score;
    std::vector<Tier> tiers;
    Span tier_span; // of the clause; nowhere without one
};

} // namespace rulec::ast
