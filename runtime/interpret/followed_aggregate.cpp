#include "runtime/interpret/followed_aggregate.hpp"

#include "runtime/interpret/holds_until.hpp"

namespace rulebook::interpret {

FollowedAggregate::FollowedAggregate(const Followed& followed)
    : followed_(&followed), elements_(ChangingElements(followed)) {
    if (followed.is_run)
        elements_ = RunOfRows(followed);
}

std::optional<Value> FollowedAggregate::value(const Call& call) {
    Evaluation& evaluation = call.evaluation;
    if (evaluation.frame(0) != root_ || evaluation.instant() < instant_) {
        root_ = evaluation.frame(0);
        fits_ = true;
        std::visit([](auto& elements) { elements.start_afresh(); }, elements_);
    }
    instant_ = evaluation.instant();
    return std::visit(
        [&](auto& elements) -> std::optional<Value> {
            fits_ = fits_ && elements.go_to_now(evaluation);
            return fits_ ? elements.totals().value(call) : std::nullopt;
        },
        elements_);
}

void FollowedAggregate::note_changes(Evaluation& evaluation) const {
    if (!fits_)
        return note_changes_of_elements(evaluation, *followed_->aggregate);
    std::visit(
        [&](const auto& elements) {
            elements.note_changes(evaluation);
            const plan::NodeId value = followed_->aggregate->value;
            if (value != plan::kNoNode && evaluation.preparation().is_linear(value) &&
                elements.totals().elements() > 0)
                note_next_day(evaluation);
        },
        elements_);
}

std::size_t FollowedAggregate::kept() const {
    return std::visit(
        [](const auto& elements) { return elements.kept() + elements.totals().kept(); }, elements_);
}

} // namespace rulebook::interpret
