// What a run gives: columns per account and rows per firing, credit, flag, ready to be written.
// Accounts are numbered as the root's table of the data set, which is in the order of their keys;
// rows are in that order, then by time, then by rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/credit/account_credit.hpp"
#include "runtime/interpret/row_context.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/trigger/candidate.hpp"
#include "runtime/trigger/firing_identity.hpp"
#include "runtime/value/currency.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::engine {

using AccountIndex = interpret::RowIndex;

// One value per account in Results::accounts; empty vectors where no version was in force at as_of.
struct FitColumns {
    std::uint32_t rule = 0;               // index in Plan::rules
    std::optional<std::uint32_t> version; // index in Plan::fits
    std::vector<std::int64_t> score;      // hundredths
    std::vector<std::int64_t> tier;       // index in the tier enum; -1: the fit has no tiers
    std::vector<std::uint8_t> out;        // 1: an `out when` matched
    std::vector<std::uint32_t> unknowns;
    std::size_t clauses = 0; // of the version
    // accounts × words(): a bit each of the clauses, the first in the lowest, 1: the clause hit.
    std::vector<std::uint64_t> hits;

    std::size_t words() const { return (clauses + 63) / 64; }
    bool hit(std::size_t row, std::size_t clause) const {
        return ((hits[row * words() + clause / 64] >> (clause % 64)) & 1) != 0;
    }

    friend bool operator==(const FitColumns&, const FitColumns&) = default;
};

struct DecisionColumns {
    std::uint32_t rule = 0;
    std::optional<std::uint32_t> version; // index in Plan::decisions
    std::vector<plan::Value> value;
    std::vector<std::uint32_t> clause; // which `choose` it was, from 1; 0: nothing matched

    friend bool operator==(const DecisionColumns&, const DecisionColumns&) = default;
};

struct TableRow {
    AccountIndex account = 0;
    std::uint32_t rule = 0;
    std::uint32_t version = 0;        // index in Plan::tables
    std::vector<plan::Value> outputs; // one a column; empty with hit policy `collect`
    std::vector<std::vector<plan::Value>> collected; // hit policy `collect`: outputs of each row
    std::vector<std::uint32_t> rows;                 // from 0: those that matched and count

    friend bool operator==(const TableRow&, const TableRow&) = default;
};

// With status fired, control or suppressed.
struct Firing {
    trigger::FiringIdentity identity{};
    std::uint32_t rule = 0;
    std::uint32_t version = 0; // index in Plan::triggers
    AccountIndex account = 0;
    std::int64_t instant = 0; // microseconds since 1970 UTC
    std::int64_t start = 0;
    std::optional<interpret::Record> event; // that completed it; none for clocks and the like
    trigger::Status status = trigger::Status::Fired;
    trigger::Verdict verdict = trigger::Verdict::Fired;
    std::string cause; // why it is not fired, in words
    std::string message;

    friend bool operator==(const Firing&, const Firing&) = default;
};

// How the candidates of a trigger ended, over all accounts.
struct TriggerCounts {
    std::uint32_t rule = 0;
    std::uint64_t fired = 0;
    std::uint64_t control = 0;
    std::uint64_t suppressed = 0;
    std::uint64_t pending = 0; // would fire later, if nothing more happens
    std::uint64_t when_false = 0;
    std::uint64_t when_unknown = 0;
    std::uint64_t not_in_force = 0;
    std::uint64_t before_origin = 0;

    // Of the same trigger.
    TriggerCounts& operator+=(const TriggerCounts& more) {
        fired += more.fired;
        control += more.control;
        suppressed += more.suppressed;
        pending += more.pending;
        when_false += more.when_false;
        when_unknown += more.when_unknown;
        not_in_force += more.not_in_force;
        before_origin += more.before_origin;
        return *this;
    }

    friend bool operator==(const TriggerCounts&, const TriggerCounts&) = default;
};

struct TouchCredit {
    interpret::Record touch;
    std::int64_t amount = 0; // minor units

    friend bool operator==(const TouchCredit&, const TouchCredit&) = default;
};

// What one party gets of one deal.
struct PartyCredit {
    std::uint32_t rule = 0;
    std::uint32_t version = 0; // index in Plan::credits
    AccountIndex account = 0;
    interpret::Record deal;
    std::int64_t at = 0; // microseconds since 1970 UTC
    std::string party;
    std::int64_t share = 0;  // millionths, rounded; the amounts are exact
    std::int64_t amount = 0; // minor units
    Currency currency;
    std::string_view model; // "equal"; "without touches"; "unattributed"; for ever valid
    std::vector<TouchCredit> touches;

    friend bool operator==(const PartyCredit&, const PartyCredit&) = default;
};

// A deal that a credit rule is about, or may be about, and that is not credited.
struct UncreditedDeal {
    std::uint32_t rule = 0;
    AccountIndex account = 0;
    interpret::Record deal;
    std::optional<std::int64_t> amount; // minor units; none: unknown
    Currency currency;
    std::string cause;

    friend bool operator==(const UncreditedDeal&, const UncreditedDeal&) = default;
};

struct FlaggedDeal {
    std::uint32_t rule = 0;
    std::uint32_t version = 0; // index in Plan::credits
    std::string flag;
    AccountIndex account = 0;
    interpret::Record deal;
    std::int64_t amount = 0; // minor units
    Currency currency;

    friend bool operator==(const FlaggedDeal&, const FlaggedDeal&) = default;
};

// How the buyers of credited deals bought: whose touches a rule took. Deals alike are one row.
struct HowBought {
    std::uint32_t rule = 0;
    Currency currency;
    // "self_service", "hybrid, sales_assisted and self_service", "no touch"; where parties are not
    // values of an enum, "one party" or "several parties".
    std::string by;
    std::uint64_t deals = 0;
    Int128 amount = 0; // minor units

    friend bool operator==(const HowBought&, const HowBought&) = default;
};

struct Results {
    std::string rulebook;
    std::string version;
    std::string content_hash;
    std::string zone_version;
    std::optional<std::int64_t> as_of; // none: neither data nor rules know of time
    // Those that were evaluated, ascending: a row each of the columns of fits and decisions.
    std::vector<AccountIndex> accounts;
    // Accounts whose origin is later than as_of: at that instant they are not there yet. Of them
    // there are neither columns nor tables nor firings; their deals are credited like any other's.
    std::uint64_t not_yet = 0;
    // By rule (index in Plan::rules): the fields of which it read the snapshot's value for an
    // earlier instant (hindsight_fields), by name, with a space between. Fits, decisions and tables
    // do so where as_of lies before the snapshot, triggers and credit at their own instants.
    std::vector<std::string> hindsight;

    std::vector<FitColumns> fits;
    std::vector<DecisionColumns> decisions;
    std::vector<TableRow> tables;
    std::vector<Firing> firings;
    std::vector<TriggerCounts> trigger_counts;
    std::vector<PartyCredit> credits;
    std::vector<UncreditedDeal> uncredited;
    std::vector<FlaggedDeal> flags;
    std::vector<HowBought> bought; // by rule, currency and words

    friend bool operator==(const Results&, const Results&) = default;
};

} // namespace rulebook::engine
