#include "runtime/data/arrow_column.hpp"

#include <cstring>
#include <limits>
#include <optional>

namespace rulebook::data {

namespace {

template <class T>
T load(const void* buffer, std::size_t at) {
    T value;
    std::memcpy(&value, static_cast<const char*>(buffer) + at * sizeof(T), sizeof(T));
    return value;
}

bool bit(const void* buffer, std::size_t at) {
    const auto byte = load<std::uint8_t>(buffer, at / 8);
    return (byte >> (at % 8) & 1U) != 0;
}

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

// Beyond whole microseconds.
std::int64_t nanoseconds_of(std::int64_t value, std::int64_t units) {
    if (units <= kMicrosecondsPerSecond)
        return 0;
    const std::int64_t each = units / kMicrosecondsPerSecond;
    return value - floor_divide(value, each) * each;
}

// In microseconds, those between them cut off; beyond 64 bits: as far away as can be.
std::int64_t in_microseconds(std::int64_t value, std::int64_t units) {
    if (units > kMicrosecondsPerSecond)
        return floor_divide(value, units / kMicrosecondsPerSecond);
    const auto product = checked_multiply(value, kMicrosecondsPerSecond / units);
    using Limits = std::numeric_limits<std::int64_t>;
    return product.value_or(value < 0 ? Limits::min() : Limits::max());
}

} // namespace

Result<ArrowColumn> ArrowColumn::open(const ArrowSchema& schema, const ArrowArray& array) {
    auto column = of_format(schema.format == nullptr ? "" : schema.format);
    if (!column)
        return column;
    column->array_ = &array;
    if (schema.dictionary != nullptr && array.dictionary != nullptr) {
        auto dictionary = open(*schema.dictionary, *array.dictionary);
        if (!dictionary)
            return dictionary;
        column->dictionary_ = std::make_shared<const ArrowColumn>(*std::move(dictionary));
    }
    if (auto sound = column->check_buffers(); !sound)
        return tl::unexpected(std::move(sound.error()));
    return column;
}

Result<void> ArrowColumn::check_buffers() const {
    if (array_->length < 0 || array_->offset < 0)
        return make_error("data.column_type", "an Arrow column has a negative length or offset");
    if (absent() || array_->length == 0)
        return {};
    const bool text = kind_ == Storage::Text || kind_ == Storage::LargeText;
    const std::int64_t buffers = text ? 3 : 2;
    if (array_->n_buffers < buffers || array_->buffers == nullptr || array_->buffers[1] == nullptr)
        return make_error("data.column_type", "an Arrow column lacks the buffers of its type");
    if (dictionary_ && kind_ > Storage::Uint64)
        return make_error("data.column_type", "the indexes of an Arrow dictionary are no integers");
    return {};
}

bool ArrowColumn::known(std::size_t row) const {
    const auto at = row + static_cast<std::size_t>(array_->offset);
    return array_->n_buffers < 1 || array_->buffers[0] == nullptr || bit(array_->buffers[0], at);
}

bool ArrowColumn::all_known() const {
    return array_->n_buffers < 1 || array_->buffers[0] == nullptr || array_->null_count == 0;
}

SourceCell ArrowColumn::cell(std::size_t row) const {
    if (absent() || !known(row))
        return {};
    const std::size_t at = row + static_cast<std::size_t>(array_->offset);
    if (dictionary_) {
        const auto index = static_cast<std::uint64_t>(whole_number(at));
        return index < dictionary_->size() ? dictionary_->cell(index) : SourceCell{};
    }
    switch (kind_) {
    case Storage::Text:
    case Storage::LargeText:
        return {.kind = SourceCell::Kind::Text, .text = text_at(at)};
    case Storage::Decimal32:
    case Storage::Decimal64:
    case Storage::Decimal128:
        return decimal_cell(at);
    case Storage::Timestamp:
        return timestamp_cell(at);
    case Storage::Float:
        return {.kind = SourceCell::Kind::Real,
                .real = static_cast<double>(load<float>(array_->buffers[1], at))};
    case Storage::Double:
        return {.kind = SourceCell::Kind::Real, .real = load<double>(array_->buffers[1], at)};
    default:
        return integer_cell(at);
    }
}

std::int64_t ArrowColumn::whole_number(std::size_t at) const {
    const void* values = array_->buffers[1];
    switch (kind_) {
    case Storage::Bits:
        return bit(values, at) ? 1 : 0;
    case Storage::Int8:
        return load<std::int8_t>(values, at);
    case Storage::Uint8:
        return load<std::uint8_t>(values, at);
    case Storage::Int16:
        return load<std::int16_t>(values, at);
    case Storage::Uint16:
        return load<std::uint16_t>(values, at);
    case Storage::Int32:
    case Storage::Decimal32:
    case Storage::DateDays:
        return load<std::int32_t>(values, at);
    case Storage::Uint32:
        return load<std::uint32_t>(values, at);
    default:
        return load<std::int64_t>(values, at);
    }
}

SourceCell ArrowColumn::integer_cell(std::size_t at) const {
    using Kind = SourceCell::Kind;
    const std::int64_t value = whole_number(at);
    switch (kind_) {
    case Storage::Bits:
        return {.kind = Kind::Bool, .integer = value};
    case Storage::DateDays:
        return {.kind = Kind::Date, .integer = value};
    case Storage::DateMilliseconds:
        return {.kind = Kind::Date, .integer = floor_divide(value, kSecondsPerDay * 1000)};
    case Storage::Uint64:
        if (value < 0) // above 2^63
            return {.kind = Kind::Decimal,
                    .decimal = {static_cast<Int128>(static_cast<std::uint64_t>(value)), 0}};
        return {.kind = Kind::Integer, .integer = value};
    default:
        return {.kind = Kind::Integer, .integer = value};
    }
}

std::optional<ArrowTexts> ArrowColumn::texts() const {
    if (kind_ != Storage::Text || dictionary_ || array_->length == 0 || !all_known())
        return std::nullopt;
    const auto* bytes = static_cast<const char*>(array_->buffers[2]);
    const auto* ends = static_cast<const char*>(array_->buffers[1]) +
                       static_cast<std::size_t>(array_->offset) * sizeof(std::int32_t);
    return ArrowTexts{ends, bytes == nullptr ? "" : bytes};
}

std::optional<std::string_view> ArrowColumn::text(std::size_t row) const {
    if ((kind_ != Storage::Text && kind_ != Storage::LargeText) || !known(row))
        return std::nullopt;
    return text_at(row + static_cast<std::size_t>(array_->offset));
}

std::optional<SourceInteger> ArrowColumn::integer(std::size_t row) const {
    using Kind = SourceCell::Kind;
    if (dictionary_ || absent() || !known(row))
        return std::nullopt;
    const std::size_t at = row + static_cast<std::size_t>(array_->offset);
    if (kind_ >= Storage::Int8 && kind_ <= Storage::Int64)
        return SourceInteger{Kind::Integer, whole_number(at)};
    if (kind_ == Storage::Bits)
        return SourceInteger{Kind::Bool, whole_number(at)};
    if (kind_ == Storage::Timestamp && zoned_) {
        const auto value = load<std::int64_t>(array_->buffers[1], at);
        return nanoseconds_of(value, units_) == 0
                   ? std::optional(SourceInteger{Kind::Instant, in_microseconds(value, units_)})
                   : std::nullopt;
    }
    if (kind_ == Storage::Decimal32 || kind_ == Storage::Decimal64)
        return SourceInteger{Kind::Decimal, whole_number(at), scale_};
    if (kind_ != Storage::Decimal128)
        return std::nullopt;
    const auto value = narrow(load<Int128>(array_->buffers[1], at));
    return value ? std::optional(SourceInteger{Kind::Decimal, *value, scale_}) : std::nullopt;
}

std::optional<double> ArrowColumn::real(std::size_t row) const {
    if (kind_ != Storage::Double || !known(row))
        return std::nullopt;
    return load<double>(array_->buffers[1], row + static_cast<std::size_t>(array_->offset));
}

std::string_view ArrowColumn::text_at(std::size_t at) const {
    const void* ends = array_->buffers[1];
    const bool large = kind_ == Storage::LargeText;
    const std::int64_t start = large ? load<std::int64_t>(ends, at) : load<std::int32_t>(ends, at);
    const std::int64_t end =
        large ? load<std::int64_t>(ends, at + 1) : load<std::int32_t>(ends, at + 1);
    const auto* bytes = static_cast<const char*>(array_->buffers[2]);
    if (bytes == nullptr || end <= start)
        return "";
    return {bytes + start, static_cast<std::size_t>(end - start)};
}

SourceCell ArrowColumn::decimal_cell(std::size_t at) const {
    const Int128 value = kind_ == Storage::Decimal128 ? load<Int128>(array_->buffers[1], at)
                                                      : Int128{whole_number(at)};
    return {.kind = SourceCell::Kind::Decimal, .decimal = {value, -scale_}};
}

SourceCell ArrowColumn::timestamp_cell(std::size_t at) const {
    const auto value = load<std::int64_t>(array_->buffers[1], at);
    return {.kind = zoned_ ? SourceCell::Kind::Instant : SourceCell::Kind::LocalTime,
            .integer = in_microseconds(value, units_),
            .nanoseconds = static_cast<std::int16_t>(nanoseconds_of(value, units_))};
}

} // namespace rulebook::data
