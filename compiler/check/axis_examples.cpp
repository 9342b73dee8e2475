// Axes and their values as people write them.
#include "compiler/check/axes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/ordered_bits.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulec::check {

using model::Expression;
using rulebook::plan::TypeKind;

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
