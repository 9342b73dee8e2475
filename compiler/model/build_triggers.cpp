// trigger: what it waits for, when it fires, how often, what it says.
#include "compiler/model/checker.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::Pattern;
using rulebook::plan::RuleKind;
using rulebook::plan::Trigger;

class TriggerBuilder {
public:
    TriggerBuilder(Context& context, const Declared<ast::Trigger>& declared, Trigger& trigger)
        : context_(context), file_(*declared.file), node_(*declared.node), trigger_(trigger),
          checker_(context, file_,
                   root_scope(context.book, kTriggerLayer,
                              reader_name(RuleKind::Trigger, declared.node->head.name.text))) {}

    void build() {
        build_pattern();
        build_conditions();
        build_frequency();
        if (node_.say.present())
            trigger_.say = checker_.check_as(node_.say, Type::of(TypeKind::Text));
        refuse_later_parts();
    }

private:
    void build_pattern() {
        if (!node_.on.present()) {
            context_.diagnostics.emit<RB3004>(node_.head.name.span, node_.head.name.text);
            return;
        }
        trigger_.on_note = source_note(context_, file_[node_.on].span);
        add(node_.on);
    }

    // Adds the pattern behind its operands; its index, or nothing after a report.
    std::optional<std::uint32_t> add(ast::PatternId id) {
        if (!id.present())
            return std::nullopt;
        const ast::Pattern& pattern = file_[id];
        return std::visit([&](const auto& node) { return add(node, pattern.span); }, pattern.node);
    }

    std::optional<std::uint32_t> add(const ast::SignalPattern& node, Span) {
        const NamedThing* thing = context_.find(node.signal.text);
        if (thing == nullptr || thing->kind != NameKind::Signal) {
            auto& report = context_.diagnostics.emit<RB3003>(node.signal.span, node.signal.text);
            suggest(report, node.signal.span, node.signal.text,
                    context_.names_of(NameKind::Signal));
            return std::nullopt;
        }
        Pattern made;
        made.kind = Pattern::Kind::Signal;
        made.signal = thing->index;
        return push(std::move(made));
    }

    std::optional<std::uint32_t> add(const ast::JoinedPattern& node, Span) {
        Pattern made;
        switch (node.op) {
        case ast::PatternOperator::Then:
            made.kind = Pattern::Kind::Then;
            break;
        case ast::PatternOperator::And:
            made.kind = Pattern::Kind::And;
            break;
        case ast::PatternOperator::Or:
            made.kind = Pattern::Kind::Or;
            break;
        }
        bool sound = true;
        for (const ast::PatternId operand : node.operands) {
            const auto index = add(operand);
            sound = sound && index.has_value();
            made.operands.push_back(index.value_or(0));
        }
        if (!sound)
            return std::nullopt;
        return push(std::move(made));
    }

    std::optional<std::uint32_t> add(const ast::WithinPattern& node, Span span) {
        const auto inner = add(node.pattern);
        if (!inner)
            return std::nullopt;
        if (node.same || !node.duration.present()) {
            context_.diagnostics.emit<RB1009>(span, "patterns `within the same …`");
            return std::nullopt;
        }
        const auto length = literal_span(context_, file_, node.duration);
        if (!length)
            return std::nullopt;
        using rulebook::plan::Extent;
        Extent extent{
            .microseconds = length->microseconds, .unit = length->unit, .count = length->count};
        extent.kind = length->calendar ? Extent::Kind::Calendar : Extent::Kind::Elapsed;
        trigger_.on.patterns[*inner].within.push_back(extent);
        return inner;
    }

    std::optional<std::uint32_t> add(const ast::ErroneousPattern&, Span) { return std::nullopt; }

    template <class Later>
    std::optional<std::uint32_t> add(const Later&, Span span) {
        context_.diagnostics.emit<RB1009>(span, "patterns of this kind");
        return std::nullopt;
    }

    std::uint32_t push(Pattern pattern) {
        trigger_.on.patterns.push_back(std::move(pattern));
        return static_cast<std::uint32_t>(trigger_.on.patterns.size() - 1);
    }

    void build_conditions() {
        if (node_.when) {
            trigger_.when = checker_.check_condition(node_.when->expression);
            trigger_.when_note = source_note(context_, node_.when->span);
        }
        for (const ast::Condition& unless : node_.unless)
            trigger_.unless.push_back({checker_.check_condition(unless.expression),
                                       unless.because ? unless.because->value : "",
                                       source_note(context_, unless.span, unless.because)});
    }

    void build_frequency() {
        const Span name = node_.head.name.span;
        trigger_.once = node_.once.somewhere();
        if (node_.cooldown)
            trigger_.cooldown = literal_duration(context_, file_, node_.cooldown->duration);
        for (const ast::Frequency& limit : node_.limits) {
            const auto count = literal_int(context_, file_, limit.count);
            const auto per = literal_duration(context_, file_, limit.per);
            if (count && *count < 1)
                context_.diagnostics.emit<RB3005>(file_[limit.count].span);
            if (count && per)
                trigger_.at_most.push_back({*count, *per});
        }
        const bool limited = trigger_.once || node_.cooldown || !node_.limits.empty();
        if (!limited && !node_.each_time.somewhere())
            context_.diagnostics.emit<RB3002>(name, node_.head.name.text);
        if (trigger_.once && node_.each_time.somewhere())
            context_.diagnostics.emit<RB3006>(node_.each_time, "once");
    }

    void refuse_later_parts() {
        if (node_.policy.present())
            context_.diagnostics.emit<RB1009>(node_.policy.span, "policies");
        if (node_.control)
            context_.diagnostics.emit<RB1009>(node_.control->span, "control groups");
    }

    Context& context_;
    const ast::File& file_;
    const ast::Trigger& node_;
    Trigger& trigger_;
    Checker checker_;
};

} // namespace

void build_triggers(Context& context) {
    for (std::size_t i = 0; i < context.trigger_nodes.size(); ++i) {
        Trigger trigger = context.book.triggers[i];
        TriggerBuilder(context, context.trigger_nodes[i], trigger).build();
        context.book.triggers[i] = std::move(trigger);
    }
}

} // namespace rulec::model
