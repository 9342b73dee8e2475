#include "compiler/check/axes.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulec::check {

using model::Expression;
using model::ExpressionKind;
using rulebook::plan::Op;
using rulebook::plan::TypeKind;
using rulebook::plan::Value;

namespace {

constexpr std::size_t kMostBoxes = 256; // of one condition

// Numbers in their order as integers in theirs.
std::int64_t ordered_bits(double value) {
    const auto bits = std::bit_cast<std::int64_t>(value == 0 ? 0.0 : value);
    return bits >= 0 ? bits : static_cast<std::int64_t>(0x8000000000000000ULL) - bits;
}

double from_ordered_bits(std::int64_t bits) {
    return std::bit_cast<double>(
        bits >= 0 ? bits : static_cast<std::int64_t>(0x8000000000000000ULL) - bits);
}

} // namespace

// ---- axes

// Equal text, equal expression.
std::string Axes::key(model::ExprId id) const {
    const Expression& expression = book_[id];
    std::string made =
        fmt::format("{}.{}.{}.{}.{}.{}", static_cast<int>(expression.kind),
                    static_cast<int>(expression.op), expression.index, expression.level,
                    expression.detail, static_cast<int>(expression.type.kind));
    if (expression.kind == ExpressionKind::Operation && expression.op == Op::Aggregate)
        return made + fmt::format("#{}", id); // aggregates are compared by identity
    const Value& literal = expression.literal;
    switch (literal.alternative()) {
    case 1:
        made += literal.boolean() ? "=true" : "=false";
        break;
    case 2:
        made += fmt::format("={}", literal.integer());
        break;
    case 3:
        made += fmt::format("={}", literal.real());
        break;
    case 4:
        made += fmt::format("={}:{}", literal.text().size(), literal.text());
        break;
    default:
        break;
    }
    for (const std::uint32_t frame : expression.frames)
        made += fmt::format("@{}", frame);
    made += '(';
    for (const model::ExprId operand : expression.operands)
        made += key(operand) + ',';
    return made + ')';
}

std::size_t Axes::axis_of(model::ExprId subject) {
    const auto [known, fresh] = by_key_.try_emplace(key(subject), axes_.size());
    if (fresh) {
        const Expression& expression = book_[subject];
        Axis axis;
        axis.subject = subject;
        axis.type = expression.type;
        axis.may_be_unknown = expression.may_be_unknown;
        axis.field = expression.kind == ExpressionKind::Operation && expression.op == Op::Field &&
                     expression.level == 0;
        axes_.push_back(std::move(axis));
    }
    return known->second;
}

std::size_t Axes::known_axis(model::ExprId subject) const {
    return by_key_.at(key(subject));
}

bool Axes::is_constant(model::ExprId id) const {
    const Expression& expression = book_[id];
    return expression.kind == ExpressionKind::Operation && expression.op == Op::Constant &&
           expression.literal.known();
}

// A test of one thing against constants.
bool Axes::is_box_test(const Expression& expression) const {
    if (expression.kind != ExpressionKind::Operation)
        return false;
    switch (expression.op) {
    case Op::Equal:
    case Op::NotEqual:
    case Op::Less:
    case Op::LessEqual:
    case Op::Greater:
    case Op::GreaterEqual:
    case Op::InRange:
    case Op::InRangeUnder:
    case Op::InSet:
        return !is_constant(expression.operands[0]) &&
               std::all_of(expression.operands.begin() + 1, expression.operands.end(),
                           [&](model::ExprId operand) { return is_constant(operand); });
    case Op::IsKnown:
        return true;
    default:
        return false;
    }
}

void Axes::collect_constant(model::ExprId subject, model::ExprId constant) {
    Axis& axis = axes_[axis_of(subject)];
    if (!axis.type.is(TypeKind::Text))
        return;
    const std::string& text = book_[constant].literal.text();
    const auto place = std::ranges::lower_bound(axis.texts, text);
    if (place == axis.texts.end() || *place != text)
        axis.texts.insert(place, text);
}

void Axes::collect(model::ExprId condition) {
    if (!model::present(condition))
        return;
    const Expression& expression = book_[condition];
    const bool logic =
        expression.kind == ExpressionKind::Operation &&
        (expression.op == Op::And || expression.op == Op::Or || expression.op == Op::Not);
    if (logic) {
        for (const model::ExprId operand : expression.operands)
            collect(operand);
    } else if (is_box_test(expression)) {
        axis_of(expression.operands[0]);
        for (std::size_t i = 1; i < expression.operands.size(); ++i)
            collect_constant(expression.operands[0], expression.operands[i]);
    } else if (!is_constant(condition))
        axis_of(condition);
}

// ---- points

std::optional<std::int64_t> Axes::point(const Axis& axis, const Value& value) const {
    switch (value.alternative()) {
    case 1:
        return value.boolean() ? 1 : 0;
    case 2:
        return value.integer();
    case 3:
        return ordered_bits(value.real());
    case 4: {
        const auto place = std::ranges::lower_bound(axis.texts, value.text());
        return place - axis.texts.begin();
    }
    default:
        return std::nullopt;
    }
}

// The values that an axis can have, unknown left out.
Interval Axes::known_side(std::size_t index) const {
    const Axis& axis = axes_[index];
    switch (axis.type.kind) {
    case TypeKind::Bool:
        return {0, 1};
    case TypeKind::Enum:
        return {
            0, static_cast<std::int64_t>(book_.schema.enums[axis.type.enum_index()].values.size()) -
                   1};
    case TypeKind::Text:
        return {0, static_cast<std::int64_t>(axis.texts.size())}; // the last: any other text
    default:
        break;
    }
    Interval side{kLeastPoint, kGreatestPoint};
    if (!axis.field)
        return side;
    const Expression& subject = book_[axis.subject];
    const auto& field =
        book_.schema.entities[static_cast<std::size_t>(subject.detail)].fields[subject.index];
    if (field.range) {
        side.low = point(axis, field.range->low).value_or(side.low);
        side.high = point(axis, field.range->high).value_or(side.high);
        if (field.range->high_open && side.high > side.low)
            --side.high;
    }
    return side;
}

Box Axes::everything() const {
    Box box;
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
        Interval side = known_side(axis);
        if (axes_[axis].may_be_unknown)
            side.low = kUnknownPoint;
        box.sides.push_back(side);
    }
    return box;
}

// ---- truth

Truth Axes::sides(std::size_t axis, std::vector<Interval> when_true,
                  std::vector<Interval> when_false) const {
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

// ---- examples

std::string Axes::show(const Axis& axis, std::int64_t at) const {
    std::string shown;
    switch (axis.type.kind) {
    case TypeKind::Bool:
        return at == 1 ? "true" : "false";
    case TypeKind::Enum:
        return book_.schema.enums[axis.type.enum_index()].values[static_cast<std::size_t>(at)];
    case TypeKind::Text:
        if (static_cast<std::size_t>(at) < axis.texts.size())
            return fmt::format("\"{}\"", axis.texts[static_cast<std::size_t>(at)]);
        return "any other text";
    case TypeKind::Number:
        rulebook::append_number(shown, from_ordered_bits(at));
        return shown;
    case TypeKind::Percent:
        rulebook::append_percent_sign(shown, at);
        return shown;
    case TypeKind::Money:
        shown = axis.type.currency().code() + " ";
        rulebook::append_money(shown, at, axis.type.currency());
        return shown;
    case TypeKind::Points:
        rulebook::append_points(shown, at);
        return shown;
    case TypeKind::Date: {
        const std::int64_t days =
            std::clamp<std::int64_t>(at, rulebook::kFirstDate.days, rulebook::kLastDate.days);
        rulebook::append_date(shown, rulebook::Date{static_cast<std::int32_t>(days)});
        return shown;
    }
    case TypeKind::Time:
        rulebook::append_time(
            shown, std::clamp(rulebook::Time{at}, rulebook::kFirstTime, rulebook::kLastTime));
        return shown;
    case TypeKind::Duration:
        rulebook::append_duration(shown, at);
        return shown;
    default:
        rulebook::append_int(shown, at);
        return shown;
    }
}

std::string Axes::name(std::size_t index) const {
    const Axis& axis = axes_[index];
    if (!axis.field)
        return "a condition";
    const Expression& subject = book_[axis.subject];
    return book_.schema.entities[static_cast<std::size_t>(subject.detail)]
        .fields[subject.index]
        .name;
}

std::string Axes::example(std::size_t index, const Interval& side) const {
    const Axis& axis = axes_[index];
    const Interval all = everything().sides[index];
    if (side == all)
        return {};
    if (side.high == kUnknownPoint)
        return "missing";
    std::int64_t at = side.low;
    if (side.low <= 0 && side.high >= 0 && !axis.type.is(TypeKind::Date) &&
        !axis.type.is(TypeKind::Time))
        at = 0;
    else if (at == kUnknownPoint || at == kLeastPoint)
        at = side.high;
    return show(axis, at);
}

} // namespace rulec::check
