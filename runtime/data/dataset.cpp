#include "runtime/data/dataset.hpp"

#include <algorithm>

#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulebook::data {

namespace {

std::string text_of_key(const plan::Schema& schema, const Column& keys, RowIndex row) {
    std::string out;
    switch (keys.type().kind) {
    case plan::TypeKind::Text:
        out = keys.text(row);
        break;
    case plan::TypeKind::Bool:
        out = keys.boolean(row) ? "true" : "false";
        break;
    case plan::TypeKind::Number:
        append_number(out, keys.real(row));
        break;
    case plan::TypeKind::Percent:
        append_percent(out, keys.integer(row));
        break;
    case plan::TypeKind::Money:
        append_money(out, keys.integer(row), keys.type().currency());
        break;
    case plan::TypeKind::Points:
        append_points(out, keys.integer(row));
        break;
    case plan::TypeKind::Date:
        append_date(out, Date{static_cast<std::int32_t>(keys.integer(row))});
        break;
    case plan::TypeKind::Time:
        append_time(out, Time{keys.integer(row)});
        break;
    case plan::TypeKind::Duration:
        append_duration(out, keys.integer(row));
        break;
    case plan::TypeKind::Enum:
        out = schema.enums[keys.type().enum_index()]
                  .values[static_cast<std::size_t>(keys.integer(row))];
        break;
    case plan::TypeKind::Int:
        append_int(out, keys.integer(row));
        break;
    }
    return out;
}

} // namespace

std::optional<plan::Value> Dataset::tracked_value(plan::EntityIndex entity, RowIndex row,
                                                  plan::FieldIndex field,
                                                  std::int64_t instant) const {
    plan::Value snapshot = value(entity, row, field);
    if (!taken_at_)
        return snapshot; // no instant is known at all, hence none before
    const std::optional<History>& history = histories_[entity];
    const bool in_history = history && history->column_of_field[field] != 0 &&
                            history->table.present(history->column_of_field[field]);
    // The latest version up to the instant; the snapshot, if that is later or as late. One that has
    // no such column says nothing about the field; nor does one that lacks what must be there.
    const bool says = snapshot.known() || schema_.entities[entity].fields[field].optional;
    const bool in_snapshot = (tables_[entity].present(field) && says) || !in_history;
    const bool snapshot_counts = instant >= *taken_at_ && in_snapshot;
    if (in_history) {
        const RowRange versions = history->table.children(row);
        const Column& known_from = history->table.column(0);
        RowIndex after = versions.first;
        while (after < versions.last && known_from.integer(after) <= instant)
            ++after;
        const bool has_version = after > versions.first;
        if (has_version && !(snapshot_counts && known_from.integer(after - 1) <= *taken_at_))
            return history->table.column(history->column_of_field[field]).value(after - 1);
    }
    if (snapshot_counts)
        return snapshot;
    return std::nullopt;
}

std::optional<std::int64_t> Dataset::origin_of(RowIndex root) const {
    const auto field = schema_.root_entity().origin_field();
    if (!field)
        return std::nullopt;
    const plan::Value origin = value(schema_.root, root, *field);
    return origin.known() ? std::optional(origin.integer()) : std::nullopt;
}

std::vector<std::int64_t> Dataset::history_instants(plan::EntityIndex entity, RowIndex row) const {
    std::vector<std::int64_t> instants;
    if (const std::optional<History>& history = histories_[entity]) {
        const RowRange versions = history->table.children(row);
        for (RowIndex version = versions.first; version < versions.last; ++version)
            instants.push_back(history->table.column(0).integer(version));
    }
    return instants;
}

std::string Dataset::key_text(plan::EntityIndex entity, RowIndex row) const {
    const std::optional<plan::FieldIndex> key = schema_.entities[entity].key;
    if (!key || !tables_[entity].column(*key).known(row))
        return {};
    return text_of_key(schema_, tables_[entity].column(*key), row);
}

RowIndex Dataset::find_key(plan::EntityIndex entity, std::string_view key) const {
    const std::optional<plan::FieldIndex> field = schema_.entities[entity].key;
    if (!field)
        return kNoRow;
    const Table& records = tables_[entity];
    const Column& keys = records.column(*field);
    if (keys.type().is(plan::TypeKind::Text)) {
        const auto code = keys.dictionary().find(key);
        const auto place = std::ranges::find(keys.codes(), code.value_or(0));
        const auto row = static_cast<RowIndex>(place - keys.codes().begin());
        return code && row < records.size() ? row : kNoRow;
    }
    for (RowIndex row = 0; row < records.size(); ++row)
        if (keys.known(row) && text_of_key(schema_, keys, row) == key)
            return row;
    return kNoRow;
}

} // namespace rulebook::data
