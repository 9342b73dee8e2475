#include "runtime/data/duplicates.hpp"

#include <algorithm>
#include <optional>

namespace rulebook::data {

namespace {

// Fields that become known together: those `known from` one field, and that field itself unless it
// is known from yet another.
struct KnownTogether {
    std::size_t from = 0;
    std::vector<std::size_t> columns;
};

struct Groups {
    std::vector<KnownTogether> later;
    std::vector<std::size_t> plain; // columns that may not differ; the parent's key among them
};

Groups groups_of(const TableLayout& layout) {
    const std::size_t count = layout.fields.size();
    std::vector<std::optional<std::size_t>> from(count);
    for (std::size_t column = 0; column < count; ++column) {
        from[column] = layout.fields[column].known_from;
        if (const auto source = from[column]; source && !layout.fields[*source].known_from)
            from[*source].emplace(*source);
    }
    Groups groups;
    for (std::size_t column = 0; column < layout.column_count(); ++column) {
        if (column >= count || !from[column]) {
            groups.plain.push_back(column);
            continue;
        }
        const auto same = std::ranges::find(groups.later, *from[column], &KnownTogether::from);
        if (same == groups.later.end())
            groups.later.push_back({*from[column], {column}});
        else
            same->columns.push_back(column);
    }
    return groups;
}

// The rows of one key, each content once.
class SameKey {
public:
    SameKey(RawTable& table, std::span<const RowIndex> rows) : table_(table), rows_(rows) {}

    // The first column in which rows differ that may not.
    std::optional<std::size_t> conflict(const Groups& groups) const {
        for (const std::size_t column : groups.plain)
            if (!agree(column, rows_))
                return column;
        for (const KnownTogether& group : groups.later) {
            std::vector<RowIndex> open;
            std::vector<RowIndex> settled;
            for (const RowIndex row : rows_)
                (known(group.from, row) ? settled : open).push_back(row);
            for (const std::size_t column : group.columns)
                if (!agree(column, open) || !agree(column, settled))
                    return column;
        }
        return std::nullopt;
    }

    // Fills the first row from the others. Requires that there is no conflict.
    void merge(const Groups& groups) {
        for (const KnownTogether& group : groups.later) {
            const auto source =
                std::ranges::find_if(rows_, [&](RowIndex row) { return known(group.from, row); });
            if (source == rows_.end())
                continue;
            for (const std::size_t column : group.columns)
                table_.columns[column].copy_value(*source, rows_.front());
        }
    }

private:
    bool known(std::size_t column, RowIndex row) const {
        return table_.columns[column].column().known(row);
    }
    bool agree(std::size_t column, std::span<const RowIndex> rows) const {
        const Column& values = table_.columns[column].column();
        return std::ranges::all_of(
            rows, [&](RowIndex row) { return values.compare(rows.front(), row) == 0; });
    }

    RawTable& table_;
    std::span<const RowIndex> rows_;
};

// Content first, then the parent's key.
int compare_rows(const RawTable& table, RowIndex a, RowIndex b) {
    if (const int order = compare_contents(table, a, b); order != 0 || !table.layout.parent)
        return order;
    return table.columns[table.layout.parent_key_column()].column().compare(a, b);
}

// The rows that are kept and share their key with another such row; of a key that is no text, all
// rows that are kept. In their order.
std::vector<RowIndex> rows_of_repeated_keys(const Column& key, const std::vector<Fate>& fates) {
    const auto takes_part = [&](RowIndex row) {
        return fates[row] == Fate::Kept && key.known(row);
    };
    const bool text = plan::representation(key.type().kind) == plan::Representation::Text;
    std::vector<std::uint8_t> times(text ? key.dictionary().size() : 0); // 2: twice or more
    if (text)
        for (RowIndex row = 0; row < fates.size(); ++row)
            if (takes_part(row))
                times[key.codes()[row]] = times[key.codes()[row]] == 0 ? 1 : 2;
    std::vector<RowIndex> rows;
    for (RowIndex row = 0; row < fates.size(); ++row)
        if (takes_part(row) && (!text || times[key.codes()[row]] > 1))
            rows.push_back(row);
    return rows;
}

} // namespace

int compare_contents(const RawTable& table, RowIndex a, RowIndex b) {
    for (std::size_t column = 0; column < table.layout.fields.size(); ++column)
        if (const int order = table.columns[column].column().compare(a, b); order != 0)
            return order;
    return 0;
}

int compare_causes(const RawTable& table, RowIndex a, RowIndex b) {
    for (std::size_t column = 0; column < table.layout.fields.size(); ++column)
        if (const int order = table.columns[column].column().compare_causes(a, b); order != 0)
            return order;
    return 0;
}

std::vector<ConflictingRow> settle_duplicates(RawTable& table, std::vector<Fate>& fates) {
    std::vector<ConflictingRow> conflicting;
    if (!table.layout.key)
        return conflicting;
    const Column& key = table.columns[*table.layout.key].column();
    std::vector<RowIndex> rows = rows_of_repeated_keys(key, fates);
    std::ranges::sort(rows, [&](RowIndex a, RowIndex b) {
        int order = key.compare(a, b);
        if (order == 0)
            order = compare_rows(table, a, b);
        if (order == 0)
            order = compare_causes(table, a, b);
        return order != 0 ? order < 0 : a < b; // of rows alike the first is kept
    });
    const Groups groups = groups_of(table.layout);
    for (std::size_t first = 0; first < rows.size();) {
        std::size_t last = first + 1;
        while (last < rows.size() && key.compare(rows[first], rows[last]) == 0)
            ++last;
        const std::span<const RowIndex> same = std::span(rows).subspan(first, last - first);
        first = last;
        if (same.size() == 1)
            continue;
        std::vector<RowIndex> distinct;
        for (const RowIndex row : same)
            if (distinct.empty() || compare_rows(table, distinct.back(), row) != 0)
                distinct.push_back(row);
            else
                fates[row] = Fate::Duplicate;
        SameKey together(table, distinct);
        if (const auto column = together.conflict(groups)) {
            for (const RowIndex row : same) {
                fates[row] = Fate::Rejected;
                conflicting.push_back({row, *column});
            }
            continue;
        }
        together.merge(groups);
        for (const RowIndex row : std::span(distinct).subspan(1))
            fates[row] = Fate::Merged;
    }
    return conflicting;
}

} // namespace rulebook::data
