#include "tools/rulec/run_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tools/output/cell_text.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::Plan;

// `not_yet`: of the table's rows those that are not there at the instant.
std::string counts_text(const rulebook::data::TableCounts& table, std::uint64_t not_yet) {
    const auto& rows = table.rows;
    std::string text = fmt::format("{}: {} in = {} evaluated + {} rejected", table.table, rows.in,
                                   rows.evaluated - not_yet, rows.rejected);
    if (rows.duplicates > 0)
        text += fmt::format(" + {} duplicate{}", rows.duplicates, rows.duplicates == 1 ? "" : "s");
    if (rows.merged > 0)
        text += fmt::format(" + {} merged", rows.merged);
    if (not_yet > 0)
        text += fmt::format(" + {} not yet there", not_yet);
    if (rows.orphans > 0)
        text += fmt::format(" ({} orphan{})", rows.orphans, rows.orphans == 1 ? "" : "s");
    return text + '\n';
}

// A date means its first instant, which whoever wants a month's end may not think of.
std::string date_note(const Plan& plan, const WantedInstant& wanted) {
    return wanted.date.empty()
               ? ""
               : fmt::format(", the first instant of {} in {}", wanted.date, plan.timezone);
}

} // namespace

std::string run_text(const Plan& plan, const Evaluation& evaluation,
                     const EvaluationRequest& request, std::size_t instant, CountsOf counts) {
    const InstantOutput& output = evaluation.outputs[instant];
    const auto& as_of = output.results().as_of;
    std::string text = fmt::format("{} {} as of {}{}\n", plan.name, plan.version,
                                   as_of ? output::time_text(*as_of) : "no instant",
                                   date_note(plan, request.instants[instant]));
    for (const auto& table : evaluation.counts.tables()) {
        const bool root = table.table == plan.schema.root_entity().collection;
        if (root || counts == CountsOf::AllRecords)
            text += counts_text(table, root ? output.summary().not_yet() : 0);
    }
    return text + output.summary().text();
}

nlohmann::ordered_json run_summary_json(const Plan& plan, const Evaluation& evaluation,
                                        std::size_t instant) {
    const InstantOutput& output = evaluation.outputs[instant];
    const auto& as_of = output.results().as_of;
    nlohmann::ordered_json json = {{"rulebook", plan.name}, {"version", plan.version}};
    json["as_of"] =
        as_of ? nlohmann::ordered_json(output::time_text(*as_of)) : nlohmann::ordered_json();
    json.update(output.summary().json());
    return json;
}

} // namespace rulec::tool
