#include "tools/output/run_record.hpp"

#include <nlohmann/json.hpp>

#include "tools/output/cell_text.hpp"

namespace rulec::output {

namespace {

using nlohmann::ordered_json;

ordered_json counts_json(const rulebook::data::RowCounts& rows) {
    return {{"in", rows.in},
            {"evaluated", rows.evaluated},
            {"rejected", rows.rejected},
            {"duplicates", rows.duplicates},
            {"merged", rows.merged},
            {"orphans", rows.orphans},
            {"incomplete", rows.incomplete}};
}

ordered_json unknowns_json(const std::vector<rulebook::data::UnknownCount>& unknowns) {
    auto list = ordered_json::array();
    for (const auto& unknown : unknowns)
        list.push_back({{"field", unknown.field},
                        {"cause", std::string(words(unknown.cause))},
                        {"rows", unknown.rows},
                        {"example", unknown.example},
                        {"source", unknown.source},
                        {"row", unknown.row}});
    return list;
}

} // namespace

std::string run_record(const RunData& data, const rulebook::engine::Results& results,
                       const RunCircumstances& circumstances) {
    ordered_json json;
    json["rulebook"] = results.rulebook;
    json["version"] = results.version;
    json["content_hash"] = results.content_hash;
    if (circumstances.git_commit.empty())
        json["git_commit"] = nullptr;
    else
        json["git_commit"] = circumstances.git_commit;
    if (results.as_of)
        json["as_of"] = time_text(*results.as_of);
    else
        json["as_of"] = nullptr;
    json["zone_version"] = results.zone_version;
    json["data_fingerprint"] = data.fingerprint;
    json["engine"] = circumstances.engine;
    json["tool_version"] = circumstances.tool_version;
    for (const auto& table : data.counts) {
        auto& records = json["records"][table.table];
        records = counts_json(table.rows);
        if (table.table == data.root) {
            records["evaluated"] = table.rows.evaluated - results.not_yet;
            records["not_yet"] = results.not_yet;
        }
        json["unknown_values"][table.table] = unknowns_json(table.unknowns);
    }
    json["warnings"] = ordered_json::array();
    for (const auto& [code, message] : circumstances.warnings)
        json["warnings"].push_back({{"code", code}, {"message", message}});
    json["started_at"] = circumstances.started_at;
    json["seconds"] = {{"load", circumstances.load_seconds},
                       {"evaluate", circumstances.evaluate_seconds}};
    if (const auto& since = circumstances.since) {
        json["since"] = {{"folder", since->folder},
                         {"evaluated", since->evaluated},
                         {"kept", since->kept},
                         {"not_read", since->not_read}};
        if (!since->why_all.empty())
            json["since"]["why_all"] = since->why_all;
        if (!since->why_read.empty())
            json["since"]["why_read"] = since->why_read;
    }
    json["files"] = circumstances.files;
    return json.dump(2) + "\n";
}

} // namespace rulec::output
