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
    next_place_ = 0;
    evaluated_ = 0;
    kept_ = 0;
}

void Since::compare_circumstances() {
    std::string why = compare_instants(earlier_.settings, now_.settings);
    if (why.empty() && earlier_.settings.hindsight != now_.settings.hindsight)
        why = "rules read other fields with hindsight in the earlier run";
    if (!why.empty())
        start_over(std::move(why));
}

void Since::begin(const rulebook::data::Dataset& dataset, std::span<const rulebook::Digest> digests,
                  std::optional<std::int64_t> as_of) {
    if (!std::exchange(begun_, true)) {
        now_.settings.as_of = as_of;
        now_.settings.taken_at = dataset.taken_at();
        now_.settings.hindsight =
            rulebook::engine::hindsight_texts(plan_, dataset.taken_at(), as_of);
        if (why_all_.empty())
            compare_circumstances();
    }
    dataset_ = &dataset;
    first_ = now_.accounts.size();
    const std::size_t count = digests.size();
    now_.accounts.resize(first_ + count);
    taken_from_.resize(first_ + count);
    among_.assign(count, true);
    for (std::size_t i = 0; i < count; ++i) {
        StateAccount& account = now_.accounts[first_ + i];
        account.identity = dataset.identity(plan_.schema.root, static_cast<AccountIndex>(i));
        account.digest = digests[i];
        const auto place = earlier_of(account.identity);
        if (!place || *place < next_place_ || !is_as_it_was(earlier_.accounts[*place], digests[i]))
            continue;
        next_place_ = *place + 1;
        taken_from_[first_ + i] = place;
        among_[i] = false;
    }
}

std::optional<std::size_t> Since::earlier_of(const rulebook::Digest& identity) const {
    const auto found = places_.find(rulebook::leading_number(identity));
    if (found == places_.end() || earlier_.accounts[found->second].identity != identity)
        return std::nullopt;
    return found->second;
}

bool Since::is_as_it_was(const StateAccount& then, const rulebook::Digest& digest) const {
    if (then.digest != digest)
        return false;
    return !later_ || !then.next_time || *then.next_time > *now_.settings.as_of;
}

std::function<void(AccountIndex, const Results&)> Since::observer() {
    return [this](AccountIndex index, const Results& alone) {
        StateAccount& account = now_.accounts[first_ + index];
        account.there = !alone.accounts.empty();
        if (now_.settings.as_of)
            account.next_time = next_time(*dataset_, index, *now_.settings.as_of);
        account.rows = output::result_rows(plan_, alone);
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
        now_.accounts[i] = earlier_.accounts[*taken_from_[i]];
        add_kept(now_.accounts[i]);
    }
    dataset_ = nullptr;
}

std::optional<output::Splice> Since::splice_of(std::size_t table, const std::string& file) const {
    if (kept_ == 0)
        return std::nullopt;
    output::Splice splice;
    splice.earlier = files_.at(file).path();
    splice.steps.emplace_back();
    std::size_t at = 0; // in the earlier run's accounts, which are in the same order
    for (std::size_t i = 0; i < now_.accounts.size(); ++i) {
        if (!taken_from_[i]) {
            if (splice.steps.back().passed + splice.steps.back().kept > 0)
                splice.steps.emplace_back();
            splice.steps.back().added += now_.accounts[i].rows[table];
            continue;
        }
        std::uint64_t passed = 0;
        for (; at < *taken_from_[i]; ++at)
            passed += earlier_.accounts[at].rows[table];
        if (passed > 0 && splice.steps.back().kept > 0)
            splice.steps.emplace_back();
        splice.steps.back().passed += passed;
        splice.steps.back().kept += earlier_.accounts[at++].rows[table];
    }
    return splice;
}

std::string Since::packed_state(std::vector<std::string> tables,
                                std::map<std::string, FileChecksum> files) {
    now_.tables = std::move(tables);
    now_.files = std::move(files);
    return packed(now_);
}

} // namespace rulec::incremental
