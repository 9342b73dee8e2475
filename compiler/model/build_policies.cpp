// policy: what the triggers that name it share.
#include "compiler/model/trigger_parts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::Policy;
using rulebook::plan::RuleKind;

class PolicyBuilder {
public:
    PolicyBuilder(Context& context, std::uint32_t index, Policy& policy)
        : context_(context), file_(*context.policy_nodes[index].file),
          node_(*context.policy_nodes[index].node), index_(index), policy_(policy) {}

    void build() {
        Checker checker(
            context_, file_,
            root_scope(context_.book, kTriggerLayer, fmt::format("policy `{}`", node_.name.text)));
        for (const ast::Condition& suppress : node_.suppress)
            policy_.suppress.push_back(stopper(context_, checker, suppress));
        for (const ast::Frequency& node : node_.limits)
            if (const auto limit = limit_of(context_, file_, node))
                policy_.limits.push_back(*limit);
        PolicySpans& spans = context_.book.policy_spans[index_];
        for (const ast::Name& name : node_.prefer)
            if (add(name, policy_.prefer))
                spans.prefer.push_back(name.span);
        for (const ast::Name& name : node_.exempt)
            if (add(name, policy_.exempt) && !spans.exempt.somewhere())
                spans.exempt = name.span;
        std::ranges::sort(policy_.exempt);
        policy_.control =
            control_group(context_, file_, node_.control, node_.salt, node_.name.text);
    }

private:
    bool is_member(const rulebook::plan::Rule& rule) const {
        return rule.kind == RuleKind::Trigger &&
               std::ranges::any_of(rule.versions, [&](std::uint32_t version) {
                   return context_.book.triggers[version].policy == index_;
               });
    }

    // False after a report, and for a name that is there already.
    bool add(const ast::Name& name, std::vector<std::uint32_t>& triggers) {
        const NamedThing* thing = context_.find(name.text);
        if (thing != nullptr && thing->kind == NameKind::Rule &&
            is_member(context_.book.rules[thing->index].head)) {
            if (std::ranges::find(triggers, thing->index) != triggers.end()) {
                context_.diagnostics.emit<RB3113>(name.span, name.text);
                return false;
            }
            triggers.push_back(thing->index);
            return true;
        }
        auto& report = context_.diagnostics.emit<RB3013>(name.span, name.text, node_.name.text);
        const bool is_trigger = thing != nullptr && thing->kind == NameKind::Rule &&
                                context_.book.rules[thing->index].head.kind == RuleKind::Trigger;
        if (is_trigger) {
            report.help(fmt::format("write `policy {}` into the trigger", node_.name.text));
            return false;
        }
        std::vector<std::string> members;
        for (const Rule& rule : context_.book.rules)
            if (is_member(rule.head))
                members.push_back(rule.head.name);
        suggest(report, name.span, name.text, members);
        return false;
    }

    Context& context_;
    const ast::File& file_;
    const ast::Policy& node_;
    std::uint32_t index_;
    Policy& policy_;
};

} // namespace

void build_policies(Context& context) {
    for (std::uint32_t i = 0; i < context.policy_nodes.size(); ++i) {
        Policy policy = context.book.policies[i];
        PolicyBuilder(context, i, policy).build();
        context.book.policies[i] = std::move(policy);
    }
}

} // namespace rulec::model
