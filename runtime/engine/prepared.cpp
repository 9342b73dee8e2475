#include "runtime/engine/prepared.hpp"

#include "runtime/engine/run.hpp"

namespace rulebook::engine {

Result<Prepared> Prepared::of(const plan::Plan& plan, const data::Dataset& dataset,
                              const std::vector<std::string>& only,
                              std::optional<std::int64_t> wanted) {
    auto selection = Selection::of(plan, only);
    if (!selection)
        return tl::unexpected(selection.error());
    const auto as_of = as_of_for(plan, dataset, wanted);
    if (!as_of)
        return tl::unexpected(as_of.error());
    auto expressions = interpret::PreparedPlan::prepare(plan);
    if (!expressions)
        return tl::unexpected(expressions.error());
    auto triggers = trigger::TriggerShapes::prepare(plan, selection->running);
    if (!triggers)
        return tl::unexpected(triggers.error());
    auto scans = scan::ScanShapes::prepare(plan, selection->running);
    if (!scans)
        return tl::unexpected(scans.error());
    auto not_scanned = trigger::TriggerShapes::prepare(plan, scans->others());
    if (!not_scanned)
        return tl::unexpected(not_scanned.error());
    auto credits = credit::CreditShapes::prepare(plan);
    if (!credits)
        return tl::unexpected(credits.error());
    return Prepared{plan,
                    dataset,
                    std::move(*expressions),
                    std::move(*triggers),
                    std::move(*scans),
                    std::move(*not_scanned),
                    std::move(*credits),
                    std::move(*selection),
                    *as_of,
                    as_of->value_or(0)};
}

bool Prepared::is_there(AccountIndex account) const {
    const auto since = dataset.origin_of(account);
    return !since || *since <= as_of;
}

} // namespace rulebook::engine
