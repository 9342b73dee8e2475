#include "tools/data/total_counts.hpp"

#include <algorithm>

#include "runtime/data/dataset_builder.hpp"

namespace rulec::input {

namespace data = rulebook::data;

namespace {

void add(data::RowCounts& to, const data::RowCounts& more) {
    to.in += more.in;
    to.evaluated += more.evaluated;
    to.rejected += more.rejected;
    to.duplicates += more.duplicates;
    to.merged += more.merged;
    to.orphans += more.orphans;
    to.incomplete += more.incomplete;
}

std::size_t place_of(const data::InputTable& table, const std::string& field) {
    const auto found = std::ranges::find(table.columns, field, &data::InputColumn::name);
    return static_cast<std::size_t>(found - table.columns.begin());
}

// Of one field and cause the example of the first chunk stays: it was read first.
void add_unknowns(data::TableCounts& to, const std::vector<data::UnknownCount>& more) {
    for (const data::UnknownCount& unknown : more) {
        const auto same = std::ranges::find_if(to.unknowns, [&](const data::UnknownCount& other) {
            return other.field == unknown.field && other.cause == unknown.cause;
        });
        if (same != to.unknowns.end())
            same->rows += unknown.rows;
        else
            to.unknowns.push_back(unknown);
    }
}

void put_in_order(std::vector<data::UnknownCount>& unknowns, const data::InputTable& table) {
    std::ranges::sort(unknowns, {}, [&](const data::UnknownCount& unknown) {
        return std::pair(place_of(table, unknown.field), unknown.cause);
    });
}

// A chunk that has no dates does not list the field, though it may have other values of it.
void add_dates(data::TableCounts& to, const data::TableCounts& more, const data::Dataset& chunk,
               const data::InputTable& table) {
    const auto listed = [](std::vector<data::DateCount>& dates, const std::string& field) {
        const auto same = std::ranges::find(dates, field, &data::DateCount::field);
        return same != dates.end() ? same : dates.insert(dates.end(), {field, 0, 0});
    };
    for (const data::DateCount& count : more.dates) {
        const auto total = listed(to.dates, count.field);
        total->dates += count.dates;
        total->values += count.values;
    }
    if (table.history)
        return;
    const auto& fields = chunk.schema().entities[table.entity].fields;
    for (rulebook::plan::FieldIndex field = 0; field < fields.size(); ++field) {
        if (!fields[field].type.is(rulebook::plan::TypeKind::Time) ||
            std::ranges::find(more.dates, fields[field].name, &data::DateCount::field) !=
                more.dates.end())
            continue;
        const data::Column& column = chunk.table(table.entity).column(field);
        std::uint64_t values = 0;
        for (data::RowIndex row = 0; row < column.size(); ++row)
            values += column.known(row) ? 1 : 0;
        listed(to.dates, fields[field].name)->values += values;
    }
}

} // namespace

void TotalCounts::add(const data::Dataset& chunk) {
    const auto tables = data::input_tables(chunk.schema());
    tables_.resize(chunk.counts().size());
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        const data::TableCounts& more = chunk.counts()[i];
        tables_[i].table = more.table;
        input::add(tables_[i].rows, more.rows);
        add_unknowns(tables_[i], more.unknowns);
        put_in_order(tables_[i].unknowns, tables[i]);
        add_dates(tables_[i], more, chunk, tables[i]);
    }
    for (std::size_t i = 0; i < chunk.rejects().size(); ++i)
        rejects_.add(chunk.rejects()[i]);
}

void TotalCounts::finish() {
    rejects_.sort();
}

} // namespace rulec::input
