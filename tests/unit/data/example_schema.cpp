#include "tests/unit/data/example_schema.hpp"

#include <map>

#include <gtest/gtest.h>

#include "runtime/value/calendar_text.hpp"
#include "tests/unit/data/arrow_batch.hpp"

namespace rulebook::data::testing {

namespace {

using plan::Field;
using plan::Type;
using plan::TypeKind;

Field required(std::string name, Type type) {
    Field field;
    field.name = std::move(name);
    field.type = type;
    return field;
}

Field optional(std::string name, Type type) {
    Field field = required(std::move(name), type);
    field.optional = true;
    return field;
}

Field key() {
    Field field = required("id", Type::of(TypeKind::Text));
    field.key = true;
    return field;
}

plan::Entity entity(std::string name, std::string collection,
                    std::optional<plan::EntityIndex> parent, std::string parent_column,
                    std::vector<Field> fields) {
    plan::Entity made;
    made.name = std::move(name);
    made.collection = std::move(collection);
    made.parent = parent;
    made.parent_key_column = std::move(parent_column);
    made.fields = std::move(fields);
    if (made.fields[0].key)
        made.key = 0;
    return made;
}

plan::Entity account() {
    Field signed_up = required("signed_up_at", Type::of(TypeKind::Time));
    signed_up.origin = true;
    Field employees = optional("employees", Type::of(TypeKind::Int));
    employees.range = plan::ValueRange{plan::Value::of(std::int64_t{0}),
                                       plan::Value::of(std::int64_t{10'000}), false};
    Field tier = required("plan", Type::enumeration(0));
    tier.tracked = true;
    return entity("account", "accounts", std::nullopt, "",
                  {key(), signed_up, optional("revenue", Type::money(*Currency::of("USD"))),
                   employees, tier});
}

plan::Entity deal() {
    Field closed = optional("closed_at", Type::of(TypeKind::Time));
    closed.known_from = 2;
    Field status = required("status", Type::enumeration(1));
    status.known_from = 2;
    status.before = plan::Value::of(std::int64_t{0});
    plan::Entity made = entity("deal", "deals", kAccount, "account_id",
                               {key(), required("created_at", Type::of(TypeKind::Time)), closed,
                                status, required("amount", Type::money(*Currency::of("USD")))});
    made.known_from = 1;
    return made;
}

plan::Entity event() {
    Field sequence = optional("seq", Type::of(TypeKind::Int));
    sequence.sequence = true;
    plan::Entity made = entity("event", "events", kAccount, "account_id",
                               {required("at", Type::of(TypeKind::Time)), sequence,
                                required("name", Type::of(TypeKind::Text)),
                                optional("minutes", Type::of(TypeKind::Number))});
    made.ordered_by = 0;
    made.sequence = 1;
    return made;
}

std::string shown(const plan::Schema& schema, const Column& column, RowIndex row) {
    if (!column.known(row))
        return "?" + std::to_string(static_cast<int>(column.cause(row)));
    std::string out;
    switch (column.type().kind) {
    case TypeKind::Text:
        return std::string(column.text(row));
    case TypeKind::Enum:
        return schema.enums[column.type().enum_index()]
            .values[static_cast<std::size_t>(column.integer(row))];
    case TypeKind::Time:
        append_time(out, Time{column.integer(row)});
        return out;
    case TypeKind::Number:
        append_number(out, column.real(row));
        return out;
    case TypeKind::Money:
        append_money(out, column.integer(row), column.type().currency());
        return out;
    default:
        return std::to_string(column.integer(row));
    }
}

} // namespace

plan::Schema example_schema() {
    plan::Schema schema;
    schema.enums = {{"plan", {"free", "basic", "team"}, true},
                    {"", {"open", "won", "lost"}, false}};
    schema.entities = {
        account(),
        entity("user", "users", kAccount, "account_id",
               {key(), optional("name", Type::of(TypeKind::Text))}),
        deal(),
        entity("line", "lines", kDeal, "deal_id",
               {required("product", Type::of(TypeKind::Text)),
                required("price", Type::money(*Currency::of("USD")))}),
        event(),
    };
    schema.root = kAccount;
    return schema;
}

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
        if (c == '|')
            cells.emplace_back();
        else if (c != ' ' || !cells.back().empty())
            cells.back() += c;
    }
    for (std::string& cell : cells)
        while (cell.ends_with(' '))
            cell.pop_back();
    return cells;
}

void add_text(DatasetBuilder& builder, const TextTable& table, std::string_view source) {
    const std::vector<std::string> names = cells_of(table.lines.front());
    std::vector<TextCells> columns(names.size());
    std::vector<std::uint64_t> rows;
    for (std::size_t line = 1; line < table.lines.size(); ++line) {
        const std::vector<std::string> cells = cells_of(table.lines[line]);
        ASSERT_EQ(cells.size(), names.size()) << table.lines[line];
        for (std::size_t column = 0; column < cells.size(); ++column)
            columns[column].push_back(cells[column] == "-" ? std::nullopt
                                                           : std::optional(cells[column]));
        rows.push_back(line);
    }
    std::vector<TestColumn> made;
    for (std::size_t column = 0; column < names.size(); ++column)
        made.push_back(text_column(names[column], columns[column]));
    const TestBatch batch = batch_of(std::move(made));
    const auto added = builder.add(table.table, *batch.schema, *batch.array, source, rows);
    ASSERT_TRUE(added) << added.error().message;
}

Dataset dataset_of(const std::vector<TextTable>& tables, const BuildOptions& options,
                   const plan::Schema& schema) {
    DatasetBuilder builder(schema, options);
    for (const TextTable& table : tables)
        add_text(builder, table);
    return builder.finish();
}

std::vector<std::string> shown(const Dataset& dataset, plan::EntityIndex index) {
    const Table& table = dataset.table(index);
    const plan::Entity& described = dataset.schema().entities[index];
    std::vector<std::string> lines;
    for (RowIndex row = 0; row < table.size(); ++row) {
        std::string line;
        if (described.parent)
            line = dataset.key_text(*described.parent, table.parent(row)) + "|";
        for (plan::FieldIndex field = 0; field < described.fields.size(); ++field)
            line += (field == 0 ? "" : "|") + shown(dataset.schema(), table.column(field), row);
        lines.push_back(line + (table.incomplete(row) ? " !" : ""));
    }
    return lines;
}

std::vector<std::string> shown_rejects(const Dataset& dataset) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < dataset.rejects().size(); ++i) {
        const Reject reject = dataset.rejects()[i];
        lines.push_back(std::string(reject.table) + " " + std::to_string(reject.row) + " " +
                        std::string(reject.column) + " " + std::string(reject.code));
    }
    return lines;
}

std::string shown_counts(const Dataset& dataset, std::string_view table) {
    for (const TableCounts& counts : dataset.counts()) {
        if (counts.table != table)
            continue;
        const RowCounts& rows = counts.rows;
        EXPECT_EQ(rows.in, rows.evaluated + rows.rejected + rows.duplicates + rows.merged);
        return std::to_string(rows.in) + " = " + std::to_string(rows.evaluated) + " + " +
               std::to_string(rows.rejected) + " + " + std::to_string(rows.duplicates) + " + " +
               std::to_string(rows.merged);
    }
    return "no table";
}

} // namespace rulebook::data::testing
