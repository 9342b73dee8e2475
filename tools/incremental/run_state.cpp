#include "tools/incremental/run_state.hpp"

#include <algorithm>

#include "tools/incremental/packed.hpp"

namespace rulec::incremental {

namespace {

// Another one means another layout of what follows.
constexpr std::string_view kMark = "rulebook run state 2\n";

constexpr std::size_t kLeastAccountBytes = 2 * sizeof(rulebook::Digest);

void write_instant(PackedWriter& out, const std::optional<std::int64_t>& instant) {
    out.number(instant ? 1 : 0);
    if (instant)
        out.amount(*instant);
}

std::optional<std::int64_t> read_instant(PackedReader& in) {
    if (in.number() == 0)
        return std::nullopt;
    return static_cast<std::int64_t>(in.amount());
}

void write_texts(PackedWriter& out, const std::vector<std::string>& texts) {
    out.number(texts.size());
    for (const std::string& text : texts)
        out.text(text);
}

std::vector<std::string> read_texts(PackedReader& in) {
    std::vector<std::string> texts;
    for (auto left = in.number(); left > 0 && in.sound(); --left)
        texts.emplace_back(in.text());
    return texts;
}

void write_settings(PackedWriter& out, const RunSettings& settings) {
    for (const std::string* text : {&settings.content_hash, &settings.tool_version,
                                    &settings.zone_version, &settings.out_format})
        out.text(*text);
    write_texts(out, settings.only);
    write_instant(out, settings.as_of);
    write_instant(out, settings.taken_at);
    write_texts(out, settings.hindsight);
}

RunSettings read_settings(PackedReader& in) {
    RunSettings settings;
    for (std::string* text : {&settings.content_hash, &settings.tool_version,
                              &settings.zone_version, &settings.out_format})
        *text = in.text();
    settings.only = read_texts(in);
    settings.as_of = read_instant(in);
    settings.taken_at = read_instant(in);
    settings.hindsight = read_texts(in);
    return settings;
}

std::string_view bytes_of(const rulebook::Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

rulebook::Digest read_digest(PackedReader& in) {
    rulebook::Digest digest{};
    const std::string_view bytes = in.bytes(digest.size());
    std::ranges::copy(bytes, digest.begin());
    return digest;
}

void write_part(PackedWriter& out, const AccountPart& part) {
    for (const std::uint64_t records : part.records)
        out.number(records);
    out.number(part.missing.size());
    for (const AccountPart::Missing& missing : part.missing)
        for (const std::uint64_t number :
             {std::uint64_t{missing.table}, std::uint64_t{missing.field}, missing.records,
              missing.first})
            out.number(number);
    out.number(part.latest ? 1 : 0);
    if (!part.latest)
        return;
    out.amount(part.latest->instant);
    out.number(part.latest->table);
    out.number(part.latest->field);
    out.number(part.latest->record);
}

AccountPart read_part(PackedReader& in, std::size_t tables) {
    AccountPart part;
    const auto place = [&] { return static_cast<std::uint32_t>(in.number()); };
    for (std::size_t table = 0; table < tables && in.sound(); ++table)
        part.records.push_back(in.number());
    for (auto left = in.number(); left > 0 && in.sound(); --left) {
        AccountPart::Missing& missing = part.missing.emplace_back();
        missing.table = place();
        missing.field = place();
        missing.records = in.number();
        missing.first = in.number();
    }
    if (in.number() != 0) {
        AccountPart::Latest latest;
        latest.instant = static_cast<std::int64_t>(in.amount());
        latest.table = place();
        latest.field = place();
        latest.record = in.number();
        part.latest = latest;
    }
    return part;
}

void write_raw(PackedWriter& out, const std::optional<RawAccount>& raw) {
    // 0: there is none; else how many tables its part has, and one more.
    out.number(raw ? raw->part.records.size() + 1 : 0);
    if (!raw)
        return;
    for (const std::uint64_t number : {raw->key, raw->sum.low, raw->sum.high})
        out.fixed(number);
    write_part(out, raw->part);
}

std::optional<RawAccount> read_raw(PackedReader& in) {
    const std::uint64_t tables = in.number();
    if (tables == 0 || !in.sound())
        return std::nullopt;
    RawAccount raw;
    for (std::uint64_t* number : {&raw.key, &raw.sum.low, &raw.sum.high})
        *number = in.fixed();
    raw.part = read_part(in, tables - 1);
    return raw;
}

void write_account(PackedWriter& out, const StateAccount& account) {
    out.bytes(bytes_of(account.identity));
    out.bytes(bytes_of(account.digest));
    out.number(account.there ? 1 : 0);
    write_instant(out, account.next_time);
    for (const std::uint64_t bytes : account.bytes)
        out.number(bytes);
    out.text(account.summary);
    write_raw(out, account.raw);
}

StateAccount read_account(PackedReader& in, std::size_t tables) {
    StateAccount account;
    account.identity = read_digest(in);
    account.digest = read_digest(in);
    account.there = in.number() != 0;
    account.next_time = read_instant(in);
    for (std::size_t table = 0; table < tables; ++table)
        account.bytes.push_back(in.number());
    account.summary = in.text();
    account.raw = read_raw(in);
    return account;
}

} // namespace

std::string packed(const RunState& state) {
    PackedWriter out;
    out.bytes(kMark);
    write_settings(out, state.settings);
    write_texts(out, state.tables);
    out.number(state.files.size());
    for (const auto& [name, file] : state.files) {
        out.text(name);
        out.number(file.bytes);
        out.text(file.sum);
    }
    out.text(state.circumstances);
    write_texts(out, state.dated);
    out.number(state.accounts.size());
    for (const StateAccount& account : state.accounts)
        write_account(out, account);
    std::string bytes = out.take();
    return bytes + checksum_of_bytes(bytes);
}

rulebook::Result<RunState> unpacked(std::string_view bytes) {
    const auto damaged = [] {
        return rulebook::make_error("state.damaged",
                                    "what the run left for later ones is damaged, or of another "
                                    "version of rulec");
    };
    const std::size_t sum = checksum_of_bytes({}).size();
    if (bytes.size() < sum || !bytes.starts_with(kMark) ||
        bytes.substr(bytes.size() - sum) != checksum_of_bytes(bytes.substr(0, bytes.size() - sum)))
        return damaged();
    PackedReader in(bytes.substr(kMark.size(), bytes.size() - sum - kMark.size()));
    RunState state;
    state.settings = read_settings(in);
    state.tables = read_texts(in);
    for (auto left = in.number(); left > 0 && in.sound(); --left) {
        const std::string name(in.text());
        FileChecksum& file = state.files[name];
        file.bytes = in.number();
        file.sum = in.text();
    }
    state.circumstances = in.text();
    state.dated = read_texts(in);
    const std::uint64_t accounts = in.number();
    state.accounts.reserve(std::min<std::uint64_t>(accounts, bytes.size() / kLeastAccountBytes));
    for (auto left = accounts; left > 0 && in.sound(); --left)
        state.accounts.push_back(read_account(in, state.tables.size()));
    if (!in.sound() || !in.at_end())
        return damaged();
    return state;
}

} // namespace rulec::incremental
