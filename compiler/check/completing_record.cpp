// Conditions on the record that completes a pattern: of several at one instant the last is read.
#include <algorithm>

#include "compiler/check/triggers.hpp"

namespace rulec::check {

namespace {

using model::Expression;
using model::ExpressionKind;
using model::ExprId;
using rulebook::plan::On;
using rulebook::plan::Op;
using rulebook::plan::Trigger;

class CompletingReads {
public:
    // frames: of the root and of the completing records.
    CompletingReads(const model::Rulebook& book, std::uint32_t frames)
        : book_(book), frames_(frames) {}

    bool reads(ExprId id) const {
        if (!model::present(id))
            return false;
        const Expression& expression = book_[id];
        if (expression.kind == ExpressionKind::Definition)
            return std::ranges::any_of(expression.frames,
                                       [&](std::uint32_t frame) { return is_completing(frame); });
        if (expression.kind == ExpressionKind::Operation && expression.op == Op::Field &&
            is_completing(expression.level))
            return true;
        if (expression.kind == ExpressionKind::Operation && expression.op == Op::Aggregate) {
            const auto& aggregate = book_.aggregates[expression.index];
            if (reads(aggregate.where) || reads(aggregate.value) || reads(aggregate.have))
                return true;
        }
        return std::ranges::any_of(expression.operands, [&](ExprId one) { return reads(one); });
    }

private:
    bool is_completing(std::uint32_t frame) const { return frame > 0 && frame < frames_; }

    const model::Rulebook& book_;
    std::uint32_t frames_;
};

} // namespace

void check_completing_record(const model::Rulebook& book, Diagnostics& diagnostics) {
    for (const Trigger& trigger : book.triggers) {
        const bool each_time = !trigger.once && !trigger.cooldown && trigger.at_most.empty();
        if (trigger.on.kind != On::Kind::Pattern || !each_time)
            continue;
        const CompletingReads reads(book,
                                    1 + static_cast<std::uint32_t>(trigger.completing.size()));
        if (reads.reads(trigger.when))
            diagnostics.emit<RB3114>(book[trigger.when].span, "when");
        for (const auto& unless : trigger.unless)
            if (reads.reads(unless.when))
                diagnostics.emit<RB3114>(book[unless.when].span, "unless");
    }
}

} // namespace rulec::check
