// tables: one row for each account and decision table.
#include <nlohmann/json.hpp>

#include "tools/output/cell_text.hpp"
#include "tools/output/result_source.hpp"
#include "tools/output/typed_value.hpp"

namespace rulec::output {
namespace {

nlohmann::ordered_json outputs_json(const ResultSource& source, const rulebook::plan::Table& table,
                                    const std::vector<rulebook::plan::Value>& values) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < values.size() && i < table.outputs.size(); ++i) {
        const auto& output = table.outputs[i];
        if (values[i].known())
            json[output.name] = cell_text(source.plan.schema, output.type, values[i]);
        else
            json[output.name] = nullptr;
    }
    return json;
}

void write_row(const ResultSource& source, const rulebook::engine::TableRow& row,
               input::RowSink& sink) {
    const auto& table = source.plan.tables[row.version];
    source.account(row.account, sink);
    sink.text(source.rule(row.rule));
    if (table.hit == rulebook::plan::HitPolicy::Collect) {
        auto list = nlohmann::ordered_json::array();
        for (const auto& values : row.collected)
            list.push_back(outputs_json(source, table, values));
        sink.text(list.dump());
    } else
        sink.text(outputs_json(source, table, row.outputs).dump());
    std::string numbers; // of the rows, from 1
    for (const std::uint32_t matched : row.rows)
        numbers += (numbers.empty() ? "" : " ") + std::to_string(matched + 1);
    sink.text(numbers);
    text_or_null(source.results.hindsight[row.rule], sink);
}

} // namespace

input::TypedTable tables_table(const ResultSource& source) {
    return {
        "tables",
        {{source.root_name()},
         {"table"},
         {"outputs", input::ColumnType::Json},
         {"row"},
         {"hindsight"}},
        source.results.tables.size(),
        [source](std::size_t row, input::RowSink& sink) {
            write_row(source, source.results.tables[row], sink);
        },
    };
}

} // namespace rulec::output
