#include "compiler/diagnostics/json_places.hpp"
#include "compiler/diagnostics/render.hpp"

namespace rulec {
namespace {

using detail::Json;

Json place(Span span, const Sources& sources) {
    if (!span.somewhere())
        return nullptr;
    detail::Region region = detail::region(span, sources);
    return {{"path", sources.path(span.file)},
            {"line", region.begin.line},
            {"column", region.begin.column},
            {"end_line", region.end.line},
            {"end_column", region.end.column},
            {"begin_byte", span.begin},
            {"end_byte", span.end}};
}

Json as_json(const Diagnostic& diagnostic, const Sources& sources) {
    Json labels = Json::array();
    for (const Label& label : diagnostic.labels)
        labels.push_back({{"place", place(label.span, sources)}, {"text", label.text}});
    Json fix = Json::array();
    for (const Edit& edit : diagnostic.edits)
        fix.push_back({{"place", place(edit.span, sources)}, {"replacement", edit.replacement}});
    return {{"code", diagnostic.code()},
            {"severity", name(diagnostic.severity)},
            {"place", place(diagnostic.span, sources)},
            {"message", diagnostic.message},
            {"help", diagnostic.help_text},
            {"labels", std::move(labels)},
            {"fix", std::move(fix)}};
}

} // namespace

std::string render_json(const Diagnostics& diagnostics, const Sources& sources) {
    Json findings = Json::array();
    for (const Diagnostic* diagnostic : diagnostics.sorted())
        findings.push_back(as_json(*diagnostic, sources));
    return detail::dump({{"diagnostics", std::move(findings)},
                         {"errors", diagnostics.count(Severity::Error)},
                         {"warnings", diagnostics.count(Severity::Warning)},
                         {"notes", diagnostics.count(Severity::Note)},
                         {"omitted", diagnostics.omitted()}});
}

} // namespace rulec
