#include "compiler/codegen/credit_code.hpp"

#include <algorithm>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/frames.hpp"
#include "runtime/plan/roots.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
namespace native = rulebook::native;
using plan::NodeId;

namespace {

constexpr std::uint32_t kDealLevel = 1;
constexpr std::uint32_t kTouchLevel = 2;

constexpr plan::FrameSet root_and(std::uint32_t level) {
    return static_cast<plan::FrameSet>(1U | 1U << level);
}

// Whether the node asks more of a deal than its records: what fired, what parties got, the touches
// that are taken, the account's other deals.
bool asks_more(const plan::Plan& plan, NodeId id) {
    return std::ranges::any_of(plan::nodes_behind(plan, id), [&](NodeId behind) {
        const plan::Node& node = plan.node(behind);
        return node.op == plan::Op::TriggerFired || node.op == plan::Op::CreditedAmount ||
               (node.op == plan::Op::Aggregate &&
                plan.aggregates[node.index].source != plan::AggregateSource::Collection);
    });
}

bool is_constant(const plan::Plan& plan, NodeId id) {
    return plan.node(id).op == plan::Op::Constant;
}

class Requests {
public:
    Requests(const plan::Plan& plan, std::int64_t instant)
        : plan_(plan), instant_(instant), frames_(plan::frames_of_nodes(plan)) {}

    Request claims(const plan::Credit& credit) const {
        return over(credit.deals, kDealLevel, {credit.deal_where, credit.at});
    }

    Request parts(const plan::Credit& credit) const {
        std::vector<NodeId> nodes{credit.divide};
        for (const plan::Split& split : credit.splits) {
            nodes.push_back(split.when);
            for (const plan::MilestoneShare& milestone : split.milestones)
                nodes.push_back(milestone.instant);
            for (const plan::RateRow& row : split.rates)
                nodes.push_back(row.when);
        }
        for (const plan::Flag& flag : credit.flags)
            nodes.push_back(flag.when);
        return over(credit.deals, kDealLevel, std::move(nodes));
    }

    // Where it asks nothing but what never changes; so that the instant says nothing.
    Request filter(const plan::Credit& credit) const {
        const bool looks_around =
            credit.touch_where != plan::kNoNode &&
            std::ranges::any_of(plan::nodes_behind(plan_, credit.touch_where),
                                [&](NodeId id) { return plan::looks_around(plan_.node(id).op); });
        return over(credit.touches, kTouchLevel,
                    {looks_around ? plan::kNoNode : credit.touch_where});
    }

private:
    // What can be compiled of the nodes, once each.
    Request over(plan::EntityIndex entity, std::uint32_t level, std::vector<NodeId> nodes) const {
        std::erase_if(nodes, [&](NodeId id) {
            return id == plan::kNoNode || is_constant(plan_, id) ||
                   (frames_[id] & ~root_and(level)) != 0 || asks_more(plan_, id);
        });
        std::ranges::sort(nodes);
        const auto repeated = std::ranges::unique(nodes);
        nodes.erase(repeated.begin(), repeated.end());
        std::vector<std::uint32_t> rules;
        for (const NodeId id : plan::nodes_behind(plan_, nodes))
            if (const plan::Node& node = plan_.node(id);
                plan::reads_rule(node.op) && node.op != plan::Op::TableOutput)
                rules.push_back(node.index);
        return {instant_, std::move(rules), std::move(nodes), native::About{entity, level}};
    }

    const plan::Plan& plan_;
    std::int64_t instant_;
    std::vector<plan::FrameSet> frames_;
};

} // namespace

std::vector<PurposedRequest> credit_programs(const plan::Plan& plan, const CreditRequest& request) {
    const Requests requests(plan, request.instant);
    std::vector<PurposedRequest> programs;
    const auto add = [&](native::ProgramUse use, std::uint32_t version, Request asked) {
        if (!asked.values.empty())
            programs.push_back({{use, version}, std::move(asked)});
    };
    for (const std::uint32_t rule : request.rules) {
        if (plan.rules[rule].kind != plan::RuleKind::Credit)
            continue;
        for (const std::uint32_t version : plan.rules[rule].versions) {
            const plan::Credit& credit = plan.credits[version];
            add(native::ProgramUse::Claims, version, requests.claims(credit));
            add(native::ProgramUse::Parts, version, requests.parts(credit));
            add(native::ProgramUse::Filters, version, requests.filter(credit));
        }
    }
    return programs;
}

rulebook::Result<native::CreditCode>
compile_credits(const plan::Plan& plan, const CreditRequest& request, Optimization optimization,
                const Workers& workers, const ObjectCache* cache) {
    return compile_all<native::CreditCode>(plan, credit_programs(plan, request), optimization,
                                           workers, cache);
}

} // namespace rulec::codegen
