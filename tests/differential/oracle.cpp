#include "tests/differential/oracle.hpp"

#include <algorithm>
#include <array>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/frames.hpp"

namespace rulebook::differential {

namespace {

// Those have an answer for the deal at hand of a credit rule alone.
bool is_about_a_deal(const plan::Plan& plan, plan::NodeId id) {
    return std::ranges::any_of(plan::nodes_behind(plan, id), [&](plan::NodeId behind) {
        const plan::Node& node = plan.node(behind);
        return node.op == plan::Op::Aggregate &&
               plan.aggregates[node.index].source != plan::AggregateSource::Collection;
    });
}

} // namespace

std::vector<plan::NodeId> nodes_of_roots(const plan::Plan& plan) {
    const auto frames = plan::frames_of_nodes(plan);
    std::vector<plan::NodeId> nodes;
    for (plan::NodeId id = 0; id < plan.nodes.size(); ++id)
        if (plan::innermost(frames[id]) == 0 &&
            plan::representation(plan.nodes[id].type.kind) != plan::Representation::Text &&
            !is_about_a_deal(plan, id))
            nodes.push_back(id);
    return nodes;
}

const interpret::FiredLookup& fired_as_if() {
    static const interpret::FiredLookup lookup =
        [](std::uint32_t trigger, std::int64_t instant) -> std::optional<std::int64_t> {
        const std::int64_t before = generator::kFirstInstant + (5 + trigger % 7) * generator::kDay;
        if (instant < before)
            return std::nullopt;
        return instant - (instant - before) % (9 * generator::kDay);
    };
    return lookup;
}

std::unique_ptr<Oracle> Oracle::of(const Case& example, std::vector<plan::NodeId> nodes) {
    auto prepared = interpret::PreparedPlan::prepare(example.plan);
    return std::unique_ptr<Oracle>(
        new Oracle(example, std::move(prepared).value(), std::move(nodes)));
}

Oracle::Oracle(const Case& example, interpret::PreparedPlan prepared,
               std::vector<plan::NodeId> nodes)
    : example_(example), prepared_(std::move(prepared)), nodes_(std::move(nodes)),
      evaluator_(prepared_, example.dataset) {}

const Answer& Oracle::answer(const Question& question) {
    const auto [known, is_new] = answers_.try_emplace({question.instant, question.root});
    Answer& answer = known->second;
    if (!is_new)
        return answer;
    const std::array frames{interpret::Record{example_.plan.schema.root, question.root}};
    interpret::RowContext context;
    context.instant = question.instant;
    context.frames = frames;
    context.fired = &fired_as_if();
    answer.values.reserve(nodes_.size());
    for (const plan::NodeId node : nodes_)
        answer.values.push_back(evaluator_.evaluate(node, context));
    add_rules(question, answer);
    return answer;
}

void Oracle::add_rules(const Question& question, Answer& answer) {
    const auto result = [](const auto* given) {
        using Result = std::remove_cvref_t<decltype(*given)>;
        return given == nullptr ? std::nullopt : std::optional<Result>(*given);
    };
    const auto [root, instant] = question;
    for (std::uint32_t rule = 0; rule < example_.plan.rules.size(); ++rule) {
        const plan::RuleKind kind = example_.plan.rules[rule].kind;
        answer.fits.push_back(
            result(kind == plan::RuleKind::Fit ? evaluator_.fit(rule, root, instant) : nullptr));
        answer.decisions.push_back(result(
            kind == plan::RuleKind::Decision ? evaluator_.decision(rule, root, instant) : nullptr));
        answer.tables.push_back(result(
            kind == plan::RuleKind::Table ? evaluator_.table(rule, root, instant) : nullptr));
    }
}

} // namespace rulebook::differential
