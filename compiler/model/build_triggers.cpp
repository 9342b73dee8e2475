// trigger: what it waits for, when it fires, how often, what it says.
#include "compiler/model/checker.hpp"

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"
#include "compiler/model/on_builder.hpp"
#include "compiler/model/trigger_parts.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::RuleKind;
using rulebook::plan::Trigger;

class TriggerBuilder {
public:
    TriggerBuilder(Context& context, const Declared<ast::Trigger>& declared, Trigger& trigger,
                   TriggerSpans& spans)
        : context_(context), file_(*declared.file), node_(*declared.node), trigger_(trigger),
          spans_(spans), reader_(reader_name(RuleKind::Trigger, declared.node->head.name.text)) {}

    void build() {
        build_policy();
        build_conditions(build_on());
        build_frequency();
    }

private:
    void build_policy() {
        trigger_.control =
            control_group(context_, file_, node_.control, node_.salt, node_.head.name.text);
        if (!node_.policy.present())
            return;
        const ast::Name& name = node_.policy;
        const NamedThing* thing = context_.find(name.text);
        if (thing == nullptr || thing->kind != NameKind::Policy) {
            auto& report = context_.diagnostics.emit<RB3012>(name.span, name.text);
            suggest(report, name.span, name.text, context_.names_of(NameKind::Policy));
            return;
        }
        trigger_.policy = thing->index;
        const auto& shared = context_.policy_nodes[thing->index].node->control;
        if (node_.control && shared)
            context_.diagnostics.emit<RB3022>(node_.control->span, name.text).label(shared->span);
    }

    Completion build_on() {
        if (!node_.on.present()) {
            context_.diagnostics.emit<RB3004>(node_.head.name.span, node_.head.name.text);
            return {};
        }
        spans_.on = file_[node_.on].span;
        trigger_.on_note = source_note(context_, spans_.on);
        return OnBuilder(context_, file_, reader_, trigger_.on, spans_).build(node_.on);
    }

    // `when`, `unless` and `say` may read the record that completes the pattern.
    void build_conditions(const Completion& completion) {
        Scope scope = root_scope(context_.book, kTriggerLayer, reader_);
        for (const auto entity : completion.entities)
            scope.frames.push_back({entity, context_.book.schema.entities[entity].name,
                                    completion.entities.size() > 1});
        scope.completed_by = completion.words;
        trigger_.completing = completion.entities;
        Checker checker(context_, file_, std::move(scope));
        if (node_.when) {
            trigger_.when = checker.check_condition(node_.when->expression);
            trigger_.when_note = source_note(context_, node_.when->span);
        }
        for (const ast::Condition& unless : node_.unless)
            trigger_.unless.push_back(stopper(context_, checker, unless));
        if (node_.say.present())
            trigger_.say = checker.check_as(node_.say, Type::of(TypeKind::Text));
    }

    void build_frequency() {
        trigger_.once = node_.once.somewhere();
        if (node_.cooldown)
            trigger_.cooldown = literal_length(context_, file_, node_.cooldown->duration);
        for (const ast::Frequency& node : node_.limits)
            if (const auto limit = limit_of(context_, file_, node))
                trigger_.at_most.push_back(*limit);
        const bool limited = trigger_.once || node_.cooldown || !node_.limits.empty();
        if (!limited && !node_.each_time.somewhere())
            context_.diagnostics.emit<RB3002>(node_.head.name.span, node_.head.name.text);
        if (limited && node_.each_time.somewhere())
            context_.diagnostics.emit<RB3006>(node_.each_time, trigger_.once    ? "once"
                                                               : node_.cooldown ? "cooldown"
                                                                                : "at most");
    }

    Context& context_;
    const ast::File& file_;
    const ast::Trigger& node_;
    Trigger& trigger_;
    TriggerSpans& spans_;
    std::string reader_;
};

} // namespace

void build_triggers(Context& context) {
    for (std::size_t i = 0; i < context.trigger_nodes.size(); ++i) {
        Trigger trigger = context.book.triggers[i];
        TriggerSpans spans = context.book.trigger_spans[i];
        TriggerBuilder(context, context.trigger_nodes[i], trigger, spans).build();
        context.book.triggers[i] = std::move(trigger);
        context.book.trigger_spans[i] = std::move(spans);
    }
}

} // namespace rulec::model
