#include "runtime/credit/columns/version_values.hpp"

namespace rulebook::credit::columns {

namespace {

// All records of a collection right below the root's records.
data::RowRange children_of(const data::Dataset& dataset, plan::EntityIndex entity, RowIndex first,
                           RowIndex last) {
    if (first == last)
        return {};
    return {dataset.children(entity, first).first, dataset.children(entity, last - 1).last};
}

} // namespace

void VersionValues::take_up(const native::CreditCode& code,
                            const interpret::PreparedPlan& expressions, std::int64_t as_of) {
    const auto take = [&](std::optional<RecordValues>& values, const native::Code* made) {
        if (made != nullptr && !(values && values->go_over_to(*made)))
            values.emplace(*made, expressions, dataset_);
    };
    const std::uint32_t version = version_.version->index;
    take(claims_, native::CreditCode::find(code.claims, version, as_of));
    take(parts_, native::CreditCode::find(code.parts, version, as_of));
    if (version_.filter == VersionColumns::Filter::OfTouch)
        take(filter_, native::CreditCode::find(code.filters, version, as_of));
}

void VersionValues::ask(RowIndex first, RowIndex last, std::int64_t as_of) {
    const data::RowRange deals = children_of(dataset_, version_.credit->deals, first, last);
    if (claims_) {
        instants_.assign(deals.size(), as_of);
        claims_->ask(deals.first, instants_);
    }
    if (parts_)
        ask_parts(deals, as_of);
    if (filter_) {
        const data::RowRange touches = children_of(dataset_, version_.credit->touches, first, last);
        const auto instants = version_.touches(dataset_).instants;
        instants_.assign(instants.begin() + touches.first, instants.begin() + touches.last);
        filter_->ask(touches.first, instants_);
    }
}

// At the instants that claims give; of deals without one nobody asks.
void VersionValues::ask_parts(data::RowRange deals, std::int64_t as_of) {
    instants_.assign(deals.size(), as_of);
    for (RowIndex deal = deals.first; claims_ && deal < deals.last; ++deal)
        if (const auto at = claims_->of(version_.credit->at, deal, as_of); at && at->known())
            instants_[deal - deals.first] = at->integer();
    parts_->ask(deals.first, instants_);
}

} // namespace rulebook::credit::columns
