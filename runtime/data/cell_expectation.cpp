// What a cell should have been, in words.
#include "runtime/data/cell_reader.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/calendar_text.hpp"

namespace rulebook::data {

namespace {

void append_value(std::string& out, const plan::Type& type, const plan::Value& value) {
    if (!value.known())
        return;
    switch (type.kind) {
    case plan::TypeKind::Number:
        return append_number(out, value.real());
    case plan::TypeKind::Percent:
        return append_percent_sign(out, value.integer());
    case plan::TypeKind::Money:
        return append_money(out, value.integer(), type.currency());
    case plan::TypeKind::Points:
        return append_points(out, value.integer());
    case plan::TypeKind::Date:
        return append_date(out, Date{static_cast<std::int32_t>(value.integer())});
    case plan::TypeKind::Time:
        return append_time(out, Time{value.integer()});
    case plan::TypeKind::Duration:
        return append_duration(out, value.integer());
    default:
        return append_int(out, value.integer());
    }
}

} // namespace

std::string CellReader::expectation(plan::Cause cause) const {
    std::string out;
    if (cause == plan::Cause::OutOfRange && field_.range) {
        out = "is not in ";
        append_value(out, field_.type, field_.range->low);
        out += field_.range->high_open ? " to under " : " to ";
        append_value(out, field_.type, field_.range->high);
        return out;
    }
    out = "is none of ";
    constexpr std::size_t kMostNames = 12;
    const auto& values = schema_.enums[field_.type.enum_index()].values;
    for (std::size_t i = 0; i < values.size() && i < kMostNames; ++i)
        out.append(i == 0 ? "" : ", ").append(values[i]);
    return values.size() > kMostNames ? out + ", …" : out;
}

} // namespace rulebook::data
