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

data::DateCount& dates_of(data::TableCounts& counts, const std::string& field) {
    const auto same = std::ranges::find(counts.dates, field, &data::DateCount::field);
    return same != counts.dates.end() ? *same : counts.dates.emplace_back(field, 0, 0);
}

// A chunk that has no dates does not list the field, though it may have other values of it.
void add_dates(data::TableCounts& to, const data::TableCounts& more, const data::Dataset& chunk,
               const data::InputTable& table) {
    for (const data::DateCount& count : more.dates) {
        data::DateCount& total = dates_of(to, count.field);
        total.dates += count.dates;
        total.values += count.values;
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
        dates_of(to, fields[field].name).values += values;
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

void TotalCounts::add(const rulebook::plan::Schema& schema,
                      std::span<const data::TableCounts> unread, const Earlier& earlier) {
    const auto tables = data::input_tables(schema);
    for (std::size_t i = 0; i < unread.size(); ++i) {
        input::add(tables_[i].rows, unread[i].rows);
        for (const data::UnknownCount& unknown : unread[i].unknowns) {
            const auto same =
                std::ranges::find_if(tables_[i].unknowns, [&](const data::UnknownCount& other) {
                    return other.field == unknown.field && other.cause == unknown.cause;
                });
            const bool first = same == tables_[i].unknowns.end() || earlier(i, unknown, *same);
            data::UnknownCount total = first ? unknown : *same;
            if (same != tables_[i].unknowns.end()) {
                total.rows = unknown.rows + same->rows;
                *same = std::move(total);
            } else {
                tables_[i].unknowns.push_back(std::move(total));
            }
        }
        put_in_order(tables_[i].unknowns, tables[i]);
        for (const data::DateCount& count : unread[i].dates) {
            data::DateCount& total = dates_of(tables_[i], count.field);
            total.dates += count.dates;
            total.values += count.values;
        }
    }
}

void TotalCounts::finish() {
    rejects_.sort();
}

} // namespace rulec::input
