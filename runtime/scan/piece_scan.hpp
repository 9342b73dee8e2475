// The scanned triggers over a piece of the accounts: every trigger goes over its own events of all
// of them; then, account by account, the candidates of all triggers are judged in their order.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/native/trigger_code.hpp"
#include "runtime/scan/condition_values.hpp"
#include "runtime/scan/scan_shapes.hpp"
#include "runtime/scan/scan_surroundings.hpp"
#include "runtime/scan/signal_planes.hpp"
#include "runtime/scan/trigger_scanner.hpp"
#include "runtime/trigger/account_triggers.hpp"
#include "runtime/trigger/judgement.hpp"

namespace rulebook::scan {

// What a trigger found in a piece.
struct TriggerFindings {
    std::uint32_t rule = 0;
    bool is_judged = false;       // false: every candidate has fired, nothing can stop it
    std::vector<Found> found;     // candidates that are firings of some status; by account, instant
    std::vector<Waiting> waiting; // by account
    // Candidates that are no firing, by account.
    std::vector<std::pair<AccountIndex, trigger::Verdict>> passed;

    void clear() {
        found.clear();
        waiting.clear();
        passed.clear();
    }
};

// What they come to for one account.
struct AccountFindings {
    // Judged: ascending by instant, then in the order of Plan::rules.
    std::vector<trigger::Candidate> firings;
    trigger::AccountTriggers::Passed passed;
    std::vector<trigger::Pending> pending; // in the order of Plan::rules
};

// One thread at a time. Shapes and evaluator outlive it; the evaluator's plan is that of the
// shapes.
class PieceScan {
public:
    PieceScan(const ScanShapes& shapes, interpret::Evaluator& evaluator,
              trigger::ControlChoice controls = {});
    PieceScan(const PieceScan&) = delete;
    PieceScan& operator=(const PieceScan&) = delete;

    // From the next piece on, conditions are asked of the code as far as it has them, instead of
    // any that was used before: of what it has for `as_of`. It was compiled from the plan of
    // `expressions`; both outlive this.
    void use(const native::TriggerCode& code, const interpret::PreparedPlan& expressions,
             std::int64_t as_of);

    // The accounts [first, last), up to and including `as_of`.
    void run(AccountIndex first, AccountIndex last, std::int64_t as_of);

    // Of the piece that was run last; in the order of Plan::rules.
    const std::vector<TriggerFindings>& findings() const { return findings_; }

    // What the triggers come to for an account of that piece. Accounts are asked about in ascending
    // order. Valid until the next call.
    const AccountFindings& of(AccountIndex account);

private:
    // Of one trigger; as the shapes' scans.
    struct OfTrigger {
        TriggerScanner scanner;
        bool asks_when = false;    // some version does
        bool always_fires = false; // every candidate is a firing, if it is not before the origin
        // The only condition that decides about that; kNoNode: there is none, or something else.
        plan::NodeId fires_when = plan::kNoNode;
        std::optional<ConditionValues> conditions{};
        std::vector<Found> asked{}; // the candidates that these were asked about, as they ascend
        std::vector<Passed> passed_by_answer{};
        // How much of its findings was gathered for accounts so far.
        std::size_t found = 0, waiting = 0, passed = 0;
    };

    void find_origins();
    void scan(std::size_t trigger);
    bool scan_answered(std::size_t trigger);
    bool all_are_in_time(const std::vector<Found>& found) const;
    const plan::Trigger& version_of(std::size_t trigger, std::uint32_t version) const;
    std::optional<trigger::Verdict> stopped_before(std::size_t trigger, const Found& found) const;
    bool note(std::size_t trigger, const Found& found);
    std::optional<plan::Value> compiled(plan::NodeId node,
                                        const trigger::Candidate& candidate) const;
    trigger::Candidate candidate_of(std::size_t trigger, const Found& found) const;
    bool gather(std::size_t trigger, AccountIndex account);
    void judge(std::vector<trigger::Candidate>& candidates);

    const ScanShapes& shapes_;
    interpret::Evaluator& evaluator_;
    ScanSurroundings surroundings_;
    trigger::Judgement judgement_;
    std::vector<SignalPlanes> planes_;
    std::vector<OfTrigger> triggers_;
    std::vector<TriggerFindings> findings_; // one each
    std::vector<std::int64_t> origins_;     // of the piece
    Piece piece_;
    AccountFindings account_;
};

} // namespace rulebook::scan
