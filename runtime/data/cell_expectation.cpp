// What a cell should have been, in words.
#include "runtime/data/cell_reader.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/ascii.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/nearest_name.hpp"

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

std::string CellReader::range_complaint() const {
    std::string out = "is not in ";
    append_value(out, field_.type, field_.range->low);
    out += field_.range->high_open ? " to under " : " to ";
    append_value(out, field_.type, field_.range->high);
    return out;
}

std::string CellReader::enum_complaint(const SourceCell& cell) const {
    std::string out = "is none of ";
    constexpr std::size_t kMostNames = 12;
    const auto& values = schema_.enums[field_.type.enum_index()].values;
    for (std::size_t i = 0; i < values.size() && i < kMostNames; ++i)
        out.append(i == 0 ? "" : ", ").append(values[i]);
    out += values.size() > kMostNames ? ", …" : "";
    const std::string given = text_of(cell);
    constexpr std::size_t kLongestName = 100; // no slip of the pen is longer
    if (given.size() <= kLongestName)
        if (const auto meant = nearest_name(trim_ascii(given), values))
            out += "; did you mean `" + *meant + "`?";
    return out;
}

// How a value of the type is written, where the fault is that it was not.
std::string CellReader::expected_writing(Fault fault) const {
    switch (fault) {
    case Fault::SeparatorInNumber:
        return "write it without separators of thousands, and with a point: 1234.5";
    case Fault::CurrencyInNumber:
        return "write the digits alone: 1234.5";
    case Fault::TooManyDecimals:
        return "`round = true` in data.toml rounds it";
    case Fault::NotANumber:
        return field_.type.is(plan::TypeKind::Percent) ? "expected such as 0.125 or 12.5%"
               : field_.type.is(plan::TypeKind::Int)   ? "expected digits such as 1200"
                                                       : "expected digits such as 1234.5";
    case Fault::NotABool:
        return "expected true or false";
    case Fault::NotADate:
    case Fault::NotATime:
    case Fault::NoSuchDate:
    case Fault::NoSuchTime:
        break;
    default:
        return {};
    }
    if (!reading_.format.empty())
        return "expected as `" + reading_.format + "`";
    return field_.type.is(plan::TypeKind::Date)
               ? "expected such as 2026-05-31, or as a `format` in data.toml says"
               : "expected such as 2026-05-31T18:00:00Z, or as a `format` in data.toml says";
}

std::string CellReader::complaint(const ReadCell& value, const SourceCell& cell) const {
    if (value.cause == plan::Cause::OutOfRange && field_.range)
        return range_complaint();
    if (value.cause == plan::Cause::UnknownEnumValue)
        return enum_complaint(cell);
    if (!value.fault)
        return "cannot be read";
    const std::string expected = expected_writing(*value.fault);
    return std::string(words(*value.fault)) + (expected.empty() ? "" : "; " + expected);
}

} // namespace rulebook::data
