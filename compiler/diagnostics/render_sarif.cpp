#include <map>

#include "compiler/diagnostics/json_places.hpp"
#include "compiler/diagnostics/page.hpp"
#include "compiler/diagnostics/render.hpp"

namespace rulec {
namespace {

using detail::Json;

// A relative URI reference: unreserved characters and `/` stay, every other byte is escaped.
std::string uri(std::string_view path) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kStay = "-._~/";
    std::string escaped;
    for (char letter : path) {
        auto byte = static_cast<unsigned char>(letter);
        bool alphanumeric = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                            (byte >= '0' && byte <= '9');
        if (alphanumeric || kStay.find(letter) != std::string_view::npos)
            escaped += letter;
        else
            (escaped += '%').append({kHex[byte >> 4U], kHex[byte & 15U]});
    }
    return escaped;
}

Json sarif_region(Span span, const Sources& sources) {
    detail::Region region = detail::region(span, sources);
    return {{"startLine", region.begin.line},
            {"startColumn", region.begin.column},
            {"endLine", region.end.line},
            {"endColumn", region.end.column}};
}

Json artifact(Span span, const Sources& sources) {
    return {{"uri", uri(sources.path(span.file))}};
}

Json location(Span span, const Sources& sources, std::string_view text) {
    Json json = {
        {"physicalLocation",
         {{"artifactLocation", artifact(span, sources)}, {"region", sarif_region(span, sources)}}}};
    if (!text.empty())
        json["message"] = {{"text", text}};
    return json;
}

// One change per file, as SARIF wants it.
Json fix(const Diagnostic& diagnostic, const Sources& sources) {
    std::map<FileId, Json> replacements;
    for (const Edit& edit : diagnostic.edits)
        replacements.try_emplace(edit.span.file, Json::array())
            .first->second.push_back({{"deletedRegion", sarif_region(edit.span, sources)},
                                      {"insertedContent", {{"text", edit.replacement}}}});
    Json changes = Json::array();
    for (auto& [file, edits] : replacements)
        changes.push_back({{"artifactLocation", artifact({file, 0, 0}, sources)},
                           {"replacements", std::move(edits)}});
    return {{"artifactChanges", std::move(changes)}};
}

Json rule(const CodeInfo& info) {
    Json json = {{"id", info.code},
                 {"shortDescription", {{"text", general_wording(info).message}}},
                 {"defaultConfiguration", {{"level", name(info.severity)}}}};
    if (auto page = find_page(info.code))
        json["help"] = {{"text", *page}, {"markdown", *page}};
    return json;
}

Json result(const Diagnostic& diagnostic, std::size_t rule_index, const Sources& sources) {
    std::string text = diagnostic.message;
    if (!diagnostic.help_text.empty())
        text += "\n" + diagnostic.help_text;
    Json json = {{"ruleId", diagnostic.code()},
                 {"ruleIndex", rule_index},
                 {"level", name(diagnostic.severity)},
                 {"message", {{"text", text}}},
                 {"locations", Json::array()}};
    if (diagnostic.span.somewhere())
        json["locations"].push_back(location(diagnostic.span, sources, {}));
    for (const Label& label : diagnostic.labels)
        json["relatedLocations"].push_back(location(label.span, sources, label.text));
    if (!diagnostic.edits.empty())
        json["fixes"] = Json::array({fix(diagnostic, sources)});
    return json;
}

} // namespace

std::string render_sarif(const Diagnostics& diagnostics, const Sources& sources,
                         std::string_view tool_version) {
    Json rules = Json::array();
    Json results = Json::array();
    std::map<std::string_view, std::size_t> index;
    for (const Diagnostic* diagnostic : diagnostics.sorted()) {
        auto [entry, is_new] = index.try_emplace(diagnostic->code(), index.size());
        if (is_new)
            rules.push_back(rule(*diagnostic->info));
        results.push_back(result(*diagnostic, entry->second, sources));
    }
    Json driver = {{"name", "rulec"}, {"version", tool_version}, {"rules", std::move(rules)}};
    Json run = {{"tool", {{"driver", std::move(driver)}}},
                {"columnKind", "unicodeCodePoints"},
                {"results", std::move(results)}};
    return detail::dump({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                         {"version", "2.1.0"},
                         {"runs", Json::array({std::move(run)})}});
}

} // namespace rulec
