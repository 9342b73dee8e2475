// Cells under heads, for people to read. The first column stands to the left, numbers to the right.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rulec::tool {

class TextGrid {
public:
    explicit TextGrid(std::vector<std::string> heads) { rows_.push_back(std::move(heads)); }

    // As many cells as heads.
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

    // A line a row, indented. Columns that do not fit beside the first one stand in a further grid
    // below.
    std::string text() const;

private:
    void append(std::string& text, const std::vector<std::size_t>& widths, std::size_t first,
                std::size_t last) const;

    std::vector<std::vector<std::string>> rows_;
};

} // namespace rulec::tool
