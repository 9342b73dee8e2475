// Text of a rulebook as a terminal may show it. Whoever wrote the file must not steer the terminal
// or hide what it says, so control and formatting characters are shown as U+FFFD.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rulec {

// Control, formatting and malformed characters replaced; line breaks too.
std::string harmless(std::string_view text);

// One line, tabs as blanks, long ones cut to the part around `focus`.
class ShownLine {
public:
    static constexpr std::uint32_t kTabWidth = 4;
    // How many bytes before and behind the focus are shown at most.
    static constexpr std::uint32_t kReach = 160;

    // `focus`: a byte offset in the line that stays visible.
    ShownLine(std::string_view line, std::uint32_t focus);

    const std::string& text() const { return text_; }
    // The terminal column, from 0, at which the character of this byte of the line begins. Bytes
    // that are cut away give the nearest column that is shown.
    std::uint32_t column(std::uint32_t offset) const;

private:
    struct Cell {
        std::uint32_t offset; // in the line
        std::uint32_t column; // on the terminal
    };
    void append(std::string_view character, std::int32_t code_point);

    std::string text_;
    std::vector<Cell> cells_; // one per character; the last marks the end
    std::uint32_t width_ = 0;
};

} // namespace rulec
