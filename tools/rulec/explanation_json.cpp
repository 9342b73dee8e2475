#include "tools/rulec/explanation_json.hpp"

#include <nlohmann/json.hpp>

#include "runtime/interpret/readable.hpp"
#include "runtime/time/zone.hpp"
#include "tools/output/cell_text.hpp"

namespace rulec::tool {
namespace {

using nlohmann::ordered_json;
using rulebook::explain::Explanation;
using rulebook::plan::Plan;

ordered_json line_json(const rulebook::explain::Line& line) {
    ordered_json json = {{"kind", spelling(line.kind)}, {"text", line.text}};
    if (!line.path.empty())
        json["source"] = {{"path", line.path}, {"line", line.line}};
    if (!line.because.empty())
        json["because"] = line.because;
    if (line.truth)
        json["truth"] = spelling(*line.truth);
    if (!line.cause.empty())
        json["cause"] = line.cause;
    if (line.points)
        json["points"] = output::points_text(*line.points);
    if (line.minor_units)
        json["amount"] = line.amount;
    if (line.decides)
        json["decides"] = true;
    for (const auto& seen : line.seen)
        json["saw"].push_back({{"name", seen.name}, {"value", seen.value}, {"cause", seen.cause}});
    for (const std::string& remark : line.remarks)
        json["remarks"].push_back(remark);
    return json;
}

ordered_json explanation_json(const Explanation& explanation) {
    ordered_json json = {{"rule", explanation.rule},
                         {"kind", word_of_kind(explanation)},
                         {"as_of", output::time_text(explanation.instant)},
                         {"zone", explanation.zone},
                         {"in_force", explanation.in_force},
                         {"results", ordered_json::object()},
                         {"lines", ordered_json::array()}};
    for (const auto& result : explanation.results)
        json["results"][result.name] = result.value;
    for (const auto& line : explanation.lines)
        json["lines"].push_back(line_json(line));
    return json;
}

ordered_json value_json(const Plan& plan, rulebook::plan::FieldIndex field,
                        const rulebook::plan::Value& value) {
    if (!value.known())
        return nullptr;
    const auto type = plan.schema.root_entity().fields[field].type;
    return rulebook::interpret::readable(plan.schema, type, value,
                                         rulebook::time::find_zone(plan.timezone));
}

std::string unknown_words(const rulebook::plan::Value& value) {
    return value.known() ? "" : std::string(rulebook::plan::words(value.why().cause));
}

} // namespace

ordered_json explanations_json(const std::string& account,
                               const std::vector<Explanation>& explanations) {
    ordered_json json = {{"account", account}, {"explanations", ordered_json::array()}};
    for (const Explanation& explanation : explanations)
        json["explanations"].push_back(explanation_json(explanation));
    return json;
}

ordered_json why_not_json(const Plan& plan, const std::string& account,
                          const rulebook::explain::WhyNot& found) {
    ordered_json json = {{"expression", found.expression},
                         {"as_of", output::time_text(found.instant)},
                         {"truth", spelling(found.truth)},
                         {"cause", found.cause},
                         {"saw", ordered_json::array()},
                         {"changes", ordered_json::array()},
                         {"fields_that_could_be_changed", found.fields},
                         {"fields_changed", found.changes.empty() ? 0 : found.most_fields},
                         {"tried_up_to_fields", found.most_fields},
                         {"exhaustive", found.exhausted},
                         {"evaluations", found.tried},
                         {"takes_records_as_they_are", found.reads_collections},
                         {"takes_firings_as_they_are", found.reads_firings},
                         {"needs", ordered_json::array()}};
    for (const auto& seen : found.seen)
        json["saw"].push_back({{"name", seen.name}, {"value", seen.value}, {"cause", seen.cause}});
    for (const auto& changes : found.changes) {
        ordered_json set = ordered_json::array();
        for (const auto& change : changes)
            set.push_back({{"field", plan.schema.root_entity().fields[change.field].name},
                           {"from", value_json(plan, change.field, change.from)},
                           {"from_cause", unknown_words(change.from)},
                           {"to", value_json(plan, change.field, change.to)},
                           {"example", change.example}});
        json["changes"].push_back(std::move(set));
    }
    for (const auto& line : found.thresholds)
        json["needs"].push_back(line.text);
    return {{"account", account},
            {"explanations", ordered_json::array()},
            {"why_not", std::move(json)}};
}

} // namespace rulec::tool
