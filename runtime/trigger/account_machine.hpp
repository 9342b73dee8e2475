// The triggers of a plan for one account, driven by its records and their own deadlines in order of
// time: a batch run and a stream drive it alike. It holds no records and no history, only the state
// of the machines, the last firings that count, and when each trigger fired.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/trigger/candidate.hpp"
#include "runtime/trigger/event.hpp"
#include "runtime/trigger/judgement.hpp"
#include "runtime/trigger/on_machine.hpp"
#include "runtime/trigger/trigger_shapes.hpp"

namespace rulebook::trigger {

// All that is new at an instant.
struct Instant {
    std::int64_t time = 0;
    // All records of that instant that some signal matches, in their order.
    std::span<const Event> events{};
    // Where something changed: indexes in TriggerShapes::sources().
    std::span<const std::uint32_t> changes{};
};

// What will happen if no more records come.
struct Pending {
    std::uint32_t rule = 0;    // index in Plan::rules
    std::uint32_t version = 0; // index in Plan::triggers
    std::int64_t instant = 0;
};

// One thread at a time. The shapes outlive it.
class AccountMachine {
public:
    explicit AccountMachine(const TriggerShapes& shapes);

    // Before anything else, and for every other account. The instant of the account's origin:
    // nothing where it is unknown or there is none.
    void start(std::optional<std::int64_t> origin, Surroundings& surroundings);

    // Handles an instant whole. Instants ascend from call to call; every instant that wake() names
    // is among them. Appends the candidates, of which those with a status are firings, in the order
    // of Plan::rules.
    void handle(const Instant& instant, Surroundings& surroundings, std::vector<Candidate>& found);

    // Writes down every change of where the versions stand, from the next start() on; null: no
    // more.
    void note_standings(std::vector<StandingChange>* changes) { standings_ = changes; }

    // The next instant that must be handled even if no record comes.
    std::optional<std::int64_t> wake() const;

    // In the order of Plan::rules; only versions in force at that instant.
    std::vector<Pending> pending() const;

    // The last firing of the trigger (index in Plan::rules) with status fired at or before `until`.
    std::optional<std::int64_t> last_fired(std::uint32_t rule, std::int64_t until) const;
    // When it fired, ascending.
    std::span<const std::int64_t> firings(std::uint32_t rule) const;

    // How many matches and waits are kept: bounded by the rulebook, not by the records.
    std::size_t remembered() const;

    // Forgets what cannot matter at `instant` or later. Changes no result.
    void expire(std::int64_t instant, Surroundings& surroundings);

private:
    struct VersionState {
        const TriggerShapes::Version* shape;
        OnMachine machine;
        std::int64_t wake = INT64_MAX;
        std::optional<Standing> noted{};
    };
    struct RuleState {
        std::uint32_t rule = 0;
        std::vector<VersionState> versions;
        std::vector<std::int64_t> fired; // ascending
    };

    bool concerns(const VersionState& state, const Instant& instant) const;
    std::optional<Candidate> candidate(RuleState& state, const Instant& instant,
                                       Surroundings& surroundings);
    void note_standing(VersionState& state, std::int64_t instant) const;
    void settle(RuleState& state, const Candidate& candidate);

    const TriggerShapes* shapes_;
    std::vector<RuleState> rules_; // as TriggerShapes::rules
    Judgement judgement_;
    std::optional<std::int64_t> origin_; // nothing fires before it
    // Something fired at the instant before: who asks what fired looks anew.
    std::optional<std::int64_t> after_firing_;
    std::vector<StandingChange>* standings_ = nullptr;
};

} // namespace rulebook::trigger
