#include "runtime/single/record.hpp"

#include <utility>

#include "runtime/time/zone.hpp"

namespace rulebook::single {

using plan::FieldIndex;
using plan::Representation;
using plan::Value;

Record::Record(const plan::Plan& plan)
    : plan_(plan), slots_(plan.schema.root_entity().fields.size()), admitting_(plan.schema) {
    for (plan::Field& field : admitting_.entities[admitting_.root].fields) {
        ranges_.push_back(range_of(plan.schema, field));
        field.optional = true;
    }
}

void Record::clear() {
    for (Slot& slot : slots_)
        slot.known = 0;
    elements_.clear();
}

void Record::set_integer(FieldIndex field, std::int64_t value) {
    Slot& slot = slots_[field];
    const SlotRange& range = ranges_[field];
    slot.integer = value;
    slot.known = range.least <= value && value <= range.most ? 1 : 0;
}

void Record::set_real(FieldIndex field, double value) {
    Slot& slot = slots_[field];
    const SlotRange& range = ranges_[field];
    slot.real = value;
    slot.known = range.least_real <= value && value <= range.most_real ? 1 : 0; // not for NaN
}

void Record::set_bool(FieldIndex field, bool value) {
    slots_[field].integer = value ? 1 : 0;
    slots_[field].known = 1;
}

void Record::set_text(FieldIndex field, std::string_view value) {
    slots_[field].text.assign(value);
    slots_[field].known = 1;
}

void Record::add_element(plan::EntityIndex collection, std::vector<Value> fields) {
    elements_.push_back({collection, std::move(fields)});
}

Value Record::value(FieldIndex field) const {
    const Slot& slot = slots_[field];
    if (slot.known == 0)
        return {};
    switch (ranges_[field].held) {
    case Representation::Bool:
        return Value::of(slot.integer != 0);
    case Representation::Real:
        return Value::of(slot.real);
    case Representation::Text:
        return Value::of(slot.text);
    case Representation::Integer:
        break;
    }
    return Value::of(slot.integer);
}

// What key a record has makes no difference, where it is not known.
Value Record::stand_in_key() const {
    const FieldIndex key = *plan_.schema.root_entity().key;
    return ranges_[key].held == Representation::Text ? Value::of(std::string("?"))
                                                     : Value::of(ranges_[key].least);
}

data::Dataset Record::dataset(std::int64_t instant, const Value& key) const {
    const plan::Schema& schema = plan_.schema;
    const plan::Entity& root = schema.root_entity();
    data::DatasetBuilder builder(admitting_, {time::find_zone(plan_.timezone), instant});
    data::RecordValues record;
    for (FieldIndex field = 0; field < root.fields.size(); ++field)
        record.fields.push_back(field == root.key ? key : value(field));
    (void)builder.add(root.collection, record);
    for (const Element& element : elements_) {
        data::RecordValues child;
        child.fields = element.fields;
        child.parent_key = key;
        (void)builder.add(schema.entities[element.collection].collection, child);
    }
    return builder.finish();
}

// A record without a key, or with one that is no text, would be rejected; others never are.
data::Dataset Record::dataset(std::int64_t instant) const {
    const plan::Entity& root = plan_.schema.root_entity();
    if (!root.key)
        return dataset(instant, Value());
    const Value key = value(*root.key);
    if (key.known())
        if (data::Dataset made = dataset(instant, key); made.size(plan_.schema.root) == 1)
            return made;
    return dataset(instant, stand_in_key());
}

} // namespace rulebook::single
