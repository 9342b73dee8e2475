#include "runtime/data/cell_reader.hpp"

#include <algorithm>
#include <cmath>

#include "runtime/value/ascii.hpp"
#include "runtime/value/number.hpp"
#include "runtime/value/utf8.hpp"

namespace rulebook::data {

namespace {

using Kind = SourceCell::Kind;

ReadCell from(const Read<std::int64_t>& value) {
    return value ? ReadCell::of(*value) : ReadCell::unreadable(value.error());
}

} // namespace

ReadCell ReadCell::unknown(plan::Cause cause) {
    ReadCell cell;
    cell.cause = cause;
    return cell;
}

ReadCell ReadCell::unreadable(Fault fault) {
    ReadCell cell = unknown(plan::Cause::UnreadableInput);
    cell.fault = fault;
    return cell;
}

ReadCell ReadCell::of(std::int64_t value) {
    ReadCell cell;
    cell.known = true;
    cell.integer = value;
    return cell;
}

CellReader::CellReader(const plan::Schema& schema, const plan::Field& field, const time::Zone& zone)
    : schema_(schema), field_(field), zone_(zone) {
    find_beginnings_of_nulls();
    if (field.type.is(plan::TypeKind::Enum))
        enum_names_ = EnumNames(schema_.enums[field.type.enum_index()].values);
}

void CellReader::set_reading(const ColumnReading& reading, const std::vector<std::string>& nulls) {
    reading_ = reading;
    nulls_.clear();
    for (const std::string& null : nulls)
        nulls_.emplace_back(trim_ascii(null));
    find_beginnings_of_nulls();
    read_nulls();
}

// What they say of typed columns, in which no text stands.
void CellReader::read_nulls() {
    null_values_.clear();
    if (field_.type.is(plan::TypeKind::Text)) // compared as text
        return;
    for (const std::string& null : nulls_)
        if (const ReadCell value = convert({.kind = Kind::Text, .text = null}); value.known)
            null_values_.push_back(value);
}

namespace {

// A column of 32 bits holds -99.9 as -99.9000015258789.
bool is_null_number(double value, double null) {
    return value == null ||
           (null != std::trunc(null) && value == static_cast<double>(static_cast<float>(null)));
}

} // namespace

bool CellReader::means_missing(const ReadCell& value) const {
    switch (plan::representation(field_.type.kind)) {
    case plan::Representation::Text:
        return value.known && std::ranges::find(nulls_, trim_ascii(value.text)) != nulls_.end();
    case plan::Representation::Real:
        return value.known && std::ranges::any_of(null_values_, [&](const ReadCell& null) {
                   return is_null_number(value.real, null.real);
               });
    case plan::Representation::Bool:
        return value.known && std::ranges::find(null_values_, value.boolean, &ReadCell::boolean) !=
                                  null_values_.end();
    case plan::Representation::Integer:
        return value.known && is_null_integer(value.integer);
    }
    return false;
}

bool CellReader::is_null_integer(std::int64_t value) const {
    return std::ranges::find(null_values_, value, &ReadCell::integer) != null_values_.end();
}

void CellReader::find_beginnings_of_nulls() {
    may_begin_null_.fill(false);
    for (const char blank : {' ', '\t', '\r', '\n', '\v', '\f'})
        may_begin_null_[static_cast<unsigned char>(blank)] = true;
    for (const std::string& null : nulls_)
        if (!null.empty())
            may_begin_null_[static_cast<unsigned char>(null.front())] = true;
}

bool CellReader::is_missing(const SourceCell& cell) const {
    if (cell.kind == Kind::Missing)
        return true;
    if (cell.kind == Kind::Real)
        return !std::isfinite(cell.real);
    if (cell.kind != Kind::Text)
        return false;
    if (std::ranges::find(nulls_, trim_ascii(cell.text)) != nulls_.end())
        return true;
    return field_.type.is(plan::TypeKind::Number) && is_non_finite_word(cell.text);
}

namespace {

// One rule for texts of every source and for every type: what is no text is no value.
std::optional<Fault> text_fault(std::string_view text) {
    if (text.find('\0') != std::string_view::npos)
        return Fault::HoldsNul;
    return is_valid_utf8(text) ? std::nullopt : std::optional(Fault::NotUtf8);
}

} // namespace

ReadCell CellReader::read(const SourceCell& cell) {
    if (cell.kind == Kind::Text)
        if (const auto fault = text_fault(cell.text))
            return ReadCell::unreadable(*fault);
    if (is_missing(cell))
        return ReadCell::unknown(plan::Cause::MissingInput);
    const ReadCell value = convert(cell);
    if (cell.kind != Kind::Text && means_missing(value))
        return ReadCell::unknown(plan::Cause::MissingInput);
    return in_declared_range(value);
}

ReadCell CellReader::in_declared_range(const ReadCell& value) const {
    if (value.known && field_.range && !in_range(value))
        return ReadCell::unknown(plan::Cause::OutOfRange);
    return value;
}

ReadCell CellReader::convert(const SourceCell& cell) {
    constexpr int kPointDigits = 2;
    switch (field_.type.kind) {
    case plan::TypeKind::Bool:
        return convert_bool(cell);
    case plan::TypeKind::Int:
        return from(whole(cell));
    case plan::TypeKind::Number:
        return convert_number(cell);
    case plan::TypeKind::Percent:
        return from(percent(cell));
    case plan::TypeKind::Money:
        return from(scaled(cell, field_.type.currency().digits()));
    case plan::TypeKind::Points:
        return from(scaled(cell, kPointDigits));
    case plan::TypeKind::Text:
        return convert_text(cell);
    case plan::TypeKind::Enum:
        return convert_enum(cell);
    case plan::TypeKind::Date:
        return from(date(cell));
    case plan::TypeKind::Time:
        return convert_time(cell);
    case plan::TypeKind::Duration:
        return cell.kind == Kind::Text ? from(read_duration(cell.text))
                                       : ReadCell::unreadable(Fault::NotADuration);
    }
    return ReadCell::unknown(plan::Cause::UnreadableInput);
}

ReadCell CellReader::convert_bool(const SourceCell& cell) const {
    const bool zero_or_one = cell.kind == Kind::Bool || (cell.kind == Kind::Integer &&
                                                         (cell.integer == 0 || cell.integer == 1));
    const auto value = cell.kind == Kind::Text ? read_bool(cell.text)
                       : zero_or_one           ? Read<bool>(cell.integer == 1)
                                               : fault(Fault::NotABool);
    if (!value)
        return ReadCell::unreadable(value.error());
    ReadCell result;
    result.known = true;
    result.boolean = *value;
    return result;
}

ReadCell CellReader::convert_number(const SourceCell& cell) const {
    Read<double> value = fault(Fault::NotANumber);
    if (cell.kind == Kind::Text)
        value = read_number(cell.text);
    else if (cell.kind == Kind::Real)
        value = cell.real;
    else if (cell.kind == Kind::Decimal)
        value = read_number(text_of(cell));
    else if (cell.kind == Kind::Integer)
        value = static_cast<double>(cell.integer); // the nearest, as of digits in a text
    if (!value)
        return ReadCell::unreadable(value.error());
    ReadCell result;
    result.known = true;
    result.real = *value;
    return result;
}

ReadCell CellReader::convert_text(const SourceCell& cell) {
    ReadCell result;
    result.known = true;
    if (cell.kind == Kind::Text) {
        result.text = cell.text;
        return result;
    }
    buffer_ = text_of(cell);
    result.text = buffer_;
    return result;
}

ReadCell CellReader::convert_enum(const SourceCell& cell) {
    std::string_view name = trim_ascii(cell.text);
    if (cell.kind != Kind::Text) {
        buffer_ = text_of(cell);
        name = buffer_;
    }
    const auto value = enum_names_.find(name);
    return value ? ReadCell::of(*value) : ReadCell::unknown(plan::Cause::UnknownEnumValue);
}

CellReader::Whole CellReader::scaled(const SourceCell& cell, int digits) const {
    const auto in_digits = [&](const Decimal& decimal) {
        return in_units(decimal, digits, reading_.excess);
    };
    switch (cell.kind) {
    case Kind::Text:
        return read_decimal(cell.text).and_then(in_digits);
    case Kind::Real:
        return decimal_of(cell.real).and_then(in_digits);
    case Kind::Integer:
        return in_digits({cell.integer, 0});
    case Kind::Decimal:
        return in_digits(cell.decimal);
    default:
        return fault(Fault::NotANumber);
    }
}

// How many digits behind the point of a percentage as it is written are held.
int CellReader::percent_digits() const {
    constexpr int kDigits = 6;
    return reading_.percent == PercentWriting::Whole ? kDigits - 2 : kDigits;
}

CellReader::Whole CellReader::percent(const SourceCell& cell) const {
    if (cell.kind == Kind::Text)
        return read_percent(cell.text, reading_.percent, reading_.excess);
    return scaled(cell, percent_digits());
}

CellReader::Whole CellReader::whole(const SourceCell& cell) const {
    if (cell.kind == Kind::Text)
        return read_int(cell.text);
    if (cell.kind == Kind::Integer)
        return cell.integer;
    const auto as_decimal = cell.kind == Kind::Real      ? decimal_of(cell.real)
                            : cell.kind == Kind::Decimal ? Read<Decimal>(cell.decimal)
                                                         : Read<Decimal>(fault(Fault::NotANumber));
    auto value = as_decimal.and_then(
        [](const Decimal& decimal) { return in_units(decimal, 0, Excess::Refuse); });
    if (!value && value.error() == Fault::TooManyDecimals)
        return fault(Fault::NotWhole);
    return value;
}

namespace {

template <class Number>
bool inside(Number value, Number low, Number high, bool high_open) {
    return value >= low && (high_open ? value < high : value <= high);
}

} // namespace

bool CellReader::in_range(const ReadCell& value) const {
    const plan::ValueRange& range = *field_.range;
    if (plan::representation(field_.type.kind) != plan::Representation::Real)
        return integer_in_range(value.integer);
    return !range.low.known() || !range.high.known() ||
           inside(value.real, range.low.real(), range.high.real(), range.high_open);
}

bool CellReader::integer_in_range(std::int64_t value) const {
    const plan::ValueRange& range = *field_.range;
    return !range.low.known() || !range.high.known() ||
           inside(value, range.low.integer(), range.high.integer(), range.high_open);
}

} // namespace rulebook::data
