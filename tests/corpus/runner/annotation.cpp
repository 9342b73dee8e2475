#include "tests/corpus/runner/annotation.hpp"

#include <algorithm>
#include <optional>

namespace rulebook::corpus {
namespace {

using rulec::Position;
using rulec::Severity;

constexpr std::size_t kCodeLength = 6; // RB1203

struct Line {
    std::string_view text;     // without its break
    std::string_view line_end; // "\n", "\r\n" or "" at the end of the text
};

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    while (!text.empty()) {
        std::size_t length = std::min(text.find('\n'), text.size());
        std::size_t with_end = std::min(length + 1, text.size());
        bool carriage_return = length > 0 && length < text.size() && text[length - 1] == '\r';
        std::size_t content = carriage_return ? length - 1 : length;
        lines.push_back({text.substr(0, content), text.substr(content, with_end - content)});
        text.remove_prefix(with_end);
    }
    return lines;
}

bool consume(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::string_view trimmed(std::string_view text) {
    std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_code(std::string_view text) {
    return text.size() == kCodeLength && text.starts_with("RB") &&
           std::ranges::all_of(text.substr(2), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Annotation> annotation_in(std::string_view line) {
    std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    std::string_view rest = line.substr(indent);
    if (!consume(rest, "// "))
        return std::nullopt;
    for (Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
        std::string_view candidate = rest;
        if (!consume(candidate, name(severity)) || !consume(candidate, "["))
            continue;
        std::string_view code = candidate.substr(0, kCodeLength);
        candidate.remove_prefix(code.size());
        if (!is_code(code) || !consume(candidate, "]"))
            continue;
        return Annotation{severity,
                          std::string(code),
                          std::string(trimmed(candidate)),
                          0,
                          0,
                          static_cast<std::uint32_t>(indent)};
    }
    return std::nullopt;
}

std::string one_line(std::string_view text) {
    std::string line;
    for (char letter : text) {
        if (letter == '\n')
            line += "\\n";
        else if (letter == '\r')
            line += "\\r";
        else
            line += letter;
    }
    return line;
}

// `17-25` on the base line, `+2:17-25` on another one, `17-+3:4` where it ends further down.
std::string columns(rulec::Span span, std::uint32_t base_line, const rulec::Sources& sources) {
    Position begin = sources.position(span.file, span.begin);
    Position end = sources.position(span.file, span.end);
    auto relative = [](std::uint32_t line, std::uint32_t base) {
        if (line == base)
            return std::string();
        return (line > base ? "+" + std::to_string(line - base)
                            : "-" + std::to_string(base - line)) +
               ':';
    };
    return relative(begin.line, base_line) + std::to_string(begin.column) + '-' +
           relative(end.line, begin.line) + std::to_string(end.column);
}

} // namespace

std::vector<Annotation> annotations_in(std::string_view text) {
    std::vector<Annotation> annotations;
    std::size_t waiting = 0; // from here on they lack the line that they are about
    std::uint32_t number = 0;
    auto settle = [&](std::uint32_t about) {
        for (; waiting < annotations.size(); ++waiting)
            annotations[waiting].about = about;
    };
    for (const Line& line : lines_of(text)) {
        ++number;
        if (auto annotation = annotation_in(line.text)) {
            annotation->line = number;
            annotations.push_back(std::move(*annotation));
        } else {
            settle(number);
        }
    }
    settle(number + 1); // the end of the file
    return annotations;
}

std::string rendered(const rulec::Diagnostic& diagnostic, const rulec::Sources& sources) {
    bool somewhere = diagnostic.span.somewhere();
    std::uint32_t line =
        somewhere ? sources.position(diagnostic.span.file, diagnostic.span.begin).line : 0;
    auto at = [&](rulec::Span span) {
        std::string path;
        if (span.file != diagnostic.span.file)
            path = std::string(sources.path(span.file)) + ' ';
        std::uint32_t base = span.file == diagnostic.span.file ? line : 0;
        return path + columns(span, base, sources);
    };
    std::string text = (somewhere ? at(diagnostic.span) : "nowhere") + ": " + diagnostic.message;
    if (!diagnostic.help_text.empty())
        text += " | help: " + diagnostic.help_text;
    for (const rulec::Label& label : diagnostic.labels)
        text += " | label " + at(label.span) + (label.text.empty() ? "" : ": ") + label.text;
    for (const rulec::Edit& edit : diagnostic.edits)
        text += " | fix " + at(edit.span) + ": `" + edit.replacement + "`";
    return one_line(text);
}

std::string with_rendered(std::string_view text, const std::vector<Annotation>& annotations,
                          const std::map<std::uint32_t, std::string>& rendered_by_line) {
    std::string updated;
    std::uint32_t number = 0;
    for (const Line& line : lines_of(text)) {
        ++number;
        auto replaced = rendered_by_line.find(number);
        auto annotation = std::ranges::find(annotations, number, &Annotation::line);
        if (replaced == rendered_by_line.end() || annotation == annotations.end()) {
            updated += line.text;
        } else {
            updated += line.text.substr(0, annotation->indent);
            updated += "// " + std::string(name(annotation->severity)) + "[" + annotation->code +
                       "] " + replaced->second;
        }
        updated += line.line_end;
    }
    return updated;
}

} // namespace rulebook::corpus
