#include "tools/incremental/account_part.hpp"

#include <algorithm>
#include <tuple>

namespace rulec::incremental {

namespace data = rulebook::data;
namespace plan = rulebook::plan;
using data::RowIndex;
using input::RecordPlace;

AccountParts::AccountParts(const data::Dataset& dataset, const input::RawRecords& raw)
    : dataset_(dataset), tables_(data::input_tables(dataset.schema())) {
    for (std::size_t table = 0; table < tables_.size(); ++table) {
        records_.push_back(raw.records(table));
        files_.emplace_back();
        for (const std::string& source : dataset.sources())
            files_.back().push_back(raw.place_of(table, source, 0).file);
    }
}

AccountParts::Rows AccountParts::rows_of(std::size_t table, RowIndex root) const {
    const data::InputTable& input = tables_[table];
    if (input.history) {
        const data::Table* history = dataset_.history(input.entity);
        return history != nullptr ? Rows{history, history->children(root)} : Rows{};
    }
    const data::Table& records = dataset_.table(input.entity);
    if (input.entity == dataset_.schema().root)
        return {&records, {root, root + 1}};
    return {&records, records.children(root)};
}

RecordPlace AccountParts::read_at(std::size_t table, const data::RowOrigin& origin) const {
    return {files_[table][origin.source], origin.row};
}

std::uint64_t AccountParts::place_among(std::size_t table, const Rows& rows, RowIndex row) const {
    const RecordPlace place = read_at(table, rows.table->origin(row));
    std::uint64_t before = 0;
    for (RowIndex other = rows.range.first; other < rows.range.last; ++other)
        before += read_at(table, rows.table->origin(other)) < place ? 1 : 0;
    return before;
}

bool AccountParts::counts_as_latest(std::size_t table, plan::FieldIndex field) const {
    const data::InputTable& input = tables_[table];
    return input.history ? field == 0
                         : data::says_when_known(dataset_.schema().entities[input.entity], field);
}

bool is_later(const AccountPart::Latest& second, const AccountPart::Latest& first,
              const std::vector<data::InputTable>& tables) {
    if (second.instant != first.instant)
        return second.instant > first.instant;
    const auto order = [&](const AccountPart::Latest& latest) { // in which a data set looks
        return std::tuple(tables[latest.table].history, tables[latest.table].entity, latest.field);
    };
    return order(second) < order(first);
}

void AccountParts::look_at(std::size_t table, const Rows& rows, AccountPart& part) const {
    const auto columns = rows.table->columns();
    for (plan::FieldIndex field = 0; field < columns.size(); ++field) {
        const data::Column& column = columns[field];
        const bool times = column.type().is(plan::TypeKind::Time) && counts_as_latest(table, field);
        std::uint64_t missing = 0;
        std::optional<RowIndex> first;
        std::optional<RowIndex> latest;
        for (RowIndex row = rows.range.first; row < rows.range.last; ++row) {
            if (!column.known(row)) {
                ++missing;
                const auto at = [&](RowIndex of) { return read_at(table, rows.table->origin(of)); };
                if (!first || at(row) < at(*first))
                    first = row;
            } else if (times && (!latest || column.integer(row) > column.integer(*latest))) {
                latest = row;
            }
        }
        // What is required and yet missing stands in the history, and counts nowhere.
        const data::InputTable& input = tables_[table];
        if (first && (input.history || !input.columns[field].required))
            part.missing.push_back({static_cast<std::uint32_t>(table), field, missing,
                                    place_among(table, rows, *first)});
        if (!latest)
            continue;
        AccountPart::Latest found{column.integer(*latest), static_cast<std::uint32_t>(table), field,
                                  0};
        if (part.latest && !is_later(found, *part.latest, tables_))
            continue;
        found.record = place_among(table, rows, *latest);
        part.latest = found;
    }
}

AccountPart AccountParts::of(RowIndex root) const {
    AccountPart part;
    for (std::size_t table = 0; table < tables_.size(); ++table) {
        const Rows rows = rows_of(table, root);
        part.records.push_back(rows.range.size());
        if (!rows.range.empty())
            look_at(table, rows, part);
    }
    return part;
}

bool AccountParts::is_plain(RowIndex root, std::uint32_t account, const AccountPart& part) const {
    for (std::size_t table = 0; table < tables_.size(); ++table) {
        if (part.records[table] != records_[table][account])
            return false;
        const Rows rows = rows_of(table, root);
        for (RowIndex row = rows.range.first; row < rows.range.last; ++row) {
            if (rows.table->incomplete(row))
                return false;
            for (const data::Column& column : rows.table->columns())
                if (!column.known(row) && column.cause(row) != plan::Cause::MissingInput)
                    return false;
        }
    }
    return true;
}

} // namespace rulec::incremental
