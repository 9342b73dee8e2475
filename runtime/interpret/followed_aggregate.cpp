#include "runtime/interpret/followed_aggregate.hpp"

#include "runtime/interpret/holds_until.hpp"

namespace rulebook::interpret {

FollowedAggregate::FollowedAggregate(const Followed& followed)
    : followed_(&followed), elements_(RunOfRows(followed)),
      totals_(*followed.aggregate, followed.changes.slope, followed.is_run) {
    if (!followed.is_run)
        elements_ = ChangingElements(followed);
}

std::optional<Value> FollowedAggregate::value(const Call& call) {
    Evaluation& evaluation = call.evaluation;
    if (evaluation.frame(0) != root_ || evaluation.instant() < instant_) {
        root_ = evaluation.frame(0);
        fits_ = true;
        std::visit([](auto& elements) { elements.start_afresh(); }, elements_);
    }
    instant_ = evaluation.instant();
    fits_ =
        fits_ && std::visit([&](auto& elements) { return elements.go_to_now(evaluation, totals_); },
                            elements_);
    return fits_ ? totals_.value(call) : std::nullopt;
}

void FollowedAggregate::note_changes(Evaluation& evaluation) const {
    if (!fits_)
        return note_changes_of_elements(evaluation, *followed_->aggregate);
    std::visit([&](const auto& elements) { elements.note_changes(evaluation); }, elements_);
    const plan::NodeId value = followed_->aggregate->value;
    if (value != plan::kNoNode && evaluation.preparation().is_linear(value) &&
        totals_.elements() > 0)
        note_next_day(evaluation);
}

std::size_t FollowedAggregate::kept() const {
    const auto* changing = std::get_if<ChangingElements>(&elements_);
    return totals_.kept() + (changing == nullptr ? 0 : changing->kept());
}

} // namespace rulebook::interpret
