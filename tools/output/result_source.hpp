// What the tables of results are taken from. Internal to this folder.
#pragma once

#include <string>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/engine/results.hpp"
#include "runtime/plan/plan.hpp"
#include "tools/data/typed_table.hpp"

namespace rulec::output {

// References: what it is made of outlives it and the tables.
struct ResultSource {
    const rulebook::plan::Plan& plan;
    const rulebook::data::Dataset& dataset;
    const rulebook::engine::Results& results;

    const std::string& root_name() const { return plan.schema.root_entity().name; }
    std::string account(rulebook::data::RowIndex row) const {
        return dataset.key_text(plan.schema.root, row);
    }
    // The same as a cell.
    void account(rulebook::data::RowIndex row, input::RowSink& sink) const {
        const auto key = plan.schema.root_entity().key;
        const auto& records = dataset.table(plan.schema.root);
        if (key && records.column(*key).type().is(rulebook::plan::TypeKind::Text) &&
            records.column(*key).known(row))
            sink.text(records.column(*key).text(row));
        else
            sink.text(account(row));
    }
    const std::string& rule(std::uint32_t index) const { return plan.rules[index].name; }
};

input::TypedTable accounts_table(const ResultSource& source);
input::TypedTable tables_table(const ResultSource& source);
input::TypedTable credits_table(const ResultSource& source);
input::TypedTable uncredited_table(const ResultSource& source);
input::TypedTable flags_table(const ResultSource& source);

} // namespace rulec::output
