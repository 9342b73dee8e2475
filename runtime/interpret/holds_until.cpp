#include "runtime/interpret/holds_until.hpp"

#include <algorithm>

#include "runtime/interpret/changes_of_windows.hpp"
#include "runtime/interpret/crossing.hpp"
#include "runtime/interpret/followed_aggregate.hpp"
#include "runtime/interpret/slope.hpp"
#include "runtime/time/zone.hpp"

namespace rulebook::interpret {

namespace {

using plan::Op;

bool moves(const Call& call, std::size_t operand) {
    return call.evaluation.preparation().is_linear(call.node.operands[operand]);
}

void note_after(Evaluation& evaluation, std::optional<Int128> microseconds) {
    if (microseconds && *microseconds <= INT64_MAX)
        if (const auto instant =
                checked_add(evaluation.instant(), static_cast<std::int64_t>(*microseconds)))
            evaluation.note_change_at(*instant);
}

// The first start of a calendar day after the instant.
void note_day_after(Evaluation& evaluation, std::int64_t instant) {
    if (!in_calendar(Time{instant}))
        return;
    const time::Zone& zone = *evaluation.preparation().zone;
    if (const auto tomorrow = add_days(time::date_of(zone, {instant}), 1))
        evaluation.note_change_at(time::start_of_day(zone, *tomorrow).microseconds);
}

void note_crossing(const Call& call, Op comparison, std::size_t left, std::size_t right) {
    if (!moves(call, left) && !moves(call, right))
        return;
    const Value a = call.operand(left);
    const Value b = call.operand(right);
    if (!a.known() || !b.known())
        return;
    const Int128 slope = slope_of(call.evaluation, call.node.operands[left]) -
                         slope_of(call.evaluation, call.node.operands[right]);
    note_after(call.evaluation,
               next_crossing(comparison, Int128{a.integer()} - b.integer(), slope));
}

// The local date of an instant that moves: the next midnight that it comes to.
void note_next_date(const Call& call) {
    if (!moves(call, 0))
        return;
    const Value value = call.operand(0);
    const Int128 slope = slope_of(call.evaluation, call.node.operands[0]);
    if (!value.known() || slope == 0 || !in_calendar(Time{value.integer()}))
        return;
    const time::Zone& zone = *call.evaluation.preparation().zone;
    const Date date = time::date_of(zone, {value.integer()});
    const Int128 now = value.integer();
    if (slope > 0) {
        const Int128 midnight = time::end_of_day(zone, date).microseconds + Int128{1};
        note_after(call.evaluation, (midnight - now + slope - 1) / slope);
    } else {
        const Int128 midnight = time::start_of_day(zone, date).microseconds;
        note_after(call.evaluation, (now - midnight) / -slope + 1);
    }
}

// The least (greatest) operand gives way to another one.
void note_change_of_chosen(const Call& call) {
    for (std::size_t i = 0; i < call.operand_count(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            note_crossing(call, Op::Less, j, i);
}

void note_turn(const Call& call) {
    const Value value = call.operand(0);
    if (value.known() && moves(call, 0))
        note_after(call.evaluation,
                   next_crossing(Op::Less, value.integer(),
                                 slope_of(call.evaluation, call.node.operands[0])));
}

// `T fired in last D`: true until the last firing lies before the window.
void note_end_of_firing(const Call& call) {
    const FiredLookup* fired = call.evaluation.row().fired;
    if (fired == nullptr || call.operand_count() == 0 || !moves(call, 0))
        return;
    const auto last = (*fired)(call.node.index, call.evaluation.instant());
    const Value since = call.operand(0);
    if (last && since.known())
        note_after(call.evaluation,
                   next_crossing(Op::LessEqual, Int128{since.integer()} - *last,
                                 slope_of(call.evaluation, call.node.operands[0])));
}

// What was true of the records `detail` microseconds ago changes as they did then.
void note_past(const Call& call) {
    const auto then = checked_subtract(call.evaluation.instant(), call.node.detail);
    if (!then)
        return;
    if (const auto next = call.evaluation.next_change_before_now(call.id, *then))
        if (const auto shifted = checked_add(*next, call.node.detail))
            call.evaluation.note_change_at(*shifted);
}

// What moves and is neither compared nor kept even: looked at every day.
void note_uneven(const Call& call) {
    for (std::size_t i = 0; i < call.operand_count(); ++i)
        if (moves(call, i))
            return note_next_day(call.evaluation);
}

// Whether the value moves otherwise than its operands do.
bool is_continuous(const Call& call) {
    const plan::Motion::Kind kind = call.evaluation.preparation().motions[call.id].kind;
    return kind == plan::Motion::Kind::Continuous || kind == plan::Motion::Kind::Unfollowed;
}

} // namespace

void note_next_day(Evaluation& evaluation) {
    note_day_after(evaluation, evaluation.instant());
}

void note_next_change(const Call& call) {
    switch (call.node.op) {
    case Op::Equal:
    case Op::NotEqual:
    case Op::Less:
    case Op::LessEqual:
    case Op::Greater:
    case Op::GreaterEqual:
        return note_crossing(call, call.node.op, 0, 1);
    case Op::InRange:
        note_crossing(call, Op::GreaterEqual, 0, 1);
        return note_crossing(call, Op::LessEqual, 0, 2);
    case Op::InRangeUnder:
        note_crossing(call, Op::GreaterEqual, 0, 1);
        return note_crossing(call, Op::Less, 0, 2);
    case Op::InSet:
        for (std::size_t i = 1; i < call.operand_count(); ++i)
            note_crossing(call, Op::Equal, 0, i);
        return;
    case Op::IsKnown:
    case Op::Default:
    case Op::If:
    case Op::And:
    case Op::Or:
    case Op::Not:
    case Op::AtLeast:
        return; // as their operands do
    case Op::DateOf:
        return note_next_date(call);
    case Op::Minimum:
    case Op::Maximum:
        return note_change_of_chosen(call);
    case Op::AbsExact:
        return note_turn(call);
    case Op::TriggerFired:
        return note_end_of_firing(call);
    case Op::Change:
    case Op::ChangeNumber:
        note_uneven(call);
        return note_past(call);
    case Op::AsOfAgo:
        return note_past(call);
    case Op::Aggregate:
        if (const FollowedAggregate* followed = call.evaluation.followed(call.id))
            return followed->note_changes(call.evaluation);
        return note_changes_of_elements(call.evaluation,
                                        call.evaluation.plan().aggregates[call.node.index]);
    default:
        if (is_continuous(call))
            note_uneven(call);
    }
}

void note_changes_of_versions(Evaluation& evaluation, const plan::Effective& effective) {
    for (const auto& bound : {effective.from, effective.until})
        if (bound && *bound > evaluation.instant())
            evaluation.note_change_at(*bound);
}

namespace {

// Points that fade come nearer to 0 all the time: once they are rounded to 0 they stay there.
bool goes_on_fading(const plan::PointsClause& clause, const ClauseResult& result) {
    return clause.for_each && clause.for_each->fading != plan::ForEach::Fading::None &&
           !(result.truth.known() && result.points == 0);
}

// Outside its ends a line is flat: what moves away from them changes nothing, what moves towards
// them nothing before it is there.
void note_changes_of_line(Evaluation& evaluation, const plan::Ramp& line) {
    const Value input = evaluation.value(line.input);
    if (!evaluation.preparation().is_linear(line.input) || !input.known() || !line.from.known() ||
        !line.to.known())
        return;
    const Int128 slope = slope_of(evaluation, line.input);
    const auto [low, high] = std::minmax(line.from.integer(), line.to.integer());
    const Int128 at = input.integer();
    if (slope == 0 || (slope > 0 && at >= high) || (slope < 0 && at <= low))
        return;
    const Int128 way = slope > 0 ? low - at : at - high;
    const Int128 ahead = way <= 0 ? 0 : way / (slope > 0 ? slope : -slope);
    const auto begins = narrow(evaluation.instant() + ahead);
    if (begins)
        note_day_after(evaluation, *begins);
}

} // namespace

void note_changes_of_fit(Evaluation& evaluation, const plan::Fit& fit, const FitResult& result) {
    for (std::size_t i = 0; i < fit.clauses.size(); ++i) {
        const plan::PointsClause& clause = fit.clauses[i];
        if (clause.ramp)
            note_changes_of_line(evaluation, *clause.ramp);
        if (clause.for_each)
            note_changes_of_elements(evaluation, clause.for_each->elements);
        if (goes_on_fading(clause, result.clauses[i]))
            note_next_day(evaluation);
    }
}

void note_changes_of_elements(Evaluation& evaluation, const plan::Aggregate& aggregate) {
    for (const plan::Window& window : aggregate.windows)
        if (!note_changes_of_window(evaluation, aggregate, window))
            note_next_day(evaluation);
    if (aggregate.value != plan::kNoNode && evaluation.preparation().is_linear(aggregate.value))
        note_next_day(evaluation);
}

} // namespace rulebook::interpret
