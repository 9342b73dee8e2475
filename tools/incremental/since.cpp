#include "tools/incremental/since.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "runtime/engine/hindsight.hpp"
#include "tools/incremental/account_times.hpp"
#include "tools/incremental/stays_when_later.hpp"
#include "tools/output/result_tables.hpp"

namespace rulec::incremental {

namespace {

namespace fs = std::filesystem;
using rulebook::engine::AccountIndex;
using rulebook::engine::Results;

rulebook::Result<RunState> read_state(const fs::path& folder) {
    const auto file = EarlierFile::open(folder / kStateFile);
    if (!file && file.error().code == "file.missing")
        return rulebook::make_error("state.missing",
                                    "no run with `--since` has written `" + folder.native() + "`");
    if (!file)
        return tl::unexpected(file.error());
    const auto bytes = file->content();
    if (!bytes)
        return tl::unexpected(bytes.error());
    return unpacked(*bytes);
}

} // namespace

Since::Since(const rulebook::plan::Plan& plan, const fs::path& earlier, RunSettings settings,
             Summarise summarise)
    : plan_(plan), summarise_(std::move(summarise)) {
    now_.settings = std::move(settings);
    open(earlier);
    if (why_all_.empty())
        compare_settings();
}

void Since::start_over(std::string why) {
    why_all_ = std::move(why);
    earlier_ = {};
    files_.clear();
    places_.clear();
}

void Since::open(const fs::path& folder) {
    auto state = read_state(folder);
    if (!state)
        return start_over(state.error().message);
    earlier_ = std::move(*state);
    for (const auto& [name, file] : earlier_.files) {
        auto there = EarlierFile::open(folder / name);
        const auto checksum = there ? there->checksum() : tl::unexpected(there.error());
        if (!checksum || *checksum != file)
            return start_over(
                fmt::format("`{}` is not as the run wrote it", (folder / name).native()));
        files_.emplace(name, std::move(*there));
    }
    for (std::size_t place = 0; place < earlier_.accounts.size(); ++place)
        places_.emplace(rulebook::leading_number(earlier_.accounts[place].identity), place);
    if (places_.size() != earlier_.accounts.size()) // two look alike: hardly ever
        start_over("its accounts cannot be told apart");
}

void Since::compare_settings() {
    const RunSettings& then = earlier_.settings;
    const RunSettings& now = now_.settings;
    if (then.content_hash != now.content_hash)
        return start_over("the rules, or what they read, are others than then");
    if (then.tool_version != now.tool_version)
        return start_over("rulec was of version " + then.tool_version + " then");
    if (then.zone_version != now.zone_version)
        return start_over("the rules of time zones are others than then");
    if (then.out_format != now.out_format)
        return start_over("results were written as " + then.out_format + " then");
    if (then.only != now.only)
        return start_over("other rules were asked for then");
}

std::string Since::compare_instants(const RunSettings& then, const RunSettings& now) {
    const auto& entities = plan_.schema.entities;
    const bool tracked = std::ranges::any_of(entities, [](const auto& entity) {
        return std::ranges::any_of(entity.fields, &rulebook::plan::Field::tracked);
    });
    later_ = then.as_of != now.as_of;
    if (!later_) {
        // Up to as_of the snapshot has no say where it was taken later, both times.
        const bool before = now.as_of && *now.as_of < then.taken_at.value_or(*now.as_of) &&
                            *now.as_of < now.taken_at.value_or(*now.as_of);
        return !tracked || then.taken_at == now.taken_at || before
                   ? ""
                   : "the data were taken at another instant, and fields are tracked";
    }
    if (!then.as_of || !now.as_of || *now.as_of < *then.as_of)
        return "the earlier run was for a later instant";
    if (const std::string rule = moving_rule(plan_, now.only); !rule.empty())
        return fmt::format("the earlier run was for an earlier instant, and what `{}` says may "
                           "change with time alone",
                           rule);
    if (tracked && (then.as_of != then.taken_at || now.as_of != now.taken_at))
        return "the earlier run was for an earlier instant, and fields are tracked";
    return "";
}

void Since::start() {
    begun_ = false;
    now_.accounts.clear();
    taken_from_.clear();
    rows_.clear();
    next_place_ = 0;
    evaluated_ = 0;
    kept_ = 0;
    not_read_ = 0;
    unread_ = nullptr;
    now_.circumstances = raw_ != nullptr ? raw_->circumstances() : "";
    now_.dated.clear();
}

void Since::compare_circumstances() {
    std::string why = compare_instants(earlier_.settings, now_.settings);
    if (why.empty() && earlier_.settings.hindsight != now_.settings.hindsight)
        why = "rules read other fields with hindsight in the earlier run";
    if (!why.empty())
        start_over(std::move(why));
}

void Since::settle(const rulebook::data::Dataset& dataset, std::optional<std::int64_t> as_of) {
    if (std::exchange(begun_, true))
        return;
    now_.settings.as_of = as_of;
    now_.settings.taken_at = dataset.taken_at();
    now_.settings.hindsight = rulebook::engine::hindsight_texts(plan_, dataset.taken_at(), as_of);
    if (why_all_.empty())
        compare_circumstances();
}

void Since::know(const rulebook::Result<input::RawRecords>& raw) {
    raw_ = raw ? &*raw : nullptr;
    why_read_ = raw ? "" : raw.error().message;
}

std::optional<Unread> Since::unread() {
    if (!why_all_.empty() || raw_ == nullptr)
        return std::nullopt;
    if (earlier_.circumstances.empty())
        why_read_ = "the earlier run left nothing to tell their bytes by";
    else if (earlier_.circumstances != raw_->circumstances())
        why_read_ = "files, their first lines or data.toml are others than then";
    else
        why_read_ = "what is told of the data takes all records, or they changed while being read";
    Unread unread(plan_.schema, earlier_, *raw_);
    return unread.accounts().empty() ? std::nullopt : std::optional(std::move(unread));
}

bool Since::can_leave_out(Unread& unread, const rulebook::data::Dataset& read,
                          std::optional<std::int64_t> as_of) {
    begun_ = false;
    settle(read, as_of);
    if (!why_all_.empty())
        return false;
    return !unread.read_where(
        [&](const StateAccount& then) { return !is_as_it_was(then, then.digest); });
}

// Where those that are not read stand among the others, by their keys.
void Since::place_accounts(const rulebook::data::Dataset& dataset) {
    const std::size_t count = dataset.size(plan_.schema.root);
    const auto unread = unread_ != nullptr ? unread_->accounts() : std::span<const UnreadAccount>();
    now_.accounts.resize(first_ + count + unread.size());
    taken_from_.resize(now_.accounts.size());
    rows_.resize(now_.accounts.size());
    at_.clear();
    auto next = unread.begin();
    std::size_t at = first_;
    const auto pass = [&](auto end) {
        for (; next != end; ++next)
            taken_from_[at++] = next->place;
    };
    for (AccountIndex i = 0; i < count; ++i) {
        if (unread_ != nullptr) {
            const input::RawRecords& raw = unread_->raw();
            const auto account = raw.account_of(dataset.key_text(plan_.schema.root, i));
            pass(std::ranges::lower_bound(
                next, unread.end(), raw.key(*account), {},
                [&](const UnreadAccount& other) { return raw.key(other.account); }));
        }
        at_.push_back(at++);
    }
    pass(unread.end());
}

void Since::begin(const rulebook::data::Dataset& dataset, std::span<const rulebook::Digest> digests,
                  std::optional<std::int64_t> as_of) {
    settle(dataset, as_of);
    dataset_ = &dataset;
    first_ = now_.accounts.size();
    place_accounts(dataset);
    among_.assign(digests.size(), true);
    std::size_t looked_at = first_;
    for (std::size_t i = 0; i < digests.size(); ++i) {
        for (; looked_at < at_[i]; ++looked_at) // those that are not read
            next_place_ = *taken_from_[looked_at] + 1;
        ++looked_at;
        StateAccount& account = now_.accounts[at_[i]];
        account.identity = dataset.identity(plan_.schema.root, static_cast<AccountIndex>(i));
        account.digest = digests[i];
        const auto place = earlier_of(account.identity);
        if (!place || *place < next_place_ || !is_as_it_was(earlier_.accounts[*place], digests[i]))
            continue;
        next_place_ = *place + 1;
        taken_from_[at_[i]] = place;
        among_[i] = false;
    }
}

std::vector<rulebook::Digest> Since::digests() const {
    std::vector<rulebook::Digest> digests;
    for (std::size_t i = first_; i < now_.accounts.size(); ++i)
        digests.push_back(taken_from_[i] ? earlier_.accounts[*taken_from_[i]].digest
                                         : now_.accounts[i].digest);
    return digests;
}

void Since::describe(const std::vector<bool>& told_of) {
    if (raw_ == nullptr || !raw_->still_there()) {
        now_.circumstances.clear();
        return;
    }
    const AccountParts parts(*dataset_, *raw_);
    for (std::size_t i = 0; i < at_.size(); ++i) {
        const auto root = static_cast<rulebook::data::RowIndex>(i);
        const auto account = raw_->account_of(dataset_->key_text(plan_.schema.root, root));
        if (!account || told_of[i])
            continue;
        AccountPart part = parts.of(root);
        if (parts.is_plain(root, *account, part))
            now_.accounts[at_[i]].raw = {raw_->key_hash(*account), raw_->sum(*account),
                                         std::move(part)};
    }
}

void Since::finish(std::span<const rulebook::data::TableCounts> counts) {
    note_dates(counts);
    raw_ = nullptr;
    unread_ = nullptr;
}

// Where some are dates and some are not, nobody knows whose, without reading them.
void Since::note_dates(std::span<const rulebook::data::TableCounts> counts) {
    const auto tables = rulebook::data::input_tables(plan_.schema);
    for (std::size_t table = 0; table < counts.size(); ++table)
        for (const auto& count : counts[table].dates) {
            if (tables[table].history)
                continue; // nobody asks
            if (count.dates == count.values && count.dates > 0)
                now_.dated.push_back(counts[table].table + "." + count.field);
            else if (count.dates > 0)
                now_.circumstances.clear();
        }
}

bool Since::is_as_it_was(const StateAccount& then, const rulebook::Digest& digest) const {
    if (then.digest != digest)
        return false;
    return !later_ || !then.next_time || *then.next_time > *now_.settings.as_of;
}

std::optional<std::size_t> Since::earlier_of(const rulebook::Digest& identity) const {
    const auto found = places_.find(rulebook::leading_number(identity));
    if (found == places_.end() || earlier_.accounts[found->second].identity != identity)
        return std::nullopt;
    return found->second;
}

std::function<void(AccountIndex, const Results&)> Since::observer() {
    return [this](AccountIndex index, const Results& alone) {
        StateAccount& account = now_.accounts[at_[index]];
        account.there = !alone.accounts.empty();
        if (now_.settings.as_of)
            account.next_time = next_time(*dataset_, index, *now_.settings.as_of);
        rows_[at_[index]] = output::result_rows(plan_, alone);
        account.bytes.assign(rows_[at_[index]].size(), 0);
        account.summary = summarise_(alone);
    };
}

void Since::end(const std::function<void(const StateAccount& account)>& add_kept) {
    for (std::size_t i = first_; i < now_.accounts.size(); ++i) {
        if (!taken_from_[i]) {
            ++evaluated_;
            continue;
        }
        ++kept_;
        // Of those that were read the bytes may be others than then.
        auto raw = std::move(now_.accounts[i].raw);
        const bool read = std::ranges::binary_search(at_, i);
        now_.accounts[i] = earlier_.accounts[*taken_from_[i]];
        not_read_ += read ? 0 : 1;
        if (read)
            now_.accounts[i].raw = std::move(raw);
        add_kept(now_.accounts[i]);
    }
    dataset_ = nullptr;
}

} // namespace rulec::incremental
