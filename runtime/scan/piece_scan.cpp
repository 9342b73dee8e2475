#include "runtime/scan/piece_scan.hpp"

#include <algorithm>
#include <functional>
#include <tuple>

namespace rulebook::scan {

using trigger::Candidate;
using trigger::Verdict;

namespace {

bool always_in_force(const plan::Trigger& trigger) {
    return !trigger.effective.from && !trigger.effective.until;
}

// Whether anything stands between such a firing and status fired, or it says something.
bool has_to_be_judged(const plan::Trigger& trigger) {
    return trigger.policy || trigger.control || !trigger.unless.empty() || trigger.once ||
           trigger.cooldown || !trigger.at_most.empty() || trigger.say != plan::kNoNode;
}

auto by_account_and_instant(const Found& found) {
    return std::tuple(found.account, found.instant);
}

} // namespace

PieceScan::PieceScan(const ScanShapes& shapes, interpret::Evaluator& evaluator,
                     trigger::ControlChoice controls)
    : shapes_(shapes), evaluator_(evaluator),
      surroundings_(shapes.triggers(), evaluator, std::move(controls),
                    [this](plan::NodeId node, const Candidate& candidate) {
                        return compiled(node, candidate);
                    }),
      judgement_(shapes.triggers()) {
    for (const auto& [collection, signals] : shapes.triggers().signals())
        planes_.emplace_back(evaluator, collection, signals);
    for (const ScanShape& shape : shapes.scans()) {
        OfTrigger& of = triggers_.emplace_back(
            OfTrigger{TriggerScanner(shape, shapes.triggers(), evaluator, surroundings_)});
        TriggerFindings& findings = findings_.emplace_back();
        findings.rule = shape.rule->index;
        for (const trigger::TriggerShapes::Version& version : shape.rule->versions) {
            const plan::Trigger& trigger = shapes.plan().triggers[version.index];
            of.asks_when = of.asks_when || trigger.when != plan::kNoNode;
            // Of the only one, where that is asked:
            of.always_fires = trigger.when == plan::kNoNode && always_in_force(trigger);
            of.fires_when = always_in_force(trigger) ? trigger.when : plan::kNoNode;
            findings.is_judged = findings.is_judged || has_to_be_judged(trigger);
        }
    }
}

void PieceScan::use(const native::TriggerCode& code, const interpret::PreparedPlan& expressions,
                    std::int64_t as_of) {
    for (SignalPlanes& planes : planes_)
        if (const native::Code* const signals = code.signals_of(planes.collection()))
            planes.use(*signals, expressions);
    for (std::size_t trigger = 0; trigger < triggers_.size(); ++trigger) {
        OfTrigger& of = triggers_[trigger];
        const std::uint32_t rule = findings_[trigger].rule;
        const native::Code* const conditions = code.conditions_of(rule, as_of);
        if (conditions != nullptr && !(of.conditions && of.conditions->go_over_to(*conditions)))
            of.conditions.emplace(*conditions, expressions, evaluator_.dataset());
        if (const native::Code* const becomes = code.becomes_of(rule))
            of.scanner.use(*becomes, expressions);
    }
}

void PieceScan::run(AccountIndex first, AccountIndex last, std::int64_t as_of) {
    piece_ = {first, last, as_of};
    find_origins();
    piece_.origins = origins_;
    for (SignalPlanes& planes : planes_) {
        const auto& starts = evaluator_.dataset().table(planes.collection()).first_children();
        planes.find({starts[first], starts[last]}, as_of);
    }
    for (std::size_t trigger = 0; trigger < triggers_.size(); ++trigger) {
        findings_[trigger].clear();
        OfTrigger& of = triggers_[trigger];
        of.asked.clear();
        of.found = of.waiting = of.passed = 0;
        scan(trigger);
        for (const Waiting& waiting : of.scanner.waiting())
            if (version_of(trigger, waiting.version).effective.contains(waiting.deadline))
                findings_[trigger].waiting.push_back(waiting);
    }
}

void PieceScan::find_origins() {
    origins_.clear();
    const plan::Schema& schema = shapes_.plan().schema;
    const auto field = schema.root_entity().origin_field();
    if (!field)
        return;
    const data::Column& column = evaluator_.dataset().table(schema.root).column(*field);
    for (AccountIndex account = piece_.first; account < piece_.last; ++account)
        origins_.push_back(column.known(account) ? column.integer(account) : kNoOrigin);
}

bool PieceScan::all_are_in_time(const std::vector<Found>& found) const {
    return std::ranges::none_of(found, [&](const Found& each) { return piece_.is_early(each); });
}

// A firing uses up events, so that `when` decides where the next candidate is: it is asked first of
// all candidates that there may be, as if nothing were ever used up. Here both times without
// branches; false: that cannot be.
bool PieceScan::scan_answered(std::size_t trigger) {
    OfTrigger& of = triggers_[trigger];
    const auto place = of.conditions && of.fires_when != plan::kNoNode
                           ? of.conditions->place_of(of.fires_when)
                           : std::nullopt;
    if (!place || !of.scanner.run_keeping(planes_, of.asked))
        return false;
    if (!all_are_in_time(of.asked)) {
        of.asked.clear();
        return false;
    }
    of.conditions->ask(of.asked);
    const Truth* const answers = of.conditions->answers(*place);
    if (answers == nullptr)
        return false;
    TriggerFindings& findings = findings_[trigger];
    of.scanner.run_answered(planes_, answers, findings.found, of.passed_by_answer);
    for (const Passed& passed : of.passed_by_answer)
        findings.passed.emplace_back(passed.account, passed.answer == Truth::Unknown
                                                         ? Verdict::WhenUnknown
                                                         : Verdict::WhenFalse);
    return true;
}

void PieceScan::scan(std::size_t trigger) {
    OfTrigger& of = triggers_[trigger];
    std::vector<Found>& found = findings_[trigger].found;
    if (scan_answered(trigger))
        return;
    if (of.conditions && of.asks_when && of.asked.empty()) { // else they were asked already
        of.scanner.run(planes_, piece_, [&](const Found& each) {
            if (!stopped_before(trigger, each))
                of.asked.push_back(each);
            return false;
        });
        of.conditions->ask(of.asked);
    }
    if (!of.always_fires || !of.scanner.run_firing(planes_, found) || !all_are_in_time(found)) {
        found.clear();
        of.scanner.run(planes_, piece_, [&](const Found& each) { return note(trigger, each); });
    }
    if (of.conditions && !of.asks_when) {
        of.asked = found;
        of.conditions->ask(of.asked);
    }
}

const plan::Trigger& PieceScan::version_of(std::size_t trigger, std::uint32_t version) const {
    const ScanShape& shape = triggers_[trigger].scanner.shape();
    return shapes_.plan().triggers[version == kOnlyVersion ? shape.version().index : version];
}

// By what needs no condition.
std::optional<Verdict> PieceScan::stopped_before(std::size_t trigger, const Found& found) const {
    if (!version_of(trigger, found.version).effective.contains(found.instant))
        return Verdict::NotInForce;
    return piece_.is_early(found) ? std::optional(Verdict::BeforeOrigin) : std::nullopt;
}

// Whether it is a firing of some status: what stops it from here on does so whatever else fired.
bool PieceScan::note(std::size_t trigger, const Found& found) {
    const plan::NodeId asked = version_of(trigger, found.version).when;
    auto verdict = stopped_before(trigger, found);
    if (!verdict && asked != plan::kNoNode) {
        surroundings_.go_to(found.account);
        const plan::Value when = surroundings_.value(asked, candidate_of(trigger, found));
        if (!when.is_true())
            verdict = when.known() ? Verdict::WhenFalse : Verdict::WhenUnknown;
    }
    if (verdict)
        findings_[trigger].passed.emplace_back(found.account, *verdict);
    else
        findings_[trigger].found.push_back(found);
    return !verdict;
}

// Of a candidate of the account at hand.
std::optional<plan::Value> PieceScan::compiled(plan::NodeId node,
                                               const Candidate& candidate) const {
    const auto of_rule =
        std::ranges::find(findings_, candidate.rule, &TriggerFindings::rule) - findings_.begin();
    const OfTrigger& of = triggers_[static_cast<std::size_t>(of_rule)];
    if (!of.conditions)
        return std::nullopt;
    const std::tuple wanted(surroundings_.root().row, candidate.instant);
    const auto asked = std::ranges::lower_bound(of.asked, wanted, {}, by_account_and_instant);
    if (asked == of.asked.end() || by_account_and_instant(*asked) != wanted)
        return std::nullopt;
    return of.conditions->of(node, static_cast<std::size_t>(asked - of.asked.begin()));
}

Candidate PieceScan::candidate_of(std::size_t trigger, const Found& found) const {
    const ScanShape& shape = triggers_[trigger].scanner.shape();
    Candidate candidate;
    candidate.instant = found.instant;
    candidate.start = found.start;
    candidate.occasion = found.occasion;
    if (found.row != data::kNoRow)
        candidate.completing = interpret::Record{
            found.version == kOnlyVersion ? shape.collection : found.collection, found.row};
    candidate.rule = shape.rule->index;
    candidate.version = found.version == kOnlyVersion ? shape.version().index : found.version;
    return candidate;
}

// What the trigger found of the account; whether any of it is to be judged.
bool PieceScan::gather(std::size_t trigger, AccountIndex account) {
    const TriggerFindings& findings = findings_[trigger];
    OfTrigger& of = triggers_[trigger];
    const auto take = [&](const auto& from, std::size_t& next, const auto& account_of,
                          const auto& add) {
        while (next < from.size() && account_of(from[next]) < account)
            ++next;
        for (; next < from.size() && account_of(from[next]) == account; ++next)
            add(from[next]);
    };
    bool some = false;
    take(findings.found, of.found, std::mem_fn(&Found::account), [&](const Found& found) {
        account_.firings.push_back(candidate_of(trigger, found));
        account_.firings.back().when = plan::Value::of(true);
        some = findings.is_judged;
    });
    take(findings.waiting, of.waiting, std::mem_fn(&Waiting::account), [&](const Waiting& waiting) {
        account_.pending.push_back(
            {findings.rule,
             waiting.version == kOnlyVersion ? of.scanner.shape().version().index : waiting.version,
             waiting.deadline});
    });
    take(
        findings.passed, of.passed, [](const auto& passed) { return passed.first; },
        [&](const auto& passed) { ++account_.passed[{findings.rule, passed.second}]; });
    return some;
}

const AccountFindings& PieceScan::of(AccountIndex account) {
    account_.firings.clear();
    account_.passed.clear();
    account_.pending.clear();
    bool some_are_judged = false;
    for (std::size_t trigger = 0; trigger < triggers_.size(); ++trigger)
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
