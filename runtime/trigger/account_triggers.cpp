#include "runtime/trigger/account_triggers.hpp"

#include <algorithm>

namespace rulebook::trigger {

AccountTriggers::AccountTriggers(const TriggerShapes& shapes, interpret::Evaluator& evaluator,
                                 ControlChoice controls)
    : shapes_(shapes), evaluator_(evaluator), machine_(shapes),
      surroundings_(shapes, evaluator, machine_, std::move(controls)),
      timeline_(shapes, evaluator.dataset()), marks_(shapes, evaluator) {}

void AccountTriggers::run(interpret::RowIndex root, std::int64_t as_of, History* history,
                          Keep keep) {
    candidates_.clear();
    passed_.clear();
    if (history != nullptr)
        *history = {};
    surroundings_.go_to(root);
    timeline_.begin(root);
    machine_.note_standings(history == nullptr ? nullptr : &history->standings);
    machine_.start(evaluator_.dataset().origin_of(root), surroundings_);
    for (;;) {
        const std::int64_t next =
            std::min(timeline_.next().value_or(INT64_MAX), machine_.wake().value_or(INT64_MAX));
        if (next > as_of || next == INT64_MAX)
            return;
        const std::size_t before = candidates_.size();
        handle(next, history);
        if (keep == Keep::Firings)
            count_passed(before);
    }
}

void AccountTriggers::count_passed(std::size_t since) {
    const auto made = std::ranges::subrange(
        candidates_.begin() + static_cast<std::ptrdiff_t>(since), candidates_.end());
    const auto passed = std::ranges::remove_if(made, [&](const Candidate& candidate) {
        if (candidate.status() != Status::None)
            return false;
        ++passed_[{candidate.rule, candidate.verdict}];
        return true;
    });
    candidates_.erase(passed.begin(), passed.end());
}

void AccountTriggers::handle(std::int64_t instant, History* history) {
    ++instants_handled_;
    arrivals_.clear();
    changes_.clear();
    signals_.clear();
    events_.clear();
    timeline_.take(instant, arrivals_, changes_);
    for (const AccountTimeline::Arrival& arrival : arrivals_) {
        const std::size_t before = signals_.size();
        marks_.mark(surroundings_.root(), {arrival.collection, arrival.row}, instant, signals_);
        const std::size_t count = signals_.size() - before;
        if (count == 0)
            continue;
        // Where its signals stand is known when all are there: the count comes first.
        events_.push_back({arrival.collection, arrival.row, arrival.sequence,
                           std::span<const std::uint32_t>(signals_).last(count)});
    }
    if (events_.empty() && changes_.empty() && machine_.wake().value_or(INT64_MAX) > instant)
        return; // nothing that a trigger waits for
    std::size_t at = 0;
    for (Event& event : events_) {
        event.signals = std::span<const std::uint32_t>(signals_).subspan(at, event.signals.size());
        at += event.signals.size();
        if (history != nullptr)
            history->events.push_back({instant,
                                       {event.collection, event.row},
                                       event.sequence,
                                       {event.signals.begin(), event.signals.end()}});
    }
    machine_.handle({instant, events_, changes_}, surroundings_, candidates_);
}

interpret::FiredLookup AccountTriggers::fired() const {
    return
        [this](std::uint32_t rule, std::int64_t until) { return machine_.last_fired(rule, until); };
}

} // namespace rulebook::trigger
