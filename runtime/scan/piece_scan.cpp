#include "runtime/scan/piece_scan.hpp"

#include <algorithm>
#include <functional>
#include <tuple>

#include "runtime/scan/over_events.hpp"
#include "runtime/scan/pattern_scans.hpp"
#include "runtime/scan/wait_scans.hpp"

namespace rulebook::scan {

using trigger::Candidate;
using trigger::Verdict;

namespace {

const plan::Trigger& trigger_of(const plan::Plan& plan, const ScanShape& shape) {
    return plan.triggers[shape.version().index];
}

// Whether anything stands between a candidate and its firing, or it says something.
bool has_to_be_judged(const plan::Trigger& trigger) {
    return trigger.policy || trigger.control || !trigger.unless.empty() || trigger.once ||
           trigger.cooldown || !trigger.at_most.empty() || trigger.say != plan::kNoNode;
}

} // namespace

PieceScan::PieceScan(const ScanShapes& shapes, interpret::Evaluator& evaluator,
                     trigger::ControlChoice controls)
    : shapes_(shapes), evaluator_(evaluator),
      surroundings_(shapes.triggers(), evaluator, std::move(controls)),
      judgement_(shapes.triggers()) {
    for (const auto& [collection, signals] : shapes.triggers().signals())
        planes_.emplace_back(evaluator, collection, signals);
    for (const ScanShape& shape : shapes.scans()) {
        TriggerFindings& findings = findings_.emplace_back();
        findings.rule = shape.rule->index;
        findings.is_judged = has_to_be_judged(trigger_of(shapes.plan(), shape));
        machines_.emplace_back();
        if (shape.kind == ScanKind::Machine)
            machines_.back().emplace(shape.version(), surroundings_);
    }
}

PieceScan::~PieceScan() = default;

SignalPlanes& PieceScan::planes_of(plan::EntityIndex collection) {
    return *std::ranges::find(planes_, collection, &SignalPlanes::collection);
}

EventColumns PieceScan::columns_of(plan::EntityIndex collection) const {
    const plan::Entity& entity = shapes_.plan().schema.entities[collection];
    const data::Table& table = evaluator_.dataset().table(collection);
    return {table.parents().data(), table.column(*entity.visible_from()).integers().data(),
            entity.sequence ? &table.column(*entity.sequence) : nullptr};
}

data::RowRange PieceScan::rows_of(plan::EntityIndex collection, AccountIndex account) const {
    return evaluator_.dataset().children(collection, account);
}

// The one plane, or all of them joined.
const Plane& PieceScan::any_of(const SignalPlanes& planes,
                               const std::vector<std::uint32_t>& signals, Plane& joined) const {
    if (signals.size() == 1)
        return planes.of(signals.front());
    joined.assign(words_for(planes.rows().size()), 0);
    for (const std::uint32_t signal : signals) {
        const Plane& plane = planes.of(signal);
        for (std::size_t word = 0; word < joined.size(); ++word)
            joined[word] |= plane[word];
    }
    return joined;
}

void PieceScan::run(AccountIndex first, AccountIndex last, std::int64_t as_of) {
    first_ = first;
    last_ = last;
    as_of_ = as_of;
    for (SignalPlanes& planes : planes_) {
        const auto& starts = evaluator_.dataset().table(planes.collection()).first_children();
        planes.find({starts[first], starts[last]}, as_of);
    }
    for (std::size_t trigger = 0; trigger < findings_.size(); ++trigger) {
        findings_[trigger].found.clear();
        findings_[trigger].waiting.clear();
        findings_[trigger].passed.clear();
        findings_[trigger].found_taken = findings_[trigger].waiting_taken =
            findings_[trigger].passed_taken = 0;
        scan(trigger);
    }
}

void PieceScan::scan(std::size_t trigger) {
    const ScanShape& shape = shapes_.scans()[trigger];
    switch (shape.kind) {
    case ScanKind::Single:
        return scan_pattern(trigger, SingleScan());
    case ScanKind::Then:
        if (const EventColumns columns = columns_of(shape.collection); columns.sequences != nullptr)
            return scan_pattern(trigger, SequencedThenScan(shape.within, columns));
        return scan_pattern(trigger, ThenScan(shape.within));
    case ScanKind::Both:
        return scan_pattern(trigger, BothScan(shape.within));
    case ScanKind::Times:
        return scan_pattern(trigger, TimesScan(shape.count, shape.within));
    case ScanKind::Without:
        return scan_waits(trigger);
    case ScanKind::Silence:
        return scan_silences(trigger);
    case ScanKind::Machine:
        return scan_with_machine(trigger);
    }
}

template <class Scan>
void PieceScan::scan_pattern(std::size_t trigger, Scan scan) {
    const ScanShape& shape = shapes_.scans()[trigger];
    const SignalPlanes& planes = planes_of(shape.collection);
    const Plane& a = any_of(planes, shape.a, a_);
    const Plane& b = shape.b.empty() ? a : any_of(planes, shape.b, b_);
    over_events(columns_of(shape.collection), planes.rows(), a, b, scan,
                [&](const Found& found) { return note(trigger, found); });
}

void PieceScan::scan_waits(std::size_t trigger) {
    const ScanShape& shape = shapes_.scans()[trigger];
    const SignalPlanes& planes = planes_of(shape.collection);
    const trigger::OnShape& on = shape.version().on;
    const WaitColumns columns{columns_of(shape.collection), planes.rows(),
                              any_of(planes, shape.a, a_), any_of(planes, shape.b, b_)};
    scan_without(columns,
                 [&](std::int64_t opening) {
                     return on.extents->deadline(on.on->wait, opening, surroundings_);
                 },
                 as_of_,
                 {[&](const Found& found) { note(trigger, found); },
                  [&](const Waiting& waiting) { note(trigger, waiting); }});
}

void PieceScan::scan_silences(std::size_t trigger) {
    const ScanShape& shape = shapes_.scans()[trigger];
    const SignalPlanes& planes = planes_of(shape.collection);
    const trigger::OnShape& on = shape.version().on;
    const Plane& a = any_of(planes, shape.a, a_);
    const EventColumns columns = columns_of(shape.collection);
    const Deadline deadline = [&](std::int64_t opening) {
        return on.extents->deadline(on.on->wait, opening, surroundings_);
    };
    const WaitResults results{[&](const Found& found) { note(trigger, found); },
                              [&](const Waiting& waiting) { note(trigger, waiting); }};
    for (AccountIndex account = first_; account < last_; ++account)
        if (const auto origin = evaluator_.dataset().origin_of(account))
            scan_silence(
                {account, *origin, rows_of(shape.collection, account), planes.rows().first},
                columns, a, deadline, as_of_, results);
}

void PieceScan::scan_with_machine(std::size_t trigger) {
    const ScanShape& shape = shapes_.scans()[trigger];
    const SignalPlanes& planes = planes_of(shape.collection);
    std::vector<const Plane*> signals;
    for (const std::uint32_t signal : shape.signals)
        signals.push_back(&planes.of(signal));
    const EventColumns columns = columns_of(shape.collection);
    for (AccountIndex account = first_; account < last_; ++account) {
        machines_[trigger]->run(
            {account, evaluator_.dataset().origin_of(account), rows_of(shape.collection, account)},
            shape.collection, columns, signals, planes.rows().first, as_of_,
            [&](const Found& found) { return note(trigger, found); });
        if (const auto deadline = machines_[trigger]->pending())
            note(trigger, Waiting{account, *deadline});
    }
}

// Whether it is a firing of some status, which uses up the events: what stops it from here on does
// so whatever else fired.
bool PieceScan::note(std::size_t trigger, const Found& found) {
    const plan::Trigger& rule = trigger_of(shapes_.plan(), shapes_.scans()[trigger]);
    TriggerFindings& findings = findings_[trigger];
    const auto passes = [&](Verdict verdict) {
        findings.passed.emplace_back(found.account, verdict);
        return false;
    };
    if (!rule.effective.contains(found.instant))
        return passes(Verdict::NotInForce);
    const auto origin = evaluator_.dataset().origin_of(found.account);
    if (origin && found.instant < *origin)
        return passes(Verdict::BeforeOrigin);
    if (rule.when != plan::kNoNode) {
        surroundings_.go_to(found.account);
        const plan::Value when = surroundings_.value(rule.when, candidate_of(trigger, found));
        if (!when.is_true())
            return passes(when.known() ? Verdict::WhenFalse : Verdict::WhenUnknown);
    }
    findings.found.push_back(found);
    return true;
}

void PieceScan::note(std::size_t trigger, const Waiting& waiting) {
    if (trigger_of(shapes_.plan(), shapes_.scans()[trigger]).effective.contains(waiting.deadline))
        findings_[trigger].waiting.push_back(waiting);
}

Candidate PieceScan::candidate_of(std::size_t trigger, const Found& found) const {
    const ScanShape& shape = shapes_.scans()[trigger];
    Candidate candidate;
    candidate.instant = found.instant;
    candidate.start = found.start;
    candidate.occasion = found.occasion;
    if (found.row != data::kNoRow)
        candidate.completing = interpret::Record{shape.collection, found.row};
    candidate.rule = shape.rule->index;
    candidate.version = shape.version().index;
    return candidate;
}

// Moves what the trigger found of the account; whether any of it is to be judged.
bool PieceScan::gather(std::size_t trigger, AccountIndex account) {
    TriggerFindings& findings = findings_[trigger];
    const std::uint32_t version = shapes_.scans()[trigger].version().index;
    bool some = false;
    const auto take = [&](const auto& of, std::size_t& next, const auto& account_of,
                          const auto& add) {
        while (next < of.size() && account_of(of[next]) < account)
            ++next;
        for (; next < of.size() && account_of(of[next]) == account; ++next)
            add(of[next]);
    };
    take(findings.found, findings.found_taken, std::mem_fn(&Found::account),
         [&](const Found& found) {
             account_.firings.push_back(candidate_of(trigger, found));
             account_.firings.back().when = plan::Value::of(true);
             some = findings.is_judged;
         });
    take(findings.waiting, findings.waiting_taken, std::mem_fn(&Waiting::account),
         [&](const Waiting& waiting) {
             account_.pending.push_back({findings.rule, version, waiting.deadline});
         });
    take(
        findings.passed, findings.passed_taken, [](const auto& passed) { return passed.first; },
        [&](const auto& passed) { ++account_.passed[{findings.rule, passed.second}]; });
    return some;
}

const AccountFindings& PieceScan::of(AccountIndex account) {
    account_.firings.clear();
    account_.passed.clear();
    account_.pending.clear();
    bool some_are_judged = false;
    for (std::size_t trigger = 0; trigger < findings_.size(); ++trigger)
        some_are_judged = gather(trigger, account) || some_are_judged;
    std::ranges::sort(account_.firings, {}, [](const Candidate& firing) {
        return std::tuple(firing.instant, firing.rule); // at most one of a trigger and instant
    });
    if (some_are_judged) {
        surroundings_.go_to(account);
        judge(account_.firings);
    }
    return account_;
}

// Instant by instant.
void PieceScan::judge(std::vector<Candidate>& candidates) {
    judgement_.clear();
    std::vector<Candidate> together;
    for (std::size_t i = 0; i < candidates.size();) {
        together.clear();
        const std::size_t first = i;
        for (; i < candidates.size() && candidates[i].instant == candidates[first].instant; ++i)
            together.push_back(std::move(candidates[i]));
        judgement_.judge(together, surroundings_);
        std::ranges::move(together, candidates.begin() + static_cast<std::ptrdiff_t>(first));
    }
}

} // namespace rulebook::scan
