#include <algorithm>

#include "compiler/diagnostics/render.hpp"
#include "compiler/diagnostics/shown_text.hpp"

namespace rulec {
namespace {

struct Palette {
    std::string_view error, warning, note, place, bold, plain;
};
constexpr Palette kNoColours{};
constexpr Palette kColours{"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m",
                           "\x1b[34m",   "\x1b[1m",    "\x1b[0m"};

std::string place(Span span, const Sources& sources) {
    Position at = sources.position(span.file, span.begin);
    return harmless(sources.path(span.file)) + ':' + std::to_string(at.line) + ':' +
           std::to_string(at.column);
}

// One place to underline: the diagnostic's own (carets) or a label's (dashes).
struct Mark {
    Span span;
    char stroke;
    std::string_view text;
};

class TextRenderer {
public:
    TextRenderer(const Diagnostic& diagnostic, const Sources& sources, Colour colour)
        : diagnostic_(diagnostic), sources_(sources),
          palette_(colour == Colour::Always ? kColours : kNoColours) {}

    std::string render() {
        headline();
        if (diagnostic_.span.somewhere())
            snippets();
        if (!diagnostic_.help_text.empty())
            remark("help", diagnostic_.help_text);
        if (!diagnostic_.edits.empty())
            remark("fix", fix_in_words());
        return std::move(out_);
    }

private:
    std::string_view severity_colour() const {
        switch (diagnostic_.severity) {
        case Severity::Error:
            return palette_.error;
        case Severity::Warning:
            return palette_.warning;
        case Severity::Note:
            return palette_.note;
        }
        return {};
    }

    void headline() {
        if (diagnostic_.span.somewhere())
            append(place(diagnostic_.span, sources_), ": ");
        append(severity_colour(), name(diagnostic_.severity), "[", diagnostic_.code(), "]",
               palette_.plain, ": ", palette_.bold, harmless(diagnostic_.message), palette_.plain,
               "\n");
    }

    // The diagnostic's line first, then those of its labels, each line once.
    void snippets() {
        std::vector<Mark> marks{{diagnostic_.span, '^', {}}};
        for (const Label& label : diagnostic_.labels)
            if (label.span.somewhere())
                marks.push_back({label.span, '-', label.text});
        std::uint32_t widest = 0;
        for (const Mark& mark : marks)
            widest = std::max(widest, line_of(mark.span));
        gutter_ = std::max<std::size_t>(4, std::to_string(widest).size() + 1);
        std::vector<bool> done(marks.size(), false);
        for (std::size_t first = 0; first < marks.size(); ++first) {
            if (done[first])
                continue;
            source_line(marks[first].span);
            for (std::size_t next = first; next < marks.size(); ++next) {
                if (done[next] || !same_line(marks[first].span, marks[next].span))
                    continue;
                underline(marks[next], marks[first].span);
                done[next] = true;
            }
        }
    }

    std::uint32_t line_of(Span span) const { return sources_.position(span.file, span.begin).line; }
    bool same_line(Span left, Span right) const {
        return left.file == right.file && line_of(left) == line_of(right);
    }
    ShownLine shown(Span span) const {
        std::uint32_t line = line_of(span);
        return {sources_.line_text(span.file, line),
                span.begin - sources_.line_begin(span.file, line)};
    }

    void source_line(Span span) {
        if (span.file != diagnostic_.span.file)
            append(std::string(gutter_, ' '), palette_.place, " in ", place(span, sources_),
                   palette_.plain, "\n");
        std::string number = std::to_string(line_of(span));
        append(palette_.place, std::string(gutter_ - number.size(), ' '), number, " |",
               palette_.plain, " ", shown(span).text(), "\n");
    }

    // `of`: the place whose line was shown, which decides what is cut away.
    void underline(const Mark& mark, Span of) {
        std::uint32_t line_begin = sources_.line_begin(of.file, line_of(of));
        std::size_t line_length = sources_.line_text(of.file, line_of(of)).size();
        ShownLine line = shown(of);
        std::uint32_t begin = mark.span.begin - line_begin;
        std::uint32_t end = std::min(std::max(mark.span.end, mark.span.begin) - line_begin,
                                     static_cast<std::uint32_t>(line_length));
        std::uint32_t from = line.column(begin);
        std::uint32_t to = std::max(from + 1, line.column(end));
        append(palette_.place, std::string(gutter_, ' '), " |", palette_.plain, " ",
               std::string(from, ' '), mark.stroke == '^' ? severity_colour() : palette_.place,
               std::string(to - from, mark.stroke), mark.text.empty() ? "" : " ",
               harmless(mark.text), palette_.plain, "\n");
    }

    void remark(std::string_view kind, std::string_view text) {
        append(std::string(gutter_, ' '), palette_.place, " = ", palette_.plain, palette_.bold,
               kind, palette_.plain, ": ", harmless(text), "\n");
    }

    std::string fix_in_words() const {
        std::string words;
        for (const Edit& edit : diagnostic_.edits) {
            words += words.empty() ? "" : "; ";
            std::string old(sources_.text(edit.span));
            if (old.empty())
                words += "insert `" + edit.replacement + "` at " + place(edit.span, sources_);
            else if (edit.replacement.empty())
                words += "remove `" + old + "`";
            else
                words += "replace `" + old + "` with `" + edit.replacement + "`";
        }
        return words;
    }

    template <class... Parts>
    void append(Parts&&... parts) {
        (out_.append(std::string_view(parts)), ...);
    }

    const Diagnostic& diagnostic_;
    const Sources& sources_;
    Palette palette_;
    std::size_t gutter_ = 4;
    std::string out_;
};

void count(std::string& words, std::size_t number, std::string_view what) {
    if (number == 0)
        return;
    words += words.empty() ? "" : ", ";
    words += std::to_string(number) + ' ' + std::string(what) + (number == 1 ? "" : "s");
}

} // namespace

std::string render_text(const Diagnostic& diagnostic, const Sources& sources, Colour colour) {
    return TextRenderer(diagnostic, sources, colour).render();
}

std::string render_text(const Diagnostics& diagnostics, const Sources& sources, Colour colour) {
    std::string text;
    for (const Diagnostic* diagnostic : diagnostics.sorted())
        text += render_text(*diagnostic, sources, colour);
    if (diagnostics.omitted() > 0)
        text += "and " + std::to_string(diagnostics.omitted()) + " more that are not shown\n";
    return text;
}

std::string summary(const Diagnostics& diagnostics) {
    std::string words;
    for (Severity severity : {Severity::Error, Severity::Warning, Severity::Note})
        count(words, diagnostics.count(severity), name(severity));
    return words;
}

} // namespace rulec
