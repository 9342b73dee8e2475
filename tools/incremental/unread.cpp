#include "tools/incremental/unread.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace rulec::incremental {

namespace data = rulebook::data;
namespace plan = rulebook::plan;
using input::RecordPlace;

Unread::Unread(const plan::Schema& schema, const RunState& earlier, const input::RawRecords& raw)
    : schema_(schema), earlier_(earlier), raw_(raw), tables_(data::input_tables(schema)),
      places_(raw.size()), read_(raw.size(), true) {
    if (earlier.circumstances != raw.circumstances())
        return;
    std::unordered_map<std::uint64_t, std::size_t> places; // of accounts then, by key
    places.reserve(earlier.accounts.size());
    for (std::size_t place = 0; place < earlier.accounts.size(); ++place)
        if (const auto& then = earlier.accounts[place].raw;
            then && !places.emplace(then->key, place).second)
            return; // two look alike: hardly ever
    for (std::uint32_t account = 0; account < raw.size(); ++account) {
        const auto found = places.find(raw.key_hash(account));
        if (found == places.end() || earlier.accounts[found->second].raw->sum != raw.sum(account))
            continue;
        places_[account] = found->second;
        read_[account] = false;
    }
    list();
}

void Unread::list() {
    raw_.complete(read_);
    accounts_.clear();
    for (std::uint32_t account = 0; account < raw_.size(); ++account)
        if (!read_[account])
            accounts_.push_back({account, *places_[account]});
    if (!std::ranges::is_sorted(accounts_, {}, &UnreadAccount::place))
        std::ranges::sort(accounts_, {}, &UnreadAccount::place);
}

input::RecordChoice Unread::choice() const {
    input::RecordChoice choice = raw_.choice(read_);
    choice.latest_elsewhere = latest();
    return choice;
}

bool Unread::fits(const data::Dataset& read) const {
    for (data::RowIndex root = 0; root < read.size(schema_.root); ++root) {
        const auto account = raw_.account_of(read.key_text(schema_.root, root));
        if (!account || !read_[*account])
            return false;
    }
    return true;
}

bool Unread::read_where(const std::function<bool(const StateAccount& then)>& asked) {
    bool any = false;
    for (const UnreadAccount& account : accounts_)
        if (asked(earlier_.accounts[account.place])) {
            read_[account.account] = true;
            any = true;
        }
    if (any)
        list();
    return any;
}

std::vector<data::TableCounts> Unread::counts() const {
    std::vector<data::TableCounts> counts;
    for (std::size_t table = 0; table < tables_.size(); ++table) {
        data::TableCounts& count = counts.emplace_back();
        count.table = tables_[table].name;
        for (const UnreadAccount& account : accounts_)
            count.rows.in += part_of(account).records[table];
        count.rows.evaluated = count.rows.in;
    }
    add_missing(counts);
    add_dates(counts);
    return counts;
}

void Unread::add_missing(std::vector<data::TableCounts>& counts) const {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> rows; // by table and field
    for (const UnreadAccount& account : accounts_)
        for (const AccountPart::Missing& missing : part_of(account).missing)
            rows[{missing.table, missing.field}] += missing.records;
    for (const auto& [where, count] : rows) {
        const auto [table, field] = where;
        const auto first =
            raw_.first_place(table, [&, table = table, field = field](std::uint32_t account) {
                std::optional<std::uint64_t> number;
                if (!read_[account])
                    for (const auto& missing : part_of({account, *places_[account]}).missing)
                        if (missing.table == table && missing.field == field)
                            number = missing.first;
                return number;
            });
        data::UnknownCount unknown;
        unknown.field = tables_[table].columns[field].name;
        unknown.cause = plan::Cause::MissingInput;
        unknown.rows = count;
        if (first) {
            unknown.source = raw_.file(table, *first);
            unknown.row = first->row;
        }
        counts[table].unknowns.push_back(std::move(unknown));
    }
}

// A field's known values are those that are not missing. Of histories nobody asks.
void Unread::add_dates(std::vector<data::TableCounts>& counts) const {
    for (std::size_t table = 0; table < tables_.size(); ++table) {
        if (tables_[table].history)
            continue;
        for (const plan::Field& field : schema_.entities[tables_[table].entity].fields) {
            if (!field.type.is(plan::TypeKind::Time))
                continue;
            data::DateCount count{field.name, 0, counts[table].rows.evaluated};
            for (const data::UnknownCount& unknown : counts[table].unknowns)
                count.values -= unknown.field == field.name ? unknown.rows : 0;
            if (std::ranges::find(earlier_.dated, tables_[table].name + "." + field.name) !=
                earlier_.dated.end())
                count.dates = count.values;
            counts[table].dates.push_back(std::move(count));
        }
    }
}

std::optional<Unread::Latest> Unread::latest_part() const {
    std::optional<Latest> latest;
    for (const UnreadAccount& account : accounts_) {
        const auto& of_account = part_of(account).latest;
        if (of_account && (!latest || incremental::is_later(*of_account, latest->part, tables_)))
            latest = Latest{*of_account, account.account};
    }
    return latest;
}

std::optional<std::int64_t> Unread::latest() const {
    const auto latest = latest_part();
    return latest ? std::optional(latest->part.instant) : std::nullopt;
}

// Of two that are alike the earlier account's is given.
bool Unread::is_later(const data::LatestRecord& read, const Latest& unread) const {
    const auto table = std::ranges::find(tables_, read.table, &data::InputTable::name);
    const auto field = std::ranges::find(table->columns, read.field, &data::InputColumn::name);
    AccountPart::Latest part{read.instant, static_cast<std::uint32_t>(table - tables_.begin()),
                             static_cast<std::uint32_t>(field - table->columns.begin()), 0};
    if (incremental::is_later(part, unread.part, tables_) ||
        incremental::is_later(unread.part, part, tables_))
        return incremental::is_later(part, unread.part, tables_);
    const std::uint32_t account =
        raw_.account_at(part.table, raw_.place_of(part.table, read.source, read.row));
    return raw_.key(account) < raw_.key(unread.account);
}

std::optional<data::LatestRecord> Unread::latest_record(const data::Dataset& read) const {
    const auto unread = latest_part();
    if (!unread || (read.latest_record() && is_later(*read.latest_record(), *unread)))
        return read.latest_record();
    const auto& [part, account] = *unread;
    const RecordPlace place = raw_.place_of(part.table, account, part.record);
    return data::LatestRecord{part.instant, tables_[part.table].name,
                              tables_[part.table].columns[part.field].name,
                              raw_.file(part.table, place), place.row};
}

} // namespace rulec::incremental
