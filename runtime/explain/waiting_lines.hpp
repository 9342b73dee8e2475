// Lines about what a trigger waits for: how far a pattern got, waits that were closed, silences,
// clocks, conditions. Internal to this folder.
#pragma once

#include <vector>

#include "runtime/explain/explanation.hpp"
#include "runtime/explain/pattern_progress.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/account_triggers.hpp"

namespace rulebook::explain {

class WaitingLines {
public:
    WaitingLines(interpret::Evaluator& evaluator, trigger::AccountTriggers& triggers,
                 const trigger::History& history, interpret::RowIndex root, std::int64_t as_of)
        : evaluator_(evaluator), plan_(evaluator.plan()), triggers_(triggers), history_(history),
          root_{plan_.schema.root, root}, as_of_(as_of) {}

    // Of the versions of a rule: what ended without a candidate, and how the one that is in force
    // stands at `as_of`.
    void add(std::uint32_t rule, std::vector<Line>& lines);

private:
    void add_version(std::uint32_t rule, std::uint32_t version, std::vector<Line>& lines);
    void add_pattern(std::uint32_t rule, std::uint32_t version, std::vector<Line>& lines);
    void add_closed_waits(std::uint32_t version, std::vector<Line>& lines);
    void add_wait(std::uint32_t version, std::vector<Line>& lines);
    void add_silence(std::uint32_t version, std::vector<Line>& lines);
    void add_clock(std::uint32_t version, std::vector<Line>& lines);
    void add_condition(std::uint32_t version, std::vector<Line>& lines);
    bool lacks_origin(const plan::On& on, std::vector<Line>& lines, std::uint32_t version) const;
    void add_progress(std::uint32_t version, std::optional<std::int64_t> after,
                      std::string_view since, std::vector<Line>& lines);

    std::vector<trigger::StandingChange> standings_of(std::uint32_t version) const;
    std::vector<trigger::SeenEvent> events_after(std::optional<std::int64_t> instant) const;
    std::string signals_at(const std::vector<std::uint32_t>& signals, std::int64_t instant) const;
    Line line(LineKind kind, std::uint32_t version, std::string text) const;
    interpret::RowContext row() const;
    std::string time(std::int64_t instant) const;

    interpret::Evaluator& evaluator_;
    const plan::Plan& plan_;
    trigger::AccountTriggers& triggers_;
    const trigger::History& history_;
    interpret::Record root_;
    std::int64_t as_of_;
};

} // namespace rulebook::explain
