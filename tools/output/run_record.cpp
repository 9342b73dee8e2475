#include "tools/output/run_record.hpp"

#include <bit>

#include <nlohmann/json.hpp>

#include "runtime/value/digest.hpp"
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

void add_value(rulebook::Sha256& digest, const rulebook::plan::Value& value) {
    digest.add(std::uint64_t{value.alternative()});
    switch (value.alternative()) {
    case 1:
        digest.add(std::uint64_t{value.boolean() ? 1U : 0U});
        return;
    case 2:
        digest.add(static_cast<std::uint64_t>(value.integer()));
        return;
    case 3:
        digest.add(std::bit_cast<std::uint64_t>(value.real()));
        return;
    case 4:
        digest.add_delimited(value.text());
        return;
    default:
        digest.add(std::uint64_t{static_cast<std::uint64_t>(value.why().cause)});
    }
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

// Records in the order of the data set, which does not depend on that of the input.
std::string data_fingerprint(const rulebook::data::Dataset& dataset) {
    rulebook::Sha256 digest;
    const auto& entities = dataset.schema().entities;
    for (rulebook::plan::EntityIndex entity = 0; entity < entities.size(); ++entity) {
        const auto& table = dataset.table(entity);
        digest.add_delimited(entities[entity].name).add(std::uint64_t{table.size()});
        for (rulebook::data::RowIndex row = 0; row < table.size(); ++row) {
            digest.add(std::uint64_t{table.parent(row)});
            for (rulebook::plan::FieldIndex field = 0; field < entities[entity].fields.size();
                 ++field)
                add_value(digest, dataset.value(entity, row, field));
        }
    }
    return rulebook::hexadecimal(digest.finish());
}

std::string run_record(const rulebook::data::Dataset& dataset,
                       const rulebook::engine::Results& results,
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
    json["data_fingerprint"] = data_fingerprint(dataset);
    json["engine"] = circumstances.engine;
    json["tool_version"] = circumstances.tool_version;
    for (const auto& table : dataset.counts()) {
        json["records"][table.table] = counts_json(table.rows);
        json["unknown_values"][table.table] = unknowns_json(table.unknowns);
    }
    json["started_at"] = circumstances.started_at;
    json["seconds"] = {{"load", circumstances.load_seconds},
                       {"evaluate", circumstances.evaluate_seconds}};
    json["files"] = circumstances.files;
    return json.dump(2) + "\n";
}

} // namespace rulec::output
