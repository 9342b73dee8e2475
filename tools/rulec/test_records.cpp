#include "tools/rulec/test_records.hpp"

#include <limits>
#include <string>
#include <vector>

#include "runtime/data/dataset_builder.hpp"

namespace rulec::tool {
namespace {

namespace data = rulebook::data;
using rulebook::Result;
using rulebook::plan::Entity;
using rulebook::plan::Field;
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
        for (const model::TestRecord& child : test_.children)
            if (auto added = add(child, root_key_); !added)
                return tl::unexpected(added.error());
        return builder_.finish();
    }

private:
    static Value cell_of(const model::TestRecord& record, FieldIndex field) {
        for (const model::TestCell& cell : record.cells)
            if (cell.field == field)
                return cell.value;
        return {};
    }

    // A made-up one is not likely to meet one that the test gives.
    Value value_of_key(const model::TestRecord& record) {
        const Entity& entity = schema_.entities[record.entity];
        if (!entity.key)
            return {};
        Value given = cell_of(record, *entity.key);
        if (given.known())
            return given;
        std::int64_t number = ++made_up_keys_;
        auto held = representation(entity.fields[*entity.key].type.kind);
        if (held == Representation::Integer)
            return Value::of(std::numeric_limits<std::int64_t>::max() - number);
        return Value::of("(made up) " + entity.name + " " + std::to_string(number));
    }

    Result<void> add(const model::TestRecord& record, const Value& parent_key) {
        const Entity& entity = schema_.entities[record.entity];
        data::RecordValues row;
        for (FieldIndex field = 0; field < entity.fields.size(); ++field)
            row.fields.push_back(cell_of(record, field));
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
        return add_history(entity, row);
    }

    // One row of history, from the origin on.
    Result<void> add_history(const Entity& entity, const data::RecordValues& record) {
        data::RecordValues row{{Value::of(origin_)}, {}, record.source, record.row};
        for (FieldIndex field = 0; field < entity.fields.size(); ++field)
            if (entity.fields[field].tracked)
                row.fields.push_back(record.fields[field]);
        if (row.fields.size() == 1 || !entity.key)
            return {};
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
