// What a trigger waits for. Patterns live in an arena of their own (File::patterns), children
// before parents. Where a pattern may stand (waits and clocks only as the whole of `on`) is for the
// model to judge.
#pragma once

#include "compiler/syntax/expression.hpp"

namespace rulec::ast {

struct PatternId {
    static constexpr std::uint32_t kNone = 0xffffffff;
    std::uint32_t index = kNone;

    constexpr bool present() const { return index != kNone; }
    friend constexpr auto operator<=>(const PatternId&, const PatternId&) = default;
};

enum class Bucket : std::uint8_t { Day, IsoWeek, Month };

// `A`
struct SignalPattern {
    Name signal;
};

// `A 3 times`
struct RepeatedPattern {
    PatternId pattern;
    ExprId count;
};

// `A with 3 different user`
struct DifferentValuesPattern {
    PatternId pattern;
    ExprId count;
    Name field;
};

// `A on 3 different days`
struct DifferentBucketsPattern {
    PatternId pattern;
    ExprId count;
    Bucket bucket = Bucket::Day;
};

enum class PatternOperator : std::uint8_t { Then, And, Or };

// Two operands or more, all joined by one operator.
struct JoinedPattern {
    PatternOperator op = PatternOperator::Then;
    std::vector<PatternId> operands;
};

// `P within D`, `P within the same iso week`: exactly one of the two is present.
struct WithinPattern {
    PatternId pattern;
    ExprId duration;
    std::optional<Bucket> same;
};

// `P without B within D`
struct WithoutPattern {
    PatternId pattern;
    PatternId absent;
    ExprId duration;
};

// `no A for D`
struct SilencePattern {
    PatternId signal;
    ExprId duration;
};

enum class ClockKind : std::uint8_t { At, Before, After };

// `at F`, `3 days before F`, `2 hours after F`
struct ClockPattern {
    ClockKind kind = ClockKind::At;
    ExprId offset; // absent for At
    ExprId field;
};

// `becomes C`, `becomes C lasting D`
struct BecomesPattern {
    ExprId condition;
    ExprId lasting;
};

struct ErroneousPattern {};

using PatternNode =
    std::variant<ErroneousPattern, SignalPattern, RepeatedPattern, DifferentValuesPattern,
                 DifferentBucketsPattern, JoinedPattern, WithinPattern, WithoutPattern,
                 SilencePattern, ClockPattern, BecomesPattern>;

struct Pattern {
    PatternNode node;
    Span span;
};

} // namespace rulec::ast
