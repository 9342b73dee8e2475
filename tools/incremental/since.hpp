// A run that takes over from an earlier one what has not changed: results of accounts of which the
// data say what they said then.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/engine/results.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/digest.hpp"
#include "tools/incremental/earlier_file.hpp"
#include "tools/incremental/run_state.hpp"
#include "tools/incremental/unread.hpp"
#include "tools/output/table_file.hpp"

namespace rulec::incremental {

// What comes out is what a run over all accounts gives, byte for byte. Where the rules, or what
// they read, are others than then, or time alone may have changed results, nothing is taken over.
//
// Call start(); then begin(), evaluate the accounts that it names, end(); so for one data set after
// the other, in the order of their accounts. Then splice_of() and packed_state().
//
// Where the records are known as bytes (know()), accounts of which these are as they were need not
// even be read: load what unread() says, ask can_leave_out(), and say so after start() by
// leave_out().
class Since {
public:
    // A part of the run's summary: what one account's results are in it.
    using Summarise = std::function<std::string(const rulebook::engine::Results& alone)>;

    // `earlier`: the folder of that run. `settings`: of this one, but for what only the data tell.
    // The plan outlives it.
    Since(const rulebook::plan::Plan& plan, const std::filesystem::path& earlier,
          RunSettings settings, Summarise summarise);

    // The data's records as bytes, which outlive it; for later runs, too. Without them everything
    // is read, now and in the run after it.
    void know(const rulebook::Result<input::RawRecords>& raw);
    std::optional<Unread> unread();
    // Whether results of the `unread` accounts hold as of this instant. Where they do not, unread
    // accounts are fewer now, or why_all() says that there can be none.
    bool can_leave_out(Unread& unread, const rulebook::data::Dataset& read,
                       std::optional<std::int64_t> as_of);

    // No account was seen so far: also where an evaluation is given up and begun anew.
    void start();
    // The data set that follows has not these accounts, which outlive it.
    void leave_out(const Unread& unread) { unread_ = &unread; }
    // Settles which accounts are evaluated. `digests`: output::account_digests of the data set,
    // which outlives end().
    void begin(const rulebook::data::Dataset& dataset, std::span<const rulebook::Digest> digests,
               std::optional<std::int64_t> as_of);
    // For engine::RunOptions, between begin() and end().
    const std::vector<bool>* among() const { return &among_; }
    std::function<void(rulebook::engine::AccountIndex, const rulebook::engine::Results&)>
    observer();
    // Of the accounts that were not evaluated: `add` is called with their parts of the summary.
    void end(const std::function<void(const StateAccount& account)>& add_kept);

    // Of all accounts since begin(), those that were not read among them, in their order.
    std::vector<rulebook::Digest> digests() const;
    // Before end(): what later runs need so as not to read these accounts. `told_of`, by account of
    // the data set: something is told of it that no later run could tell without reading it.
    void describe(const std::vector<bool>& told_of);
    // There are no more. `counts`: of all the data. What leave_out() and know() said is forgotten.
    void finish(std::span<const rulebook::data::TableCounts> counts);

    std::uint64_t evaluated() const { return evaluated_; }
    std::uint64_t kept() const { return kept_; }
    std::uint64_t not_read() const { return not_read_; } // of those kept
    // Why nothing is taken over, for people; empty: something may be.
    const std::string& why_all() const { return why_all_; }
    // Why all records were read although something may be taken over; empty: not all were.
    std::string why_read() const { return why_all_.empty() && not_read_ == 0 ? why_read_ : ""; }

    // How the file of a table comes about; nothing: of the new rows alone. `table`: by its place
    // among output::result_tables, `file`: its name.
    std::optional<output::Splice> splice_of(std::size_t table, const std::string& file) const;
    // To be called with the bytes of each of the table's new rows, in their order.
    std::function<void(std::uint64_t bytes)> row_sizes(std::size_t table);
    // What this run leaves to later ones. `files`: the tables' files as they were written.
    std::string packed_state(std::vector<std::string> tables,
                             std::map<std::string, FileChecksum> files);

private:
    void open(const std::filesystem::path& folder);
    void compare_settings();
    // Why results as of then are not those as of now; empty where they may be.
    std::string compare_instants(const RunSettings& then, const RunSettings& now);
    void settle(const rulebook::data::Dataset& dataset, std::optional<std::int64_t> as_of);
    void compare_circumstances();
    void note_dates(std::span<const rulebook::data::TableCounts> counts);
    void place_accounts(const rulebook::data::Dataset& dataset);
    void start_over(std::string why);
    bool is_as_it_was(const StateAccount& then, const rulebook::Digest& digest) const;
    std::optional<std::size_t> earlier_of(const rulebook::Digest& identity) const;

    const rulebook::plan::Plan& plan_;
    Summarise summarise_;
    RunState earlier_;
    // The results of that run, held open: another run may put its own in their place meanwhile.
    std::map<std::string, EarlierFile> files_;
    std::unordered_map<std::uint64_t, std::size_t> places_; // of earlier accounts, by identity
    std::string why_all_;
    std::string why_read_ = "some accounts are read at a time";
    bool begun_ = false;
    bool later_ = false; // than the earlier run's instant

    RunState now_;
    std::vector<std::optional<std::size_t>> taken_from_; // by account of now_: place in earlier_
    std::vector<std::vector<std::uint64_t>> rows_;       // the same; of those evaluated, by table
    std::uint64_t evaluated_ = 0;
    std::uint64_t kept_ = 0;
    std::uint64_t not_read_ = 0;

    const rulebook::data::Dataset* dataset_ = nullptr; // between begin() and end()
    std::size_t first_ = 0;                            // of its accounts, in now_
    std::vector<std::size_t> at_;                      // of each of its accounts, in now_
    std::size_t next_place_ = 0; // what is taken over is in the earlier run's order
    std::vector<bool> among_;

    const input::RawRecords* raw_ = nullptr; // null: not known
    const Unread* unread_ = nullptr;         // null: everything is read
};

} // namespace rulec::incremental
