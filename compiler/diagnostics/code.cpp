#include "compiler/diagnostics/code.hpp"

#include <algorithm>

namespace rulec {
namespace {

constexpr CodeInfo kCodes[] = {
#define RB_DIAGNOSTIC(Code, severity, message, help, parameters) Code::kInfo,
#include "compiler/diagnostics/diagnostics.def"
};

constexpr char upper(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
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

std::string fill(std::string_view message, std::span<const Argument> arguments) {
    std::string filled;
    filled.reserve(message.size() + 16 * arguments.size());
    std::size_t next = 0;
    for (std::size_t at = 0; at < message.size(); ++at) {
        char letter = message[at];
        if (letter != '{' && letter != '}') {
            filled += letter;
            continue;
        }
        // Rows are checked when they are compiled: a brace is doubled or opens a placeholder.
        ++at;
        if (at < message.size() && message[at] == letter)
            filled += letter;
        else if (next < arguments.size())
            arguments[next++].append_to(filled);
    }
    return filled;
}

} // namespace rulec
