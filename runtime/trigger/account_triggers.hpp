// The triggers of accounts over the records of a data set: drives an AccountMachine with what the
// data tell, instant by instant.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/account_machine.hpp"
#include "runtime/trigger/account_timeline.hpp"
#include "runtime/trigger/row_surroundings.hpp"
#include "runtime/trigger/signal_marks.hpp"

namespace rulebook::trigger {

// An event that some signal matches, and when.
struct SeenEvent {
    std::int64_t instant = 0;
    interpret::Record record;
    std::optional<std::int64_t> sequence{};
    std::vector<std::uint32_t> signals; // ascending
};

// What an account's run went by, for whoever explains it.
struct History {
    std::vector<SeenEvent> events; // in their order
    std::vector<StandingChange> standings;
};

// One thread at a time. Shapes and evaluator outlive it; the evaluator's plan is that of the
// shapes. Its memory does not grow with the number of records.
class AccountTriggers {
public:
    AccountTriggers(const TriggerShapes& shapes, interpret::Evaluator& evaluator,
                    ControlChoice controls = {});
    AccountTriggers(const AccountTriggers&) = delete;
    AccountTriggers& operator=(const AccountTriggers&) = delete;

    // Which candidates are kept: also those that are no firing, or these are only counted.
    enum class Keep : std::uint8_t { All, Firings };

    // Handles every instant of the root record up to and including `as_of`. Signals are judged at
    // their event's instant. `history`: where what happened is written down, if anybody asks.
    void run(interpret::RowIndex root, std::int64_t as_of, History* history = nullptr,
             Keep keep = Keep::All);

    // How many candidates of the last run that are no firing were counted only: by trigger (index
    // in Plan::rules) and verdict.
    using Passed = std::map<std::pair<std::uint32_t, Verdict>, std::uint64_t>;
    const Passed& passed() const { return passed_; }

    // Of the last run: ascending by instant, then in the order of Plan::rules.
    const std::vector<Candidate>& candidates() const { return candidates_; }
    std::vector<Pending> pending() const { return machine_.pending(); }
    const AccountMachine& machine() const { return machine_; }
    const TriggerShapes& shapes() const { return shapes_; }
    // Of the root record of the last run.
    Surroundings& surroundings() { return surroundings_; }
    std::optional<std::int64_t> origin() const {
        return evaluator_.dataset().origin_of(surroundings_.root().row);
    }
    // What fired, for whoever evaluates later layers of the same account; valid as long as this.
    interpret::FiredLookup fired() const;
    // The records at hand for a candidate's conditions, firings before its instant included; valid
    // until the next call.
    interpret::RowContext row_of(const Candidate& candidate) {
        return surroundings_.row_of(candidate);
    }

    // How many instants were handled in all runs: records and deadlines.
    std::uint64_t instants_handled() const { return instants_handled_; }

private:
    void handle(std::int64_t instant, History* history);
    void count_passed(std::size_t since);

    const TriggerShapes& shapes_;
    interpret::Evaluator& evaluator_;
    AccountMachine machine_;
    RowSurroundings surroundings_;
    AccountTimeline timeline_;
    SignalMarks marks_;
    std::vector<Candidate> candidates_;
    Passed passed_;
    std::uint64_t instants_handled_ = 0;

    // Of the instant at hand.
    std::vector<AccountTimeline::Arrival> arrivals_;
    std::vector<std::uint32_t> changes_;
    std::vector<std::uint32_t> signals_; // of all its events, one after the other
    std::vector<Event> events_;
};

} // namespace rulebook::trigger
