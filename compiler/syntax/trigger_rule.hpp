// The syntax of `trigger`, `calendar` and `policy`.
#pragma once

#include "compiler/syntax/pattern.hpp"
#include "compiler/syntax/rule_head.hpp"

namespace rulec::ast {

// Seven days from Monday: bit 0 is Monday.
struct WorkingDays {
    std::uint8_t mask = 0;
    Span span;
};

// Minutes since midnight, [from, to).
struct WorkingHours {
    std::uint16_t from = 0;
    std::uint16_t to = 0;
    Span span;
};

struct Calendar {
    Name name;
    ExprId zone; // a text literal or a field
    std::optional<WorkingDays> days;
    std::vector<WorkingHours> hours;
    std::optional<Text> holidays;
    Span span;
};

// `at most N per D`
struct Frequency {
    ExprId count;
    ExprId per;
    Span span;
};

// `control group 10%`
struct ControlGroup {
    ExprId share;
    Span span;
};

struct Policy {
    Name name;
    std::vector<Name> owners;
    std::optional<Text> doc;
    std::vector<Allow> allows;
    std::vector<Condition> suppress;
    std::vector<Frequency> limits;
    std::vector<Name> prefer;
    std::vector<Name> exempt;
    std::optional<ControlGroup> control;
    std::optional<Text> salt;
    Span span;
};

struct Cooldown {
    ExprId duration;
    Span span;
};

struct Trigger {
    RuleHead head;
    Name policy;
    PatternId on;
    std::optional<Condition> when;
    std::vector<Condition> unless;
    Span once;      // nowhere if not written
    Span each_time; // nowhere if not written
    std::optional<Cooldown> cooldown;
    std::vector<Frequency> limits;
    std::optional<ControlGroup> control;
    std::optional<Text> salt;
    ExprId say; // TextLiteral or TextTemplate
};

} // namespace rulec::ast
