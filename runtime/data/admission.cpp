#include "runtime/data/admission.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <limits>
#include <thread>

#include "runtime/data/row_origin.hpp"
#include "runtime/data/shortened.hpp"

namespace rulebook::data {

TableAdmission::TableAdmission(RawTable& raw, RawTable* history, const AdmittedTable* parent,
                               const Column* parent_keys, const std::vector<std::string>& sources,
                               Rejects& rejects)
    : raw_(raw), history_(history), parent_(parent), parent_keys_(parent_keys), sources_(sources),
      rejects_(rejects) {}

AdmittedTable TableAdmission::run() {
    for_each_column([&](std::size_t column, auto&) { raw_.columns[column].seal(); });
    fates_.reserve(raw_.size());
    for (const std::uint8_t rejected : raw_.rejected)
        fates_.push_back(rejected != 0 ? Fate::Rejected : Fate::Kept);
    AdmittedTable admitted;
    if (raw_.layout.key)
        admitted.keys = KeyIndex(raw_.columns[*raw_.layout.key].column());
    reject_conflicts();
    reject_without_history();
    find_parents();
    put_in_order();
    if (raw_.layout.history)
        settle_history();
    count();
    take_columns(admitted);
    return admitted;
}

// Two threads share the columns of a large table; each has spare memory of its own.
void TableAdmission::for_each_column(const OnColumn& work) const {
    constexpr std::size_t kFew = 50'000;
    std::atomic<std::size_t> next = 0;
    const auto share = [&] {
        ColumnBuilder::Spare spare;
        for (std::size_t at = next++; at < raw_.columns.size(); at = next++)
            work(at, spare);
    };
    if (raw_.size() < kFew)
        return share();
    const std::jthread other(share);
    share();
}

std::string TableAdmission::value_text(RowIndex row, std::size_t column) const {
    const Column& values = raw_.columns[column].column();
    if (!values.known(row))
        return {};
    if (plan::representation(values.type().kind) == plan::Representation::Text)
        return shortened(values.text(row));
    if (plan::representation(values.type().kind) == plan::Representation::Integer)
        return std::to_string(values.integer(row));
    return {};
}

void TableAdmission::reject(RowIndex row, RejectCode code, std::size_t column,
                            std::string_view reason) {
    fates_[row] = Fate::Rejected;
    const RowOrigin origin = unpack_origin(raw_.origins[row]);
    rejects_.add({raw_.layout.name, sources_[origin.source], origin.row,
                  raw_.layout.column_name(column), value_text(row, column), code_of(code), reason});
}

void TableAdmission::reject_conflicts() {
    for (const ConflictingRow& conflict : settle_duplicates(raw_, fates_))
        reject(conflict.row, RejectCode::Conflict, *raw_.layout.key,
               "rows of this key differ in `" + raw_.layout.column_name(conflict.column) + "`");
}

// By row read: whether some version of the record knows the field.
std::vector<std::uint8_t> TableAdmission::said_by_history(std::size_t field) const {
    std::vector<std::uint8_t> said(raw_.size(), 0);
    const std::string& name = raw_.layout.fields[field].name;
    const auto same = std::ranges::find(history_->layout.fields, name, &plan::Field::name);
    if (same == history_->layout.fields.end() || history_->size() == 0)
        return said;
    ColumnBuilder& versions =
        history_->columns[static_cast<std::size_t>(same - history_->layout.fields.begin())];
    ColumnBuilder& records = history_->columns[history_->layout.parent_key_column()];
    versions.seal();
    records.seal();
    const Column& keys = raw_.columns[*raw_.layout.key].column();
    KeyIndex index(keys);
    index.admit(keys); // one row stands for all of its key
    const std::vector<RowIndex> of_versions = index.places(records.column(), keys);
    for (RowIndex version = 0; version < of_versions.size(); ++version)
        if (of_versions[version] < kRejectedRow && history_->rejected[version] == 0 &&
            versions.column().known(version))
            said[of_versions[version]] = 1;
    const std::vector<RowIndex> standing = index.places(keys, keys);
    for (RowIndex row = 0; row < standing.size(); ++row)
        said[row] = static_cast<std::uint8_t>(standing[row] < kRejectedRow && said[standing[row]]);
    return said;
}

// What is tracked may be missing in a record whose history says it.
void TableAdmission::reject_without_history() {
    if (history_ == nullptr)
        return;
    for (std::size_t field = 0; field < raw_.layout.fields.size(); ++field) {
        const plan::Field& declared = raw_.layout.fields[field];
        if (!declared.tracked || declared.optional)
            continue;
        std::vector<std::uint8_t> said; // looked up where it is needed
        const Column& values = raw_.columns[field].column();
        for (RowIndex row = 0; row < fates_.size(); ++row) {
            if (fates_[row] == Fate::Rejected || values.known(row))
                continue;
            if (said.empty())
                said = said_by_history(field);
            if (said[row] == 0)
                reject(row, RejectCode::Missing, field,
                       "`" + declared.name + "` is required and missing" +
                           (history_->size() > 0 ? ", also in the history" : ""));
        }
    }
}

void TableAdmission::find_parents() {
    if (!raw_.layout.parent)
        return;
    const std::size_t column = raw_.layout.parent_key_column();
    const Column& keys = raw_.columns[column].column();
    parents_ = parent_->keys.places(keys, *parent_keys_);
    ColumnBuilder& unreadable = *raw_.unreadable_parents;
    unreadable.seal();
    std::ranges::copy_if(parent_->keys.places(unreadable.column(), *parent_keys_),
                         std::back_inserter(damaged_parents_),
                         [](RowIndex parent) { return parent < kRejectedRow; });
    const std::string& name = raw_.layout.parent_name;
    for (RowIndex row = 0; row < parents_.size(); ++row) {
        const bool found = parents_[row] < kRejectedRow;
        if (fates_[row] == Fate::Rejected) {
            if (found)
                damaged_parents_.push_back(parents_[row]);
        } else if (parents_[row] == kRejectedRow) {
            reject(row, RejectCode::ParentRejected, column, "this " + name + " was rejected");
        } else if (!found) {
            reject(row, RejectCode::Orphan, column,
                   keys.known(row) ? "no " + name + " has this key" : "it names no " + name);
            ++counts_.orphans;
        }
    }
}

// Of one parent: by time, then sequence, then content. Records without a time come last; they are
// never visible.
bool TableAdmission::earlier(RowIndex a, RowIndex b) const {
    if (raw_.layout.time) {
        const Column& times = raw_.columns[*raw_.layout.time].column();
        if (times.known(a) != times.known(b))
            return times.known(a);
        if (const int order = times.compare(a, b); order != 0)
            return order < 0;
    }
    if (raw_.layout.sequence)
        if (const int order = raw_.columns[*raw_.layout.sequence].column().compare(a, b);
            order != 0)
            return order < 0;
    if (!raw_.layout.parent && raw_.layout.key)
        if (const int order = raw_.columns[*raw_.layout.key].column().compare(a, b); order != 0)
            return order < 0;
    if (const int order = compare_contents(raw_, a, b); order != 0)
        return order < 0;
    const int order = compare_causes(raw_, a, b);
    return order != 0 ? order < 0 : a < b;
}

// Where each row has a text of its own as its key, and nothing else says the order: by that text,
// without comparing. False where that is not so; then nothing is done.
bool TableAdmission::put_in_order_of_keys() {
    if (parent_ != nullptr || raw_.layout.time || raw_.layout.sequence || !raw_.layout.key)
        return false;
    const Column& keys = raw_.columns[*raw_.layout.key].column();
    if (plan::representation(keys.type().kind) != plan::Representation::Text)
        return false;
    constexpr RowIndex kNone = std::numeric_limits<RowIndex>::max();
    std::vector<RowIndex> rows(keys.dictionary().size(), kNone); // by code
    for (RowIndex row = 0; row < fates_.size(); ++row) {
        if (fates_[row] != Fate::Kept)
            continue;
        if (!keys.known(row) || rows[keys.codes()[row]] != kNone)
            return false;
        rows[keys.codes()[row]] = row;
    }
    order_.reserve(fates_.size());
    std::ranges::copy_if(rows, std::back_inserter(order_),
                         [](RowIndex row) { return row != kNone; });
    return true;
}

void TableAdmission::put_in_order() {
    if (put_in_order_of_keys())
        return;
    const std::size_t parents = parent_ != nullptr ? parent_->table.size() : 1;
    std::vector<std::size_t> next(parents + 1, 0); // where a parent's next child goes
    const auto parent_of = [&](RowIndex row) {
        return parent_ != nullptr ? std::size_t{parents_[row]} : 0;
    };
    for (RowIndex row = 0; row < fates_.size(); ++row)
        if (fates_[row] == Fate::Kept)
            ++next[parent_of(row) + 1];
    for (std::size_t parent = 0; parent < parents; ++parent)
        next[parent + 1] += next[parent];
    order_.resize(next[parents]);
    std::vector<std::size_t> first = next;
    for (RowIndex row = 0; row < fates_.size(); ++row)
        if (fates_[row] == Fate::Kept)
            order_[next[parent_of(row)]++] = row;
    for (std::size_t parent = 0; parent < parents; ++parent)
        std::sort(order_.begin() + static_cast<std::ptrdiff_t>(first[parent]),
                  order_.begin() + static_cast<std::ptrdiff_t>(first[parent + 1]),
                  [&](RowIndex a, RowIndex b) { return earlier(a, b); });
}

// Of a history, rows of one record and one instant say the same, or are all rejected.
void TableAdmission::settle_history() {
    const Column& times = raw_.columns[*raw_.layout.time].column();
    for (std::size_t first = 0; first < order_.size();) {
        std::size_t last = first + 1;
        while (last < order_.size() && parents_[order_[first]] == parents_[order_[last]] &&
               times.compare(order_[first], order_[last]) == 0)
            ++last;
        if (last - first > 1)
            keep_one_version(first, last);
        first = last;
    }
    std::erase_if(order_, [&](RowIndex row) { return fates_[row] != Fate::Kept; });
}

void TableAdmission::keep_one_version(std::size_t first, std::size_t last) {
    const auto same_as_first = [&](RowIndex row) {
        return compare_contents(raw_, order_[first], row) == 0;
    };
    const auto rows = std::span(order_).subspan(first, last - first);
    if (std::ranges::all_of(rows, same_as_first)) {
        for (const RowIndex row : rows.subspan(1))
            fates_[row] = Fate::Duplicate;
        return;
    }
    for (const RowIndex row : rows) {
        damaged_parents_.push_back(parents_[row]);
        reject(row, RejectCode::Conflict, raw_.layout.parent_key_column(),
               "rows of this key and `known_from` differ");
    }
}

void TableAdmission::count() {
    counts_.in = raw_.size() + raw_.unreadable_rows;
    counts_.rejected = raw_.unreadable_rows;
    for (const Fate fate : fates_) {
        counts_.evaluated += fate == Fate::Kept ? 1 : 0;
        counts_.rejected += fate == Fate::Rejected ? 1 : 0;
        counts_.duplicates += fate == Fate::Duplicate ? 1 : 0;
        counts_.merged += fate == Fate::Merged ? 1 : 0;
    }
}

// What is unknown in the rows that are kept, with the first of them each.
std::vector<UnknownCount> TableAdmission::count_unknowns() const {
    std::vector<UnknownCount> counts;
    for (const auto& [place, examples] : raw_.examples) {
        const Column& column = raw_.columns[place.first].column();
        UnknownCount count;
        count.field = raw_.layout.column_name(place.first);
        count.cause = place.second;
        for (RowIndex row = 0; row < fates_.size(); ++row) {
            if (fates_[row] != Fate::Kept || column.known(row) || column.cause(row) != place.second)
                continue;
            if (count.rows++ > 0)
                continue;
            const RowOrigin origin = unpack_origin(raw_.origins[row]);
            count.source = sources_[origin.source];
            count.row = origin.row;
            const auto example =
                std::ranges::find(examples, std::size_t{row}, &RawTable::Example::row);
            if (example != examples.end()) {
                count.example = example->text;
                count.complaint = example->complaint;
            }
        }
        if (count.rows > 0)
            counts.push_back(std::move(count));
    }
    return counts;
}

void TableAdmission::take_columns(AdmittedTable& admitted) {
    std::vector<UnknownCount> unknowns = count_unknowns(); // of the columns that go
    Table& table = admitted.table;
    table.size_ = order_.size();
    table.present_.assign(raw_.present.begin(),
                          raw_.present.begin() +
                              static_cast<std::ptrdiff_t>(raw_.layout.fields.size()));
    for (const ColumnBuilder& column : std::span(raw_.columns).first(raw_.layout.fields.size()))
        table.columns_.emplace_back(column.column().type());
    for_each_column([&](std::size_t column, ColumnBuilder::Spare& spare) {
        if (column < table.columns_.size())
            table.columns_[column] = raw_.columns[column].take(order_, spare);
    });
    raw_.columns.clear();
    table.origins_.reserve(table.size_);
    for (const RowIndex row : order_)
        table.origins_.push_back(raw_.origins[row]);
    raw_.origins = {};
    table.incomplete_.assign(table.size_, 0);
    if (parent_ != nullptr) {
        table.first_child_.assign(parent_->table.size() + 1, 0);
        for (const RowIndex row : order_) {
            table.parents_.push_back(parents_[row]);
            ++table.first_child_[parents_[row] + 1];
        }
        for (std::size_t parent = 0; parent + 1 < table.first_child_.size(); ++parent)
            table.first_child_[parent + 1] += table.first_child_[parent];
    }
    if (raw_.layout.key)
        admitted.keys.admit(table.columns_[*raw_.layout.key]);

    admitted.counts.table = raw_.layout.name;
    admitted.counts.rows = counts_;
    admitted.counts.unknowns = std::move(unknowns);
    std::ranges::copy_if(raw_.dates, std::back_inserter(admitted.counts.dates),
                         [](const DateCount& count) { return count.dates > 0; });
}

} // namespace rulebook::data
