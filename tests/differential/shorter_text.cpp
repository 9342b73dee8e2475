#include "tests/differential/shorter_text.hpp"

#include <array>
#include <cctype>

namespace rulebook::differential {

namespace {

constexpr std::array<std::string_view, 6> kLiterals = {"true", "false", "1", "0.5", "$1.00", "10%"};

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

// Behind the closing parenthesis or quote that belongs to the one at `open`; 0: there is none.
std::size_t closing(std::string_view text, std::size_t open) {
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t at = open; at < text.size(); ++at) {
        if (text[at] == '"' && (at == 0 || text[at - 1] != '\\'))
            quoted = !quoted;
        if (quoted)
            continue;
        depth += text[at] == '(' ? 1 : 0;
        if (text[at] == ')' && --depth == 0)
            return at + 1;
    }
    return 0;
}

// What stands between spaces and commas outside of further parentheses and quotes.
std::vector<std::string_view> operands(std::string_view inside) {
    std::vector<std::string_view> found;
    std::size_t begin = 0;
    std::size_t depth = 0;
    bool quoted = false;
    const auto end_at = [&](std::size_t end) {
        if (end > begin)
            found.push_back(inside.substr(begin, end - begin));
        begin = end + 1;
    };
    for (std::size_t at = 0; at < inside.size(); ++at) {
        const char c = inside[at];
        quoted = quoted != (c == '"');
        depth += !quoted && c == '(' ? 1 : 0;
        depth -= !quoted && c == ')' ? 1 : 0;
        if (!quoted && depth == 0 && (c == ' ' || c == ','))
            end_at(at);
    }
    end_at(inside.size());
    return found;
}

bool is_name_letter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

} // namespace

std::vector<std::string> declarations(std::string_view text) {
    std::vector<std::string> all;
    for (const std::string_view line : lines_of(text)) {
        const bool goes_on = line[0] == ' ' || line[0] == '}' || line[0] == '\n';
        if (!goes_on || all.empty())
            all.emplace_back();
        all.back() += line;
    }
    return all;
}

std::vector<std::string> without_a_line(std::string_view text) {
    std::vector<std::string> found;
    const auto lines = lines_of(text);
    for (std::size_t left_out = 0; left_out < lines.size(); ++left_out) {
        if (lines[left_out][0] != ' ')
            continue;
        found.emplace_back();
        for (std::size_t i = 0; i < lines.size(); ++i)
            if (i != left_out)
                found.back() += lines[i];
    }
    return found;
}

std::vector<std::string> with_simpler_expressions(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t open = text.find('('); open != std::string_view::npos;
         open = text.find('(', open + 1)) {
        const std::size_t end = closing(text, open);
        if (end == 0)
            continue;
        std::size_t begin = open;
        while (begin > 0 && is_name_letter(text[begin - 1]))
            --begin;
        const auto replaced = [&](std::string_view by) {
            if (by.size() < end - begin)
                found.push_back(std::string(text.substr(0, begin)) + std::string(by) +
                                std::string(text.substr(end)));
        };
        const std::string_view inside = text.substr(open + 1, end - open - 2);
        for (const std::string_view literal : kLiterals)
            replaced(literal);
        for (const std::string_view operand : operands(inside))
            replaced(operand);
        // `where …`, and windows
        for (const std::string_view word : {" where ", " in ", " since ", " before ", " from "})
            if (const std::size_t at = inside.find(word); at != std::string_view::npos)
                replaced(std::string(text.substr(begin, open + 1 - begin)) +
                         std::string(inside.substr(0, at)) + ")");
    }
    return found;
}

} // namespace rulebook::differential
