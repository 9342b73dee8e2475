// What Arrow's names of types say.
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "runtime/data/arrow_column.hpp"

namespace rulebook::data {

namespace {

Result<ArrowColumn> unread(std::string_view format, std::string_view why) {
    return make_error("data.column_type",
                      "Arrow columns of type `" + std::string(format) + "` " + std::string(why));
}

// Of `d:18,2`, which has 128 bits, `d:18,2,64` and the like.
struct DecimalFormat {
    int scale = 0; // the 2
    int bits = 128;
};

std::optional<DecimalFormat> decimal_format(std::string_view format) {
    const std::size_t comma = format.find(',');
    if (comma == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = format.substr(comma + 1);
    DecimalFormat found;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), found.scale);
    const auto after = rest.substr(static_cast<std::size_t>(end - rest.data()));
    constexpr int kMostScale = 38;
    if (error != std::errc() || found.scale < -kMostScale || found.scale > kMostScale)
        return std::nullopt;
    if (after == ",32")
        found.bits = 32;
    else if (after == ",64")
        found.bits = 64;
    else if (!after.empty() && after != ",128")
        return std::nullopt;
    return found;
}

// The units per second of `tss:`, `tsm:`, `tsu:`, `tsn:`.
std::optional<std::int64_t> units_per_second(char unit) {
    switch (unit) {
    case 's':
        return 1;
    case 'm':
        return 1'000;
    case 'u':
        return 1'000'000;
    case 'n':
        return 1'000'000'000;
    default:
        return std::nullopt;
    }
}

} // namespace

Result<ArrowColumn> ArrowColumn::of_format(std::string_view format) {
    struct Simple {
        std::string_view format;
        Storage kind;
    };
    constexpr auto kSimple = std::to_array<Simple>({
        {"n", Storage::Absent},
        {"b", Storage::Bits},
        {"c", Storage::Int8},
        {"C", Storage::Uint8},
        {"s", Storage::Int16},
        {"S", Storage::Uint16},
        {"i", Storage::Int32},
        {"I", Storage::Uint32},
        {"l", Storage::Int64},
        {"L", Storage::Uint64},
        {"f", Storage::Float},
        {"g", Storage::Double},
        {"u", Storage::Text},
        {"U", Storage::LargeText},
        {"tdD", Storage::DateDays},
        {"tdm", Storage::DateMilliseconds},
    });
    ArrowColumn column;
    for (const Simple& simple : kSimple) {
        if (simple.format == format) {
            column.kind_ = simple.kind;
            return column;
        }
    }
    if (format.starts_with("d:")) {
        const auto decimal = decimal_format(format);
        if (!decimal)
            return unread(format, "are not read: only decimals of 32, 64 and 128 bits are");
        column.kind_ = decimal->bits == 32   ? Storage::Decimal32
                       : decimal->bits == 64 ? Storage::Decimal64
                                             : Storage::Decimal128;
        column.scale_ = decimal->scale;
        return column;
    }
    constexpr std::size_t kZoneAt = 4;
    if (format.starts_with("ts") && format.size() >= kZoneAt && format[3] == ':') {
        if (const auto units = units_per_second(format[2])) {
            column.kind_ = Storage::Timestamp;
            column.units_ = *units;
            column.zoned_ = format.size() > kZoneAt;
            return column;
        }
    }
    return unread(format, "are not read; write them as text");
}

} // namespace rulebook::data
