#include "compiler/syntax/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <utf8proc.h>

#include <fmt/format.h>

#include "runtime/value/utf8.hpp"

namespace rulec::syntax {

namespace {

constexpr auto kComposed = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);

// Nothing where it is not UTF-8.
std::optional<std::vector<utf8proc_int32_t>> decomposed(std::string_view text) {
    std::vector<utf8proc_int32_t> points;
    points.reserve(text.size() + 1);
    std::array<utf8proc_int32_t, 32> parts{}; // of one code point: no more than four
    int boundary = UTF8PROC_BOUNDCLASS_START;
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t point = -1;
        const auto length =
            utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                             static_cast<utf8proc_ssize_t>(text.size() - at), &point);
        if (length <= 0)
            return std::nullopt;
        at += static_cast<std::size_t>(length);
        const auto count =
            utf8proc_decompose_char(point, parts.data(), parts.size(), kComposed, &boundary);
        if (count < 0 || count > static_cast<utf8proc_ssize_t>(parts.size()))
            return std::nullopt;
        points.insert(points.end(), parts.begin(), parts.begin() + count);
    }
    return points;
}

// Marks on one letter stand in the order of their classes. utf8proc_map would sort each run of them
// one by one into place: thousands of marks on a letter would hold it up.
void order_marks(std::vector<utf8proc_int32_t>& points) {
    const auto mark_class = [](utf8proc_int32_t point) {
        return utf8proc_get_property(point)->combining_class;
    };
    struct Mark {
        int order; // the class
        std::size_t at;
        utf8proc_int32_t point;
    };
    std::vector<Mark> marks;
    for (std::size_t at = 0; at < points.size(); ++at) {
        marks.clear();
        for (; at < points.size() && mark_class(points[at]) != 0; ++at)
            marks.push_back({mark_class(points[at]), at, points[at]});
        std::ranges::sort(marks, {},
                          [](const Mark& mark) { return std::pair(mark.order, mark.at); });
        for (std::size_t i = 0; i < marks.size(); ++i)
            points[at - marks.size() + i] = marks[i].point;
    }
}

} // namespace

CodePoint decode(std::string_view text, std::size_t at) {
    if (at >= text.size())
        return {};
    std::string_view rest = text.substr(at);
    char32_t code_point = rulebook::take_code_point(rest);
    if (code_point > 0x10ffff)
        return {};
    return {code_point, static_cast<std::uint32_t>(text.size() - at - rest.size())};
}

std::string composed(std::string_view text) {
    std::optional<std::vector<utf8proc_int32_t>> points = decomposed(text);
    if (!points)
        return std::string(text);
    order_marks(*points);
    points->push_back(0); // room that reencoding asks for
    const auto length = utf8proc_reencode(
        points->data(), static_cast<utf8proc_ssize_t>(points->size() - 1), kComposed);
    if (length < 0)
        return std::string(text);
    return {reinterpret_cast<const char*>(points->data()), static_cast<std::size_t>(length)};
}

std::string code_point_name(std::uint32_t code_point) {
    return fmt::format("U+{:04X}", code_point);
}

} // namespace rulec::syntax
