// Where a condition is true and where it is false, as boxes.
#include "compiler/check/axes.hpp"

#include <algorithm>

namespace rulec::check {

using model::Expression;
using model::ExpressionKind;
using rulebook::plan::Op;

namespace {

constexpr std::size_t kMostBoxes = 256; // of one condition

} // namespace

Truth Axes::sides(std::size_t axis, const std::vector<Interval>& when_true,
                  const std::vector<Interval>& when_false) const {
    const Interval known = known_side(axis);
    const auto boxes = [&](const std::vector<Interval>& intervals, bool also_unknown) {
        std::vector<Box> made;
        for (Interval side : intervals) {
            if (!also_unknown || side.low != kUnknownPoint)
                side.low = std::max(side.low, known.low);
            side.high = std::min(side.high, side.low == kUnknownPoint ? side.high : known.high);
            if (side.low > side.high)
                continue;
            Box box = everything();
            box.sides[axis] = side;
            made.push_back(std::move(box));
        }
        return made;
    };
    return {boxes(when_true, true), boxes(when_false, true), true};
}

// Everything below, between and above the intervals, which are sorted and apart.
static std::vector<Interval> outside(const std::vector<Interval>& inside) {
    std::vector<Interval> made;
    std::int64_t next = kLeastPoint;
    for (const Interval& side : inside) {
        if (side.low > next)
            made.push_back({next, side.low - 1});
        if (side.high == kGreatestPoint)
            return made;
        next = std::max(next, side.high + 1);
    }
    made.push_back({next, kGreatestPoint});
    return made;
}

Truth Axes::comparison(const Expression& expression) const {
    const std::size_t index = known_axis(expression.operands[0]);
    const std::int64_t at = point(axes_[index], book_[expression.operands[1]].literal).value_or(0);
    std::vector<Interval> inside;
    switch (expression.op) {
    case Op::Equal:
    case Op::NotEqual:
        inside = {{at, at}};
        break;
    case Op::Less:
    case Op::GreaterEqual:
        if (at > kLeastPoint)
            inside = {{kLeastPoint, at - 1}};
        break;
    default: // LessEqual, Greater
        inside = {{kLeastPoint, at}};
        break;
    }
    const bool inverted = expression.op == Op::NotEqual || expression.op == Op::Greater ||
                          expression.op == Op::GreaterEqual;
    return inverted ? sides(index, outside(inside), inside) : sides(index, inside, outside(inside));
}

Truth Axes::range(const Expression& expression) const {
    const std::size_t index = known_axis(expression.operands[0]);
    const Axis& axis = axes_[index];
    const std::int64_t low = point(axis, book_[expression.operands[1]].literal).value_or(0);
    std::int64_t high = point(axis, book_[expression.operands[2]].literal).value_or(0);
    if (expression.op == Op::InRangeUnder && high > kLeastPoint)
        --high;
    std::vector<Interval> inside;
    if (low <= high)
        inside = {{low, high}};
    return sides(index, inside, outside(inside));
}

Truth Axes::set(const Expression& expression) const {
    const std::size_t index = known_axis(expression.operands[0]);
    std::vector<std::int64_t> points;
    for (std::size_t i = 1; i < expression.operands.size(); ++i)
        points.push_back(point(axes_[index], book_[expression.operands[i]].literal).value_or(0));
    std::ranges::sort(points);
    std::vector<Interval> inside;
    for (const std::int64_t at : points) {
        if (!inside.empty() && inside.back().high != kGreatestPoint && at <= inside.back().high + 1)
            inside.back().high = std::max(inside.back().high, at);
        else
            inside.push_back({at, at});
    }
    return sides(index, inside, outside(inside));
}

Truth Axes::presence(const Expression& expression) const {
    const std::size_t index = known_axis(expression.operands[0]);
    Truth truth = sides(index, {{kLeastPoint, kGreatestPoint}}, {});
    if (axes_[index].may_be_unknown) {
        Box unknown = everything();
        unknown.sides[index] = {kUnknownPoint, kUnknownPoint};
        truth.when_false.push_back(std::move(unknown));
    }
    return truth;
}

// A condition that is no test of a value against constants is an axis of its own.
Truth Axes::opaque(model::ExprId condition) const {
    return sides(known_axis(condition), {{1, 1}}, {{0, 0}});
}

// True where both are, false where one is.
Truth Axes::both(const Truth& left, const Truth& right) const {
    Truth made;
    made.exact = left.exact && right.exact;
    for (const Box& a : left.when_true)
        for (const Box& b : right.when_true)
            if (auto meeting = intersection(a, b))
                made.when_true.push_back(std::move(*meeting));
    made.when_false = left.when_false;
    made.when_false.insert(made.when_false.end(), right.when_false.begin(), right.when_false.end());
    if (made.when_true.size() > kMostBoxes || made.when_false.size() > kMostBoxes)
        return {{}, {}, false};
    return made;
}

Truth Axes::truth(model::ExprId condition) const {
    const Expression& expression = book_[condition];
    if (is_constant(condition)) {
        const bool holds = expression.literal.boolean();
        Truth made;
        (holds ? made.when_true : made.when_false).push_back(everything());
        return made;
    }
    if (expression.kind == ExpressionKind::Operation && expression.op == Op::Not) {
        Truth made = truth(expression.operands[0]);
        std::swap(made.when_true, made.when_false);
        return made;
    }
    const bool conjunction =
        expression.kind == ExpressionKind::Operation && expression.op == Op::And;
    const bool disjunction =
        expression.kind == ExpressionKind::Operation && expression.op == Op::Or;
    if (conjunction || disjunction) { // a or b = not (not a and not b)
        Truth made;
        made.when_true.push_back(everything());
        for (const model::ExprId operand : expression.operands) {
            Truth part = truth(operand);
            if (disjunction)
                std::swap(part.when_true, part.when_false);
            made = both(made, part);
            if (!made.exact)
                return made;
        }
        if (disjunction)
            std::swap(made.when_true, made.when_false);
        return made;
    }
    if (!is_box_test(expression))
        return opaque(condition);
    switch (expression.op) {
    case Op::InRange:
    case Op::InRangeUnder:
        return range(expression);
    case Op::InSet:
        return set(expression);
    case Op::IsKnown:
        return presence(expression);
    default:
        return comparison(expression);
    }
}

} // namespace rulec::check
