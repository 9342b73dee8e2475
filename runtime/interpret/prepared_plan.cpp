#include "runtime/interpret/prepared_plan.hpp"

#include <algorithm>

#include "runtime/interpret/kept_elements.hpp"
#include "runtime/interpret/node_graph.hpp"
#include "runtime/interpret/preparation.hpp"

namespace rulebook::interpret {

namespace {

// Each level takes some hundred bytes of the stack; a thread has megabytes of it.
constexpr std::uint32_t kDeepestExpression = 2'000;

bool is_leaf(const plan::Node& node) {
    return node.op == plan::Op::Constant || node.op == plan::Op::Field ||
           node.op == plan::Op::EvaluationInstant;
}

bool looks_back(plan::Op op) {
    return op == plan::Op::AsOfAgo || op == plan::Op::Change || op == plan::Op::ChangeNumber;
}

void keep_shared_nodes(const plan::Plan& plan, const NodeGraph& graph, Preparation& result) {
    result.memo_slot.assign(plan.nodes.size(), kNoSlot);
    for (plan::NodeId id = 0; id < plan.nodes.size(); ++id)
        if (graph.uses[id] > 1 && !is_leaf(plan.nodes[id]))
            result.memo_slot[id] = result.memo_slots++;
}

void follow_aggregates(const plan::Plan& plan, const std::vector<plan::FrameSet>& frames,
                       Preparation& result) {
    result.followed_slot.assign(plan.nodes.size(), kNoSlot);
    for (plan::NodeId id = 0; id < plan.nodes.size(); ++id) {
        const plan::Node& node = plan.nodes[id];
        if (node.op != plan::Op::Aggregate)
            continue;
        auto made = followed(plan, plan.aggregates[node.index], node.level, frames, result.motions);
        if (!made)
            continue;
        result.followed_slot[id] = static_cast<std::uint32_t>(result.followed.size());
        result.followed.push_back(*std::move(made));
    }
}

void follow_clauses(const plan::Plan& plan, const std::vector<plan::FrameSet>& frames,
                    Preparation& result) {
    for (const plan::Fit& fit : plan.fits)
        for (const plan::PointsClause& clause : fit.clauses)
            if (clause.for_each)
                if (auto made = followed(plan, clause, frames, result.motions))
                    result.followed_clauses.emplace(&clause, *std::move(made));
}

Result<void> compile_patterns(const plan::Plan& plan, Preparation& result) {
    for (const plan::Node& node : plan.nodes) {
        if (node.op != plan::Op::Matches && node.op != plan::Op::Like)
            continue;
        for (std::size_t i = 1; i < node.operands.size(); ++i) {
            const plan::NodeId id = node.operands[i];
            const plan::Node& pattern = plan.node(id);
            if (pattern.op != plan::Op::Constant || !pattern.literal.known())
                continue;
            if (node.op == plan::Op::Like) {
                result.like_patterns.try_emplace(id, pattern.literal.text());
                continue;
            }
            auto compiled = RegularExpression::compile(pattern.literal.text());
            if (!compiled)
                return tl::unexpected(compiled.error());
            result.regular_expressions.try_emplace(id, *std::move(compiled));
        }
    }
    return {};
}

std::int64_t out_tier(const plan::Plan& plan, const plan::Rule& rule) {
    if (rule.kind != plan::RuleKind::Fit || !rule.type.is(plan::TypeKind::Enum))
        return 0;
    return plan.schema.enums[rule.type.enum_index()].index_of("out").value_or(0);
}

} // namespace

Result<PreparedPlan> PreparedPlan::prepare(const plan::Plan& plan) {
    auto result = std::make_unique<Preparation>();
    result->plan = &plan;
    result->zone = time::find_zone(plan.timezone);
    if (result->zone == nullptr)
        return make_error("plan.zone", "the time zone \"" + plan.timezone + "\" is not known");
    const auto graph = NodeGraph::of(plan);
    if (!graph)
        return tl::unexpected(graph.error());
    if (graph->deepest > kDeepestExpression)
        return make_error("plan.depth", "expressions and the rules that they read nest too deeply");
    keep_shared_nodes(plan, *graph, *result);
    result->kept_elements_slot = slots_of_kept_elements(plan);
    for (const std::uint32_t slot : result->kept_elements_slot)
        result->kept_elements_slots += slot == kNoSlot ? 0 : 1;
    result->motions = plan::motions(plan);
    const auto frames = plan::frames_of_nodes(plan);
    for (const plan::FrameSet each : frames)
        result->innermost_frame.push_back(plan::innermost(each));
    follow_aggregates(plan, frames, *result);
    follow_clauses(plan, frames, *result);
    for (plan::NodeId id = 0; id < plan.nodes.size(); ++id)
        if (looks_back(plan.nodes[id].op))
            result->past_sources[id] = plan::sources_of_change(plan, plan.nodes[id].operands[0]);
    if (const auto compiled = compile_patterns(plan, *result); !compiled)
        return tl::unexpected(compiled.error());
    for (const plan::Rule& rule : plan.rules)
        result->out_tier.push_back(out_tier(plan, rule));
    return PreparedPlan(std::move(result));
}

PreparedPlan::PreparedPlan(std::unique_ptr<Preparation> preparation)
    : preparation_(std::move(preparation)) {}
PreparedPlan::~PreparedPlan() = default;
PreparedPlan::PreparedPlan(PreparedPlan&&) noexcept = default;
PreparedPlan& PreparedPlan::operator=(PreparedPlan&&) noexcept = default;

const plan::Plan& PreparedPlan::plan() const {
    return *preparation_->plan;
}

} // namespace rulebook::interpret
