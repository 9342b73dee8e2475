#include "compiler/check/allow.hpp"

#include <variant>

#include "compiler/diagnostics/code.hpp"

namespace rulec::check {

namespace {

void silence(const std::vector<ast::Allow>& allows, Span within, Diagnostics& diagnostics) {
    for (const ast::Allow& allow : allows) {
        const CodeInfo* code = find_code(allow.code.text);
        if (code != nullptr && code->severity == Severity::Error)
            diagnostics.emit<RB1011>(allow.code.span, allow.code.text);
        else if (diagnostics.silence(allow.code.text, within) == 0)
            diagnostics.emit<RB1012>(allow.code.span, allow.code.text);
    }
}

} // namespace

void silence_what_is_allowed(std::span<const ast::File> files, Diagnostics& diagnostics) {
    const auto each = [&](const auto& visit) {
        for (const ast::File& file : files)
            for (const ast::Declaration& declaration : file.declarations)
                std::visit(visit, declaration);
    };
    // Rules first: what one of them allows is not looked for by the header.
    each([&](const auto& node) {
        if constexpr (requires { node.head.allows; })
            silence(node.head.allows, node.head.span, diagnostics);
        if constexpr (std::is_same_v<std::decay_t<decltype(node)>, ast::Policy>)
            silence(node.allows, node.span, diagnostics);
    });
    each([&](const auto& node) {
        if constexpr (std::is_same_v<std::decay_t<decltype(node)>, ast::RulebookHeader>)
            silence(node.allows, Span{}, diagnostics);
    });
}

} // namespace rulec::check
