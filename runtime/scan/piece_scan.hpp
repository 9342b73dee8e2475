// The scanned triggers over a piece of the accounts: every trigger goes over its own events of all
// of them; then, account by account, the candidates of all triggers are judged in their order.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/scan/machine_scan.hpp"
#include "runtime/scan/occurrence.hpp"
#include "runtime/scan/scan_shapes.hpp"
#include "runtime/scan/signal_planes.hpp"
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

    // How many of each were gathered for the accounts that were asked about.
    std::size_t found_taken = 0, waiting_taken = 0, passed_taken = 0;
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
    ~PieceScan();

    // The accounts [first, last), up to and including `as_of`.
    void run(AccountIndex first, AccountIndex last, std::int64_t as_of);

    // Of the piece that was run last; in the order of Plan::rules.
    const std::vector<TriggerFindings>& findings() const { return findings_; }

    // What the triggers come to for an account of that piece. Accounts are asked about in ascending
    // order. Valid until the next call.
    const AccountFindings& of(AccountIndex account);

private:
    void scan(std::size_t trigger);
    template <class Scan>
    void scan_pattern(std::size_t trigger, Scan scan);
    void scan_waits(std::size_t trigger);
    void scan_silences(std::size_t trigger);
    void scan_with_machine(std::size_t trigger);
    bool gather(std::size_t trigger, AccountIndex account);
    bool note(std::size_t trigger, const Found& found);
    void note(std::size_t trigger, const Waiting& waiting);
    trigger::Candidate candidate_of(std::size_t trigger, const Found& found) const;
    SignalPlanes& planes_of(plan::EntityIndex collection);
    EventColumns columns_of(plan::EntityIndex collection) const;
    const Plane& any_of(const SignalPlanes& planes, const std::vector<std::uint32_t>& signals,
                        Plane& joined) const;
    data::RowRange rows_of(plan::EntityIndex collection, AccountIndex account) const;
    void judge(std::vector<trigger::Candidate>& candidates);

    const ScanShapes& shapes_;
    interpret::Evaluator& evaluator_;
    trigger::RowSurroundings surroundings_;
    trigger::Judgement judgement_;
    std::vector<SignalPlanes> planes_;
    std::vector<std::optional<MachineScan>>
        machines_;                          // as the shapes' scans; of those that need one
    std::vector<TriggerFindings> findings_; // likewise
    Plane a_, b_;
    AccountIndex first_ = 0, last_ = 0;
    std::int64_t as_of_ = 0;
    AccountFindings account_;
};

} // namespace rulebook::scan
