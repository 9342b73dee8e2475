// Texts with values in them: "tier {design_icp.tier}".
#include "compiler/syntax/builder.hpp"
#include "compiler/syntax/declaration_reader.hpp"
#include "compiler/syntax/literal.hpp"
#include "compiler/syntax/nesting.hpp"
#include "compiler/syntax/text_braces.hpp"

namespace rulec::syntax {

namespace {

// Whether another text stands right behind the one that ends there, as where quotes are nested.
bool goes_on_behind(std::string_view text, std::uint32_t end) {
    return end < text.size() && text[end] == '"';
}

} // namespace

ast::ExprId Builder::interpolated(Grammar::ExpressionContext& context) {
    interpolating_ = true;
    ast::ExprId out = expression(&context);
    interpolating_ = false;
    return out;
}

ast::ExprId Builder::interpolated(Grammar::TextContext& context) {
    const Word& word = *static_cast<const Word*>(context.start);
    if (word.getType() == Grammar::TEXT)
        return text_template(word);
    return add(ast::TextLiteral{text_content(span(word), text_of(word), diagnostics_)}, span(word));
}

// Cuts the text at its braces; `{{` and `}}` stand for one of each. What is between single braces
// is read as an expression, where it stands in the file.
ast::ExprId Builder::text_template(const Word& word) {
    std::string_view body = text_of(word);
    body = body.substr(1, body.size() - 2);
    std::uint32_t begin = word.begin() + 1;
    auto place = [&](std::size_t from, std::size_t length) {
        auto at = begin + static_cast<std::uint32_t>(from);
        return Span{file_.file, at, at + static_cast<std::uint32_t>(length)};
    };
    ast::TextTemplate out;
    std::string text;
    std::size_t done = 0;
    auto take_until = [&](std::size_t end) {
        text += unescaped(file_.file, begin + static_cast<std::uint32_t>(done),
                          body.substr(done, end - done), diagnostics_);
    };
    for (std::size_t at = 0; at < body.size(); ++at) {
        char c = body[at];
        bool unicode = c == '\\' && body.substr(at).starts_with("\\u{");
        if (c == '\\') { // an escape is no brace; `\u{…}` has some
            at += unicode ? std::min(body.find('}', at), body.size() - 1) - at : 1;
            continue;
        }
        if (c != '{' && c != '}')
            continue;
        if (at + 1 < body.size() && body[at + 1] == c) {
            take_until(at + 1);
            done = ++at + 1;
            continue;
        }
        std::size_t close = c == '{' ? body.find('}', at) : std::string_view::npos;
        if (close == std::string_view::npos) {
            if (c == '}')
                diagnostics_.emit<RB0022>(place(at, 1));
            else if (goes_on_behind(text_, word.end()))
                diagnostics_.emit<RB0026>(place(at, body.size() - at));
            else
                diagnostics_.emit<RB0021>(place(at, 1));
            return erroneous(span(word));
        }
        take_until(at);
        Span inside = place(at + 1, close - at - 1);
        out.parts.push_back({std::move(text), embedded(inside.begin, inside.end)});
        text.clear();
        done = close + 1;
        at = close;
    }
    take_until(body.size());
    if (out.parts.empty())
        return add(ast::TextLiteral{std::move(text)}, span(word));
    out.parts.push_back({std::move(text), {}});
    return add(std::move(out), span(word));
}

// Texts cannot hold quotes without escapes, so nothing in the braces needs unescaping.
ast::ExprId Builder::embedded(std::uint32_t begin, std::uint32_t end) {
    Span whole{file_.file, begin, end};
    if (holds_quote(text_.substr(begin, end - begin))) {
        diagnostics_.emit<RB0026>({file_.file, begin - 1, end + 1});
        return erroneous(whole);
    }
    Scanned scanned = scan(file_.file, text_, begin, end, diagnostics_);
    if (scanned.words.size() == 1) {
        diagnostics_.emit<RB0025>({file_.file, begin - 1, end + 1});
        return erroneous(whole);
    }
    std::size_t deep = first_too_deep(scanned.words);
    if (deep < scanned.words.size()) {
        diagnostics_.emit<RB0006>(span(scanned.words[deep]), kMaximumNesting);
        return erroneous(whole);
    }
    DeclarationReader reader(file_.file, text_, scanned.words, diagnostics_);
    auto* context = reader.lone_expression();
    if (context == nullptr) {
        incomplete();
        return erroneous(whole);
    }
    // Pieces of this text are one piece of the file: no word here is marked as a name.
    embedding_ = true;
    ast::ExprId out = expression(context);
    embedding_ = false;
    return out;
}

} // namespace rulec::syntax
