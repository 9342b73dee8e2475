#include "compiler/diagnostics/code.hpp"

#include <algorithm>
#include <vector>

namespace rulec {
namespace {

constexpr CodeInfo kCodes[] = {
#define RB_DIAGNOSTIC(Code, severity, message, help, parameters) Code::kInfo,
#include "compiler/diagnostics/diagnostics.def"
};

constexpr char upper(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

// Takes its arguments from the front. Rows are checked when they are compiled: a brace is doubled
// or opens a placeholder.
std::string fill_next(std::string_view words, std::span<const Argument>& arguments) {
    std::string filled;
    filled.reserve(words.size() + 16);
    for (std::size_t at = 0; at < words.size(); ++at) {
        char letter = words[at];
        filled += letter;
        if (letter != '{' && letter != '}')
            continue;
        ++at;
        if (at < words.size() && words[at] == letter)
            continue;
        filled.pop_back();
        if (!arguments.empty())
            arguments.front().append_to(filled);
        arguments = arguments.subspan(std::min<std::size_t>(1, arguments.size()));
    }
    return filled;
}

} // namespace

std::string_view name(Severity severity) {
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Note:
        return "note";
    }
    return {};
}

std::span<const CodeInfo> all_codes() {
    return kCodes;
}

const CodeInfo* find_code(std::string_view code) {
    auto same = [code](const CodeInfo& info) {
        return std::ranges::equal(info.code, code, {}, {}, upper);
    };
    const auto* found = std::ranges::find_if(kCodes, same);
    return found == std::end(kCodes) ? nullptr : found;
}

void Argument::append_to(std::string& out) const {
    if (is_number_)
        out += std::to_string(number_);
    else
        out += text_;
}

Wording fill(const CodeInfo& info, std::span<const Argument> arguments) {
    std::string message = fill_next(info.message, arguments);
    return {std::move(message), fill_next(info.help, arguments)};
}

Wording general_wording(const CodeInfo& info) {
    std::vector<Argument> any(16, Argument(std::string_view("…")));
    return fill(info, any);
}

} // namespace rulec
