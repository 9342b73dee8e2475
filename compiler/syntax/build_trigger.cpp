// Calendars, policies, triggers and their patterns.
#include <array>

#include <fmt/format.h>

#include "compiler/syntax/build_declarations.hpp"
#include "compiler/syntax/build_pattern.hpp"
#include "compiler/syntax/literal.hpp"
#include "runtime/value/nearest_name.hpp"

namespace rulec::syntax {
namespace {

// --- calendars
// -------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

// Monday is 0; -1 for what is no day, which is reported.
int weekday(Builder& builder, Grammar::NameContext& context) {
    ast::Name name = builder.name(&context);
    for (std::size_t day = 0; day < kDays.size(); ++day)
        if (name.text == kDays[day])
            return static_cast<int>(day);
    auto& diagnostic = builder.diagnostics().emit<RB0150>(name.span, name.text);
    for (std::string_view day : kDays) // `monday`, `Tues`
        if (rulebook::edit_distance(std::string_view(name.text).substr(0, 3), day, 0) == 0)
            diagnostic.help(fmt::format("write `{}`", day)).fix(name.span, std::string(day));
    builder.incomplete();
    return -1;
}

ast::WorkingDays working_days(Builder& builder, Grammar::CalendarClauseContext& clause) {
    ast::WorkingDays days{0, builder.span(clause)};
    for (auto* range : clause.dayRange()) {
        int first = weekday(builder, *range->name(0));
        int last = range->name(1) == nullptr ? first : weekday(builder, *range->name(1));
        if (first < 0 || last < 0)
            continue;
        for (int day = first;; day = (day + 1) % 7) { // `fri to mon` goes over the weekend
            days.mask = static_cast<std::uint8_t>(days.mask | 1U << day);
            if (day == last)
                break;
        }
    }
    return days;
}

void add_hours(Builder& builder, Grammar::HourRangeContext& range, ast::Calendar& calendar) {
    auto clock = [&](std::size_t index) {
        const Word& word = *leaf(range.CLOCK(index));
        return clock_literal(builder.span(word), builder.text_of(word), builder.diagnostics());
    };
    auto from = clock(0);
    auto to = clock(1);
    if (!from || !to)
        return builder.incomplete();
    if (*from >= *to)
        builder.diagnostics().emit<RB0152>(builder.span(range));
    calendar.hours.push_back({*from, *to, builder.span(range)});
}

void add_calendar_clause(Builder& builder, Grammar::CalendarClauseContext& clause,
                         ast::Calendar& calendar) {
    const Word& word = *leaf(clause.children[0]);
    switch (word.getType()) {
    case Grammar::ZONE:
        return builder.once(calendar.zone, builder.operand(clause.operand()), word);
    case Grammar::DAYS:
        return builder.once(calendar.days, working_days(builder, clause), word);
    case Grammar::HOURS:
        for (auto* range : clause.hourRange())
            add_hours(builder, *range, calendar);
        return;
    default:
        return builder.once(calendar.holidays, builder.text(*clause.text()), word);
    }
}

// --- policies
// --------------------------------------------------------------------------------------

void append(std::vector<ast::Name>& names, std::vector<ast::Name> more) {
    for (ast::Name& name : more)
        names.push_back(std::move(name));
}

void add_policy_clause(Builder& builder, Grammar::PolicyClauseContext& clause,
                       ast::Policy& policy) {
    if (auto* shared = clause.ruleClause())
        return add_rule_clause(builder, *shared, policy.owners, policy.doc, policy.allows);
    if (auto* limit = clause.frequency())
        return void(policy.limits.push_back(build_frequency(builder, *limit)));
    const Word& word = *static_cast<const Word*>(clause.start);
    if (auto* control = clause.controlGroup())
        return builder.once(policy.control, build_control(builder, *control), word);
    switch (word.getType()) {
    case Grammar::SUPPRESS:
        return void(policy.suppress.push_back(
            build_condition(builder, clause, clause.expression(), clause.because())));
    case Grammar::PREFER:
        return append(policy.prefer, builder.names(*clause.names()));
    case Grammar::EXEMPT:
        return append(policy.exempt, builder.names(*clause.names()));
    default:
        return builder.once(policy.salt, builder.text(*clause.text()), word);
    }
}

// --- triggers
// --------------------------------------------------------------------------------------

void add_on(Builder& builder, Grammar::TriggerPatternContext& context, const Word& word,
            ast::Trigger& trigger) {
    ast::PatternId pattern = build_pattern(builder, context);
    if (trigger.on.present())
        return builder.repeated(word);
    trigger.on = pattern;
}

void add_trigger_condition(Builder& builder, Grammar::TriggerClauseContext& clause,
                           const Word& word, ast::Trigger& trigger) {
    ast::Condition condition =
        build_condition(builder, clause, clause.expression(), clause.because());
    if (word.getType() == Grammar::WHEN)
        return builder.once(trigger.when, std::move(condition), word);
    trigger.unless.push_back(std::move(condition));
}

void add_trigger_clause(Builder& builder, Grammar::TriggerClauseContext& clause,
                        ast::Trigger& trigger) {
    if (auto* shared = clause.ruleClause())
        return add_rule_clause(builder, *shared, trigger.head);
    if (auto* limit = clause.frequency())
        return void(trigger.limits.push_back(build_frequency(builder, *limit)));
    const Word& word = *static_cast<const Word*>(clause.start);
    if (auto* control = clause.controlGroup())
        return builder.once(trigger.control, build_control(builder, *control), word);
    Span whole = builder.span(clause);
    switch (word.getType()) {
    case Grammar::POLICY:
        return builder.once(trigger.policy, builder.name(clause.name()), word);
    case Grammar::ON:
        return add_on(builder, *clause.triggerPattern(), word, trigger);
    case Grammar::WHEN:
    case Grammar::UNLESS:
        return add_trigger_condition(builder, clause, word, trigger);
    case Grammar::ONCE:
        return builder.once(trigger.once, whole, word);
    case Grammar::EACH:
        return builder.once(trigger.each_time, whole, word);
    case Grammar::COOLDOWN:
        return builder.once(trigger.cooldown,
                            ast::Cooldown{builder.operand(clause.operand()), whole}, word);
    case Grammar::SAY:
        return builder.once(trigger.say, builder.interpolated(*clause.text()), word);
    default:
        return builder.once(trigger.salt, builder.text(*clause.text()), word);
    }
}

} // namespace

ast::Calendar build_calendar(Builder& builder, Grammar::CalendarContext& context) {
    ast::Calendar calendar;
    calendar.name = builder.name(context.name());
    calendar.span = builder.span(context);
    for_each_clause(builder, context.calendarClause(),
                    [&](auto& clause) { add_calendar_clause(builder, clause, calendar); });
    return calendar;
}

ast::Policy build_policy(Builder& builder, Grammar::PolicyContext& context) {
    ast::Policy policy;
    policy.name = builder.name(context.name());
    policy.span = builder.span(context);
    for_each_clause(builder, context.policyClause(),
                    [&](auto& clause) { add_policy_clause(builder, clause, policy); });
    return policy;
}

ast::Trigger build_trigger(Builder& builder, Grammar::TriggerContext& context) {
    ast::Trigger trigger;
    trigger.head = build_head(builder, context, context.name(), context.effective());
    for_each_clause(builder, context.triggerClause(),
                    [&](auto& clause) { add_trigger_clause(builder, clause, trigger); });
    return trigger;
}

} // namespace rulec::syntax
