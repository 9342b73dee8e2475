#include "tools/output/cell_text.hpp"

#include "runtime/value/calendar.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulec::output {

std::string time_text(std::int64_t microseconds) {
    std::string text;
    rulebook::append_time(text, rulebook::Time{microseconds});
    return text;
}

std::string money_text(rulebook::Int128 minor_units, rulebook::Currency currency) {
    std::string text;
    rulebook::append_money(text, minor_units, currency);
    return text;
}

std::string percent_text(std::int64_t millionths) {
    std::string text;
    rulebook::append_percent(text, millionths);
    return text;
}

std::string points_text(std::int64_t hundredths) {
    std::string text;
    rulebook::append_points(text, hundredths);
    return text;
}

std::string cell_text(const rulebook::plan::Schema& schema, rulebook::plan::Type type,
                      const rulebook::plan::Value& value) {
    using rulebook::plan::TypeKind;
    if (!value.known())
        return {};
    std::string text;
    switch (type.kind) {
    case TypeKind::Bool:
        return value.boolean() ? "true" : "false";
    case TypeKind::Int:
        rulebook::append_int(text, value.integer());
        return text;
    case TypeKind::Number:
        rulebook::append_number(text, value.real());
        return text;
    case TypeKind::Percent:
        return percent_text(value.integer());
    case TypeKind::Money:
        return money_text(value.integer(), type.currency());
    case TypeKind::Text:
        return value.text();
    case TypeKind::Date:
        rulebook::append_date(text, rulebook::Date{static_cast<std::int32_t>(value.integer())});
        return text;
    case TypeKind::Time:
        return time_text(value.integer());
    case TypeKind::Duration:
        rulebook::append_duration(text, value.integer());
        return text;
    case TypeKind::Enum:
        return schema.enums[type.enum_index()].values[static_cast<std::size_t>(value.integer())];
    case TypeKind::Points:
        return points_text(value.integer());
    }
    return text;
}

} // namespace rulec::output
