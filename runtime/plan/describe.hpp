// One line per struct of the plan: its members, for whoever walks them (writing, reading, hashing).
// Internal to the folders that serialise; a member left out fails to compile.
#pragma once

#include <type_traits>

#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

#define RB_PARENS ()
#define RB_EXPAND(...) RB_EXPAND3(RB_EXPAND3(RB_EXPAND3(__VA_ARGS__)))
#define RB_EXPAND3(...) RB_EXPAND2(RB_EXPAND2(RB_EXPAND2(__VA_ARGS__)))
#define RB_EXPAND2(...) RB_EXPAND1(RB_EXPAND1(RB_EXPAND1(__VA_ARGS__)))
#define RB_EXPAND1(...) __VA_ARGS__
#define RB_EACH(macro, ...) __VA_OPT__(RB_EXPAND(RB_EACH_STEP(macro, __VA_ARGS__)))
#define RB_EACH_STEP(macro, first, ...)                                                            \
    macro(first) __VA_OPT__(RB_EACH_AGAIN RB_PARENS(macro, __VA_ARGS__))
#define RB_EACH_AGAIN() RB_EACH_STEP
#define RB_VISIT_MEMBER(member) visitor(#member, subject.member);

// describe(visitor, subject) calls visitor("member", subject.member) for each member in order.
#define RB_DESCRIBE(Struct, ...)                                                                   \
    template <class Visitor, class Subject>                                                        \
        requires std::is_same_v<std::remove_const_t<Subject>, Struct>                              \
    void describe(Visitor& visitor, Subject& subject) {                                            \
        [[maybe_unused]] auto& [__VA_ARGS__] = subject; /* fails unless every member is named */   \
        RB_EACH(RB_VISIT_MEMBER, __VA_ARGS__)                                                      \
    }

RB_DESCRIBE(EnumType, name, values, ordered)
RB_DESCRIBE(ValueRange, low, high, high_open)
RB_DESCRIBE(Field, name, type, optional, key, origin, fixed, tracked, sequence, known_from, before,
            range, doc)
RB_DESCRIBE(Entity, name, collection, parent, parent_key_column, fields, key, ordered_by,
            known_from, sequence)
RB_DESCRIBE(Schema, enums, entities, root)
RB_DESCRIBE(Node, op, type, operands, index, level, detail, literal)
RB_DESCRIBE(Span, calendar, microseconds, unit, count)
RB_DESCRIBE(Window, kind, span, anchor)
RB_DESCRIBE(Aggregate, kind, source, collection, owner, owner_level, where, value, have, windows,
            time_field, has_time_field)
RB_DESCRIBE(SourceNote, path, line, text)
RB_DESCRIBE(Effective, from, until)
RB_DESCRIBE(Ramp, input, from, to)
RB_DESCRIBE(ForEach, elements, level, fading, every_microseconds, loses)
RB_DESCRIBE(PointsClause, points, points_to, when, ramp, for_each, at_most, at_least, group,
            because, note)
RB_DESCRIBE(PointsGroup, name, at_most, at_least, note)
RB_DESCRIBE(OutClause, when, because, note)
RB_DESCRIBE(Tier, from, value)
RB_DESCRIBE(Fit, effective, outs, groups, clauses, score_low, score_high, tiers)
RB_DESCRIBE(Choice, when, value, because, note)
RB_DESCRIBE(Decision, effective, is_motion, choices)
RB_DESCRIBE(TableRow, conditions, outputs, because, note)
RB_DESCRIBE(TableOutputColumn, name, type, optional)
RB_DESCRIBE(Table, effective, hit, columns, outputs, rows)
RB_DESCRIBE(Signal, name, collection, where)
RB_DESCRIBE(OfficeHours, from, to)
RB_DESCRIBE(Calendar, name, zone, zone_field, days, hours, holidays)
RB_DESCRIBE(Extent, kind, microseconds, unit, count, calendar)
RB_DESCRIBE(Pattern, kind, signal, operands, count, field, unit, within)
RB_DESCRIBE(On, kind, patterns, absent, wait, clock, offset, condition, lasting)
RB_DESCRIBE(AtMost, count, per)
RB_DESCRIBE(ControlGroup, share, salt)
RB_DESCRIBE(Stopper, when, because, note)
RB_DESCRIBE(Policy, name, doc, owners, suppress, limits, prefer, exempt, control, note)
RB_DESCRIBE(Trigger, effective, policy, on, completing, when, unless, once, cooldown, at_most,
            control, say, on_note, when_note)
RB_DESCRIBE(RateRow, effective, when, unassisted, assisted, segment)
RB_DESCRIBE(PartyShare, party, share)
RB_DESCRIBE(ExactWeight, digits, decimals)
RB_DESCRIBE(KeyWeight, key, weight)
RB_DESCRIBE(MilestoneShare, instant, share, name)
RB_DESCRIBE(Split, model, when, by, shares, first, middle, last, milestones, others,
            halving_microseconds, weights, otherwise, file, file_missing, rates_name, rates,
            assisted_party, rest_party, note)
RB_DESCRIBE(Flag, name, when, note)
RB_DESCRIBE(Credit, effective, deals, deal_where, at, divide, touches, touch_where, lookback,
            party_field, splits, floors, without_touches, flags)
RB_DESCRIBE(FieldRead, entity, field)
RB_DESCRIBE(Rule, kind, name, doc, owners, type, optional, versions, reads, rules_read, note)
RB_DESCRIBE(TextList, name, values)
RB_DESCRIBE(LookupTable, name, key_types, type, rows)
RB_DESCRIBE(Plan, name, version, timezone, currency, content_hash, schema, nodes, aggregates, lists,
            lookups, signals, calendars, policies, rules, fits, decisions, tables, triggers,
            credits, labels)

} // namespace rulebook::plan
