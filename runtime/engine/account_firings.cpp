#include "runtime/engine/account_firings.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

namespace rulebook::engine {

using trigger::Candidate;

AccountFirings::AccountFirings(const Prepared& prepared, interpret::Evaluator& evaluator, By by,
                               Code code)
    : prepared_(prepared), code_(std::move(code)),
      fired_([this](std::uint32_t rule, std::int64_t until) { return last_fired(rule, until); }) {
    const bool scans = by == By::Piece && !prepared.scans.scans().empty();
    if (scans)
        scan_.emplace(prepared.scans, evaluator);
    const trigger::TriggerShapes& shapes = scans ? prepared.not_scanned : prepared.triggers;
    if (!shapes.rules().empty())
        triggers_.emplace(shapes, evaluator);
}

void AccountFirings::begin(const Piece& piece) {
    if (!scan_)
        return;
    const native::TriggerCode* const code = code_ ? code_() : nullptr;
    if (code != nullptr && code != taken_up_) {
        scan_->use(*code, prepared_.expressions, prepared_.as_of);
        taken_up_ = code;
    }
    scan_->run(static_cast<AccountIndex>(piece.first), static_cast<AccountIndex>(piece.last),
               prepared_.as_of);
}

const interpret::FiredLookup* AccountFirings::of(AccountIndex account) {
    if (prepared_.selection.running.empty())
        return nullptr;
    firings_.clear();
    passed_.clear();
    pending_.clear();
    if (triggers_) {
        triggers_->run(account, prepared_.as_of, nullptr, trigger::AccountTriggers::Keep::Firings);
        firings_ = triggers_->candidates();
        passed_ = triggers_->passed();
        pending_ = triggers_->pending();
    }
    if (scan_)
        add_scanned(account);
    return &fired_;
}

void AccountFirings::add_scanned(AccountIndex account) {
    const scan::AccountFindings& found = scan_->of(account);
    const auto before = static_cast<std::ptrdiff_t>(firings_.size());
    firings_.insert(firings_.end(), found.firings.begin(), found.firings.end());
    if (before > 0)
        std::ranges::sort(firings_, {}, [](const Candidate& firing) {
            return std::tuple(firing.instant, firing.rule); // at most one of a trigger and instant
        });
    passed_.insert(found.passed.begin(), found.passed.end());
    std::ranges::copy(found.pending, std::back_inserter(pending_));
}

// Of firings that ascend by instant, the last one with status fired.
std::optional<std::int64_t> AccountFirings::last_fired(std::uint32_t rule,
                                                       std::int64_t until) const {
    const auto after = std::ranges::upper_bound(firings_, until, {}, &Candidate::instant);
    for (auto firing = std::make_reverse_iterator(after); firing != firings_.rend(); ++firing)
        if (firing->rule == rule && firing->status() == trigger::Status::Fired)
            return firing->instant;
    return std::nullopt;
}

} // namespace rulebook::engine
