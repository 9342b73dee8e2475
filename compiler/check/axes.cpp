#include "compiler/check/axes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/ordered_bits.hpp"

namespace rulec::check {

using model::Expression;
using model::ExpressionKind;
using rulebook::plan::Op;
using rulebook::plan::TypeKind;
using rulebook::plan::Value;

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
    if (!rulebook::plan::is_comparison(expression.op))
        return expression.op == Op::IsKnown;
    return !is_constant(expression.operands[0]) &&
           std::all_of(expression.operands.begin() + 1, expression.operands.end(),
                       [&](model::ExprId operand) { return is_constant(operand); });
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

std::vector<Box> Axes::holes() const {
    std::vector<Box> made;
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
        const Interval known = known_side(axis);
        if (!axes_[axis].may_be_unknown || known.low == kLeastPoint)
            continue;
        Box hole = everything();
        hole.sides[axis] = {kLeastPoint, known.low - 1};
        hole.row = kNoRow;
        made.push_back(std::move(hole));
    }
    return made;
}

} // namespace rulec::check
