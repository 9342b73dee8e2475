#include "tests/oracle/machine_engine.hpp"

#include <algorithm>
#include <stdexcept>

#include "runtime/trigger/account_triggers.hpp"
#include "runtime/trigger/firing_identity.hpp"
#include "tests/oracle/engine.hpp"

namespace rulebook::oracle {

namespace {

Cause cause_of(trigger::Verdict verdict) {
    switch (verdict) {
#define RB_VERDICT(Name, id, status, words)                                                        \
    case trigger::Verdict::Name:                                                                   \
        return Cause::Name;
#include "runtime/trigger/verdicts.def"
    }
    throw std::logic_error("verdict");
}

Occasion occasion_of(trigger::Occasion occasion) {
    switch (occasion) {
    case trigger::Occasion::Event:
        return Occasion::Event;
    case trigger::Occasion::Deadline:
        return Occasion::Deadline;
    case trigger::Occasion::Edge:
        return Occasion::Edge;
    }
    throw std::logic_error("occasion");
}

Answer answer_with(const std::vector<trigger::Candidate>& candidates,
                   const std::vector<trigger::Pending>& pending) {
    Answer answer;
    for (const trigger::Candidate& each : candidates)
        answer.outcomes.push_back({each.rule, each.version, each.instant, each.start,
                                   occasion_of(each.occasion), each.completing,
                                   cause_of(each.verdict), each.message});
    for (const trigger::Pending& each : pending)
        answer.pending.push_back({each.rule, each.version, each.instant});
    std::ranges::sort(answer.pending);
    return answer;
}

// As trigger::AccountTriggers drives its machine, and it forgets before each instant.
class ForgetfulRun {
public:
    ForgetfulRun(const trigger::TriggerShapes& shapes, interpret::Evaluator& evaluator)
        : machine_(shapes), surroundings_(shapes, evaluator, machine_, {}),
          timeline_(shapes, evaluator.dataset()), marks_(shapes, evaluator) {}

    Answer run(interpret::RowIndex root, std::optional<std::int64_t> origin, std::int64_t as_of) {
        surroundings_.go_to(root);
        timeline_.begin(root);
        machine_.start(origin, surroundings_);
        for (;;) {
            const std::int64_t next =
                std::min(timeline_.next().value_or(INT64_MAX), machine_.wake().value_or(INT64_MAX));
            if (next > as_of || next == INT64_MAX)
                return answer_with(candidates_, machine_.pending());
            machine_.expire(next, surroundings_);
            handle(next);
        }
    }

private:
    void handle(std::int64_t instant) {
        std::vector<trigger::AccountTimeline::Arrival> arrivals;
        std::vector<std::uint32_t> changes;
        timeline_.take(instant, arrivals, changes);
        std::vector<std::vector<std::uint32_t>> signals(arrivals.size());
        std::vector<trigger::Event> events;
        for (std::size_t i = 0; i < arrivals.size(); ++i) {
            const auto& [collection, row, sequence] = arrivals[i];
            marks_.mark(surroundings_.root(), {collection, row}, instant, signals[i]);
            if (!signals[i].empty())
                events.push_back({collection, row, sequence, signals[i]});
        }
        machine_.handle({instant, events, changes}, surroundings_, candidates_);
    }

    trigger::AccountMachine machine_;
    trigger::RowSurroundings surroundings_;
    trigger::AccountTimeline timeline_;
    trigger::SignalMarks marks_;
    std::vector<trigger::Candidate> candidates_;
};

} // namespace

Answer answer_of_machines(const plan::Plan& plan, const data::Dataset& dataset,
                          interpret::RowIndex root, const Question& question, Expiry expiry) {
    const auto shapes = trigger::TriggerShapes::prepare(plan);
    const auto prepared = interpret::PreparedPlan::prepare(plan);
    if (!shapes || !prepared)
        throw std::logic_error((shapes ? prepared.error() : shapes.error()).message);
    interpret::Evaluator evaluator(*prepared, dataset);
    if (expiry == Expiry::BeforeEachInstant)
        return ForgetfulRun(*shapes, evaluator).run(root, dataset.origin_of(root), question.as_of);
    trigger::AccountTriggers triggers(*shapes, evaluator);
    // Other accounts first: each starts afresh.
    for (interpret::RowIndex other = 0; other < dataset.size(plan.schema.root); ++other)
        triggers.run(other, question.as_of);
    triggers.run(root, question.as_of);
    return answer_with(triggers.candidates(), triggers.pending());
}

std::vector<std::string> identities(const plan::Plan& plan, const data::Dataset& dataset,
                                    interpret::RowIndex root, const Question& question) {
    const auto shapes = trigger::TriggerShapes::prepare(plan);
    const auto prepared = interpret::PreparedPlan::prepare(plan);
    interpret::Evaluator evaluator(prepared.value(), dataset);
    trigger::AccountTriggers triggers(shapes.value(), evaluator);
    triggers.run(root, question.as_of);
    std::vector<std::string> all;
    for (const trigger::Candidate& each : triggers.candidates())
        if (each.status() != trigger::Status::None)
            all.push_back(
                trigger::hexadecimal(trigger::firing_identity(plan, dataset, root, each)));
    return all;
}

Answer answer_of(const plan::Plan& plan, const data::Dataset& dataset, interpret::RowIndex root,
                 const Question& question) {
    return answer_of_machines(plan, dataset, root, question, Expiry::Never);
}

} // namespace rulebook::oracle
