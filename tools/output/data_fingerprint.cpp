#include "tools/output/data_fingerprint.hpp"

#include <algorithm>
#include <bit>

namespace rulec::output {

namespace {

namespace data = rulebook::data;
namespace plan = rulebook::plan;

void add_value(rulebook::Sha256& digest, const plan::Value& value) {
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

} // namespace

void DataFingerprint::add(const data::Dataset& dataset) {
    const auto& entities = dataset.schema().entities;
    entities_.resize(entities.size());
    std::vector<std::uint64_t> before;
    for (const Records& records : entities_)
        before.push_back(records.count);
    for (plan::EntityIndex entity = 0; entity < entities.size(); ++entity) {
        Records& records = entities_[entity];
        records.name = entities[entity].name;
        const std::uint64_t parents =
            entities[entity].parent ? before[*entities[entity].parent] : 0;
        for (data::RowIndex row = 0; row < dataset.size(entity); ++row)
            add_record(dataset, entity, row, parents);
        records.count += dataset.size(entity);
    }
}

void DataFingerprint::add_record(const data::Dataset& dataset, plan::EntityIndex entity,
                                 data::RowIndex row, std::uint64_t parents_before) {
    rulebook::Sha256& digest = entities_[entity].digest;
    const auto& fields = dataset.schema().entities[entity].fields;
    const data::RowIndex parent = dataset.table(entity).parent(row);
    if (parent != data::kNoRow)
        digest.add(parents_before + parent);
    for (plan::FieldIndex field = 0; field < fields.size(); ++field)
        add_value(digest, dataset.value(entity, row, field));
    for (const std::int64_t instant : dataset.history_instants(entity, row)) {
        digest.add(static_cast<std::uint64_t>(instant));
        for (plan::FieldIndex field = 0; field < fields.size(); ++field)
            if (const auto value = fields[field].tracked
                                       ? dataset.tracked_value(entity, row, field, instant)
                                       : std::nullopt)
                add_value(digest, *value);
    }
}

std::string DataFingerprint::finish() {
    rulebook::Sha256 all;
    for (Records& records : entities_)
        all.add_delimited(records.name)
            .add(records.count)
            .add_delimited(rulebook::hexadecimal(records.digest.finish()));
    return rulebook::hexadecimal(all.finish());
}

} // namespace rulec::output
