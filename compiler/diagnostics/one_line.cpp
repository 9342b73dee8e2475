#include "compiler/diagnostics/one_line.hpp"

#include <algorithm>

namespace rulec {
namespace {

// Where the text literal ends that begins at `begin`, its closing quote included.
std::size_t quoted_end(std::string_view text, std::size_t begin) {
    std::size_t end = begin + 1;
    while (end < text.size() && text[end] != '"')
        end += text[end] == '\\' ? 2 : 1;
    return std::min(end + 1, text.size());
}

// Where the white space or comment ends that begins at `begin`; `begin` if none does.
std::size_t gap_end(std::string_view text, std::size_t begin) {
    const std::string_view rest = text.substr(begin);
    if (rest.starts_with("//"))
        return std::min(text.find_first_of("\r\n", begin), text.size());
    if (rest.starts_with("/*")) {
        const std::size_t close = text.find("*/", begin + 2);
        return close == std::string_view::npos ? text.size() : close + 2;
    }
    return std::min(text.find_first_not_of(" \t\r\n", begin), text.size());
}

} // namespace

std::string one_line(std::string_view text, std::size_t longest) {
    std::string line;
    bool gap = false;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t end = gap_end(text, at); end > at) {
            gap = true;
            at = end;
            continue;
        }
        if (gap && !line.empty()) {
            line += ' ';
            if (line.size() > longest)
                return line + "…";
        }
        gap = false;
        const std::size_t end = text[at] == '"' ? quoted_end(text, at) : at + 1;
        line += text.substr(at, end - at);
        at = end;
    }
    return line;
}

} // namespace rulec
