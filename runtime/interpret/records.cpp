#include "runtime/interpret/records.hpp"

#include <algorithm>

namespace rulebook::interpret {

using plan::Cause;
using plan::Value;

namespace {

Value unknown(Cause cause) {
    return Value::unknown(cause, plan::kNoNode);
}

} // namespace

Records::Records(const plan::Schema& schema, const data::Dataset& dataset)
    : schema_(schema), dataset_(dataset) {}

std::ranges::iota_view<RowIndex, RowIndex> Records::children(Record parent,
                                                             plan::EntityIndex collection) const {
    const data::RowRange rows = dataset_.children(collection, parent.row);
    return {rows.first, rows.last};
}

const Supposed* Records::supposed(Record record, plan::FieldIndex field) const {
    if (supposed_.empty() || record.entity != schema_.root)
        return nullptr;
    const auto found = std::ranges::find(supposed_, field, &Supposed::field);
    return found == supposed_.end() ? nullptr : &*found;
}

Value Records::stored(Record record, plan::FieldIndex field) const {
    if (const Supposed* instead = supposed(record, field))
        return instead->value;
    return dataset_.value(record.entity, record.row, field);
}

bool Records::visible(Record record, std::int64_t instant) const {
    const auto from = schema_.entities[record.entity].visible_from();
    if (!from)
        return true;
    const Value since = stored(record, *from);
    return since.known() && since.integer() <= instant;
}

Value Records::field(Record record, plan::FieldIndex index, std::int64_t instant,
                     plan::NodeId origin) const {
    const plan::Field& field = schema_.entities[record.entity].fields[index];
    Value value = field.tracked      ? tracked(record, index, instant)
                  : field.known_from ? dated(record, index, instant)
                                     : stored(record, index);
    return value.known() ? value : Value::unknown(value.why().cause, origin);
}

Value Records::tracked(Record record, plan::FieldIndex index, std::int64_t instant) const {
    if (const Supposed* instead = supposed(record, index); instead && instead->from <= instant)
        return instead->value;
    return dataset_.tracked_value(record.entity, record.row, index, instant)
        .value_or(unknown(Cause::BeforeHistory));
}

Value Records::dated(Record record, plan::FieldIndex index, std::int64_t instant) const {
    const plan::Field& field = schema_.entities[record.entity].fields[index];
    const Value since = stored(record, *field.known_from);
    if (since.known() && since.integer() <= instant)
        return stored(record, index);
    if (since.known())
        return field.before ? *field.before : unknown(Cause::NotYetKnown);
    const Value value = stored(record, index);
    const bool still_as_before = field.before && (!value.known() || value == *field.before);
    return still_as_before ? *field.before : unknown(Cause::NoDate);
}

} // namespace rulebook::interpret
