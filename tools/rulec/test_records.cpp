#include "tools/rulec/test_records.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "runtime/data/dataset_builder.hpp"

namespace rulec::tool {
namespace {

namespace data = rulebook::data;
using rulebook::Result;
using rulebook::plan::Entity;
using rulebook::plan::FieldIndex;
using rulebook::plan::Representation;
using rulebook::plan::Schema;
using rulebook::plan::Value;

class TestRecords {
public:
    TestRecords(const Schema& schema, const rulebook::time::Zone& zone, const model::Test& test)
        : schema_(schema), test_(test), builder_(schema, {&zone, test.as_of}) {}

    Result<data::Dataset> build() {
        root_key_ = value_of_key(test_.root);
        for (const model::TestCell& cell : test_.root.cells)
            if (schema_.root_entity().fields[cell.field].origin && cell.value.known())
                origin_ = cell.value.integer();
        if (auto added = add(test_.root, Value()); !added)
            return tl::unexpected(added.error());
        return builder_.finish();
    }

private:
    static Value cell_of(const std::vector<model::TestCell>& cells, FieldIndex field) {
        for (const model::TestCell& cell : cells)
            if (cell.field == field)
                return cell.value;
        return {};
    }

    // A made-up one is not likely to meet one that the test gives.
    Value value_of_key(const model::TestRecord& record) {
        const Entity& entity = schema_.entities[record.entity];
        if (!entity.key)
            return {};
        Value given = cell_of(record.cells, *entity.key);
        if (given.known())
            return given;
        std::int64_t number = ++made_up_keys_;
        auto held = representation(entity.fields[*entity.key].type.kind);
        if (held == Representation::Integer)
            return Value::of(std::numeric_limits<std::int64_t>::max() - number);
        return Value::of("(made up) " + entity.name + " " + std::to_string(number));
    }

    // The record, its history, and all that is below it.
    Result<void> add(const model::TestRecord& record, const Value& parent_key) {
        const Entity& entity = schema_.entities[record.entity];
        data::RecordValues row;
        for (FieldIndex field = 0; field < entity.fields.size(); ++field)
            row.fields.push_back(current_value(record, field));
        if (entity.key)
            row.fields[*entity.key] = parent_key.known() ? value_of_key(record) : root_key_;
        if (entity.sequence && !entity.fields[*entity.sequence].optional &&
            !row.fields[*entity.sequence].known())
            row.fields[*entity.sequence] =
                Value::of(static_cast<std::int64_t>(rows_)); // as written
        row.parent_key = parent_key;
        row.source = "test";
        row.row = ++rows_;
        if (auto added = builder_.add(entity.collection, row); !added)
            return added;
        if (auto added = add_histories(entity, record, row); !added)
            return added;
        for (const model::TestRecord& child : record.children)
            if (auto added = add(child, row.fields[*entity.key]); !added)
                return added;
        return {};
    }

    // What the record says; else, of a tracked field, what its history says last.
    static Value current_value(const model::TestRecord& record, FieldIndex field) {
        Value value = cell_of(record.cells, field);
        if (std::ranges::find(record.cells, field, &model::TestCell::field) != record.cells.end())
            return value;
        for (const model::TestVersion& version : record.history)
            for (const model::TestCell& cell : version.cells)
                if (cell.field == field)
                    value = cell.value;
        return value;
    }

    static bool is_in_history(const model::TestRecord& record, FieldIndex field) {
        return std::ranges::any_of(record.history, [&](const model::TestVersion& version) {
            return std::ranges::find(version.cells, field, &model::TestCell::field) !=
                   version.cells.end();
        });
    }

    Result<void> add_histories(const Entity& entity, const model::TestRecord& record,
                               const data::RecordValues& row) {
        std::vector<FieldIndex> tracked;
        for (FieldIndex field = 0; field < entity.fields.size(); ++field)
            if (entity.fields[field].tracked)
                tracked.push_back(field);
        if (tracked.empty() || !entity.key)
            return {};
        std::vector<Value> values;
        for (const FieldIndex field : tracked) // what no version names holds from the first on
            values.push_back(is_in_history(record, field) ? Value() : row.fields[field]);
        if (record.history.empty())
            return add_version(entity, row, origin_, values);
        for (const model::TestVersion& version : record.history) {
            for (std::size_t i = 0; i < tracked.size(); ++i)
                for (const model::TestCell& cell : version.cells)
                    if (cell.field == tracked[i])
                        values[i] = cell.value;
            if (auto added = add_version(entity, row, version.known_from, values); !added)
                return added;
        }
        return {};
    }

    Result<void> add_version(const Entity& entity, const data::RecordValues& record,
                             std::int64_t known_from, const std::vector<Value>& tracked) {
        data::RecordValues row{{Value::of(known_from)}, {}, record.source, record.row};
        row.fields.insert(row.fields.end(), tracked.begin(), tracked.end());
        row.parent_key = record.fields[*entity.key];
        return builder_.add(entity.collection + "_history", row);
    }

    const Schema& schema_;
    const model::Test& test_;
    data::DatasetBuilder builder_;
    Value root_key_;
    std::int64_t origin_ = 0; // where the root has none: long before anything
    std::int64_t made_up_keys_ = 0;
    std::uint64_t rows_ = 0;
};

} // namespace

Result<data::Dataset> records_of_test(const Schema& schema, const rulebook::time::Zone& zone,
                                      const model::Test& test) {
    return TestRecords(schema, zone, test).build();
}

} // namespace rulec::tool
