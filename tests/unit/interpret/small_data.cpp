#include "tests/unit/interpret/small_data.hpp"

#include <algorithm>
#include <stdexcept>

#include "runtime/data/dataset_builder.hpp"

namespace rulebook::testing {

namespace {

void must(const Result<void>& result) {
    if (!result)
        throw std::logic_error(result.error().message);
}

} // namespace

data::RowIndex SmallData::add(std::string_view entity, data::RowIndex parent,
                              const FieldValues& fields) {
    Added added;
    added.entity = plan_.schema.entity_named(entity).value();
    added.parent = parent;
    added.number =
        static_cast<data::RowIndex>(std::ranges::count(records_, added.entity, &Added::entity));
    const plan::Entity& declared = plan_.schema.entities[added.entity];
    added.values.resize(declared.fields.size());
    if (declared.key)
        added.values[*declared.key] = key(added.entity, added.number);
    for (const auto& [name, value] : fields)
        added.values[declared.field_named(name).value()] = value;
    records_.push_back(std::move(added));
    return records_.back().number;
}

// Sorted as the numbers are.
Value SmallData::key(plan::EntityIndex entity, data::RowIndex number) const {
    return text(plan_.schema.entities[entity].name + std::to_string(10'000 + number));
}

data::Dataset SmallData::build() const {
    data::BuildOptions options;
    options.taken_at = taken_at_;
    data::DatasetBuilder builder(plan_.schema, options);
    for (const Added& added : records_) {
        const plan::Entity& entity = plan_.schema.entities[added.entity];
        data::RecordValues record;
        record.fields = added.values;
        if (entity.parent)
            record.parent_key = key(*entity.parent, added.parent);
        record.source = entity.name;
        record.row = added.number + 1;
        must(builder.add(entity.collection, record));
    }
    for (const Version& version : versions_) {
        data::RecordValues record;
        record.fields = {integer(version.known_from)};
        record.fields.insert(record.fields.end(), version.tracked.begin(), version.tracked.end());
        record.parent_key = key(plan_.schema.root, version.account);
        record.source = "history";
        must(builder.add("accounts_history", record));
    }
    data::Dataset dataset = builder.finish();
    if (!dataset.rejects().empty())
        throw std::logic_error(std::string(dataset.rejects()[0].reason));
    return dataset;
}

} // namespace rulebook::testing
