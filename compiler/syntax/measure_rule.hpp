// The syntax of `measure` and `roi`.
#pragma once

#include "compiler/syntax/rule_head.hpp"

namespace rulec::ast {

// `rate deals where P within 60 days by closed_at`
struct MeasuredRate {
    Selection records; // windows unused, `by` filled
    ExprId within;
    Span span;
};

enum class WatchDirection : std::uint8_t { Drop, Rise };

// `watch drop of 20% over 28 days confidence 95%`
struct Watch {
    WatchDirection direction = WatchDirection::Drop;
    ExprId change;
    ExprId over;
    ExprId confidence;
    Span span;
};

struct Measure {
    RuleHead head;
    ExprId of; // a Fired
    std::optional<MeasuredRate> rate;
    std::vector<ExprId> per;
    Span compare_control; // nowhere if not written
    std::vector<Watch> watches;
};

struct DealVolume {
    ExprId count;
    DurationUnit per = DurationUnit::Month;
    Span span;
};

enum class Staffing : std::uint8_t { ForAdditional, ForAllAssisted };

struct Roi {
    RuleHead head;
    Name rates;
    std::optional<DealVolume> deals;
    ExprId acv;
    std::optional<DealVolume> rep_closes;
    ExprId ote;
    ExprId target;
    std::optional<Staffing> staff;
    Span staff_span;
};

} // namespace rulec::ast
