#include "compiler/diagnostics/render.hpp"
#include "compiler/diagnostics/shown_text.hpp"

namespace rulec {
namespace {

enum class Where : bool { Message, Property };

// The runner reads a command per line, and commas and colons between properties.
std::string escaped(std::string_view text, Where where) {
    std::string safe;
    for (char letter : text) {
        bool separates = where == Where::Property && (letter == ':' || letter == ',');
        if (letter == '%')
            safe += "%25";
        else if (letter == '\r')
            safe += "%0D";
        else if (letter == '\n')
            safe += "%0A";
        else if (separates)
            safe += letter == ':' ? "%3A" : "%2C";
        else
            safe += letter;
    }
    return safe;
}

std::string_view command(Severity severity) {
    return severity == Severity::Note ? "notice" : name(severity);
}

std::string properties(Span span, const Sources& sources) {
    if (!span.somewhere())
        return {};
    Position begin = sources.position(span.file, span.begin);
    Position end = sources.position(span.file, span.end);
    std::string text = "file=" + escaped(harmless(sources.path(span.file)), Where::Property);
    text += ",line=" + std::to_string(begin.line) + ",endLine=" + std::to_string(end.line);
    // Columns are legal only within one line.
    if (begin.line == end.line)
        text += ",col=" + std::to_string(begin.column) + ",endColumn=" + std::to_string(end.column);
    return text + ',';
}

} // namespace

std::string render_github(const Diagnostics& diagnostics, const Sources& sources) {
    std::string out;
    for (const Diagnostic* diagnostic : diagnostics.sorted()) {
        std::string message = harmless(diagnostic->message);
        if (!diagnostic->help_text.empty())
            message += "\nhelp: " + harmless(diagnostic->help_text);
        out += "::" + std::string(command(diagnostic->severity)) + ' ' +
               properties(diagnostic->span, sources) + "title=" + std::string(diagnostic->code()) +
               "::" + escaped(message, Where::Message) + '\n';
    }
    return out;
}

} // namespace rulec
