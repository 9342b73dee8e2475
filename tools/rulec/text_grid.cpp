#include "tools/rulec/text_grid.hpp"

#include <algorithm>

namespace rulec::tool {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kGap = 2;
constexpr std::size_t kWidest = 140;

// Characters of UTF-8 text, each as wide as any other.
std::size_t shown_width(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char byte) {
        constexpr unsigned kTop = 0xc0;
        constexpr unsigned kContinues = 0x80;
        return (static_cast<unsigned char>(byte) & kTop) != kContinues;
    }));
}

} // namespace

std::string TextGrid::text() const {
    std::vector<std::size_t> widths(rows_.front().size());
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], shown_width(row[i]));
    std::string text;
    for (std::size_t first = 1; first < widths.size();) {
        std::size_t width = kIndent + widths[0];
        std::size_t last = first;
        while (last < widths.size() && (last == first || width + kGap + widths[last] <= kWidest))
            width += kGap + widths[last++];
        append(text, widths, first, last);
        first = last;
    }
    return text;
}

void TextGrid::append(std::string& text, const std::vector<std::size_t>& widths, std::size_t first,
                      std::size_t last) const {
    for (const auto& row : rows_) {
        std::string line =
            std::string(kIndent, ' ') + row[0] + std::string(widths[0] - shown_width(row[0]), ' ');
        for (std::size_t i = first; i < last; ++i)
            line += std::string(kGap + widths[i] - shown_width(row[i]), ' ') + row[i];
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
}

} // namespace rulec::tool
