// Accounts whose records are, byte for byte, those of an earlier run: they need not be read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "runtime/data/counts.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/plan/schema.hpp"
#include "tools/data/raw_records.hpp"
#include "tools/incremental/run_state.hpp"

namespace rulec::incremental {

struct UnreadAccount {
    std::uint32_t account = 0; // of the raw records
    std::size_t place = 0;     // in the earlier run's accounts
};

class Unread {
public:
    // All outlive it. None is unread where files, heads or data.toml are others than then.
    Unread(const rulebook::plan::Schema& schema, const RunState& earlier,
           const input::RawRecords& raw);

    // In the order of their keys.
    std::span<const UnreadAccount> accounts() const { return accounts_; }
    const input::RawRecords& raw() const { return raw_; }
    // What is read instead of everything.
    input::RecordChoice choice() const;
    // Whether the data set is of accounts that are read, all of them known by their bytes.
    bool fits(const rulebook::data::Dataset& read) const;
    // Those of which it is asked are read after all; whether there are any.
    bool read_where(const std::function<bool(const StateAccount& then)>& asked);

    // What the data as a whole say because of these accounts: by table, as Dataset::counts() lists
    // them.
    std::vector<rulebook::data::TableCounts> counts() const;
    // The greatest instant that they bear; and of all accounts, with those that were read, what
    // Dataset::latest_record gives.
    std::optional<std::int64_t> latest() const;
    std::optional<rulebook::data::LatestRecord>
    latest_record(const rulebook::data::Dataset& read) const;

private:
    struct Latest {
        AccountPart::Latest part;
        std::uint32_t account = 0;
    };
    void list();
    std::optional<Latest> latest_part() const;
    bool is_later(const rulebook::data::LatestRecord& read, const Latest& unread) const;
    const AccountPart& part_of(const UnreadAccount& account) const {
        return earlier_.accounts[account.place].raw->part;
    }
    void add_missing(std::vector<rulebook::data::TableCounts>& counts) const;
    void add_dates(std::vector<rulebook::data::TableCounts>& counts) const;

    const rulebook::plan::Schema& schema_;
    const RunState& earlier_;
    const input::RawRecords& raw_;
    std::vector<rulebook::data::InputTable> tables_;
    std::vector<std::optional<std::size_t>> places_; // by account of the raw records
    std::vector<bool> read_;                         // the same
    std::vector<UnreadAccount> accounts_;
};

} // namespace rulec::incremental
