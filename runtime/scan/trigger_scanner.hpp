// Where a trigger's candidates are, over a piece of the accounts: by the loop for its form, or by
// its machine.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/scan/becomes_scan.hpp"
#include "runtime/scan/machine_scan.hpp"
#include "runtime/scan/piece.hpp"
#include "runtime/scan/scan_shape.hpp"
#include "runtime/scan/signal_planes.hpp"
#include "runtime/scan/wait_scans.hpp"
#include "runtime/trigger/row_surroundings.hpp"

namespace rulebook::scan {

// One thread at a time. What it is given outlives it.
class TriggerScanner {
public:
    TriggerScanner(const ScanShape& shape, const trigger::TriggerShapes& triggers,
                   const interpret::Evaluator& evaluator, trigger::RowSurroundings& surroundings);

    const ScanShape& shape() const { return *shape_; }

    // Of `becomes C`: C is asked of the code.
    void use(const native::Code& code, const interpret::PreparedPlan& expressions) {
        becomes_->use(code, expressions);
    }

    // Calls emit(found) for the candidates up to as_of, account by account, as they ascend. It says
    // whether one is a firing, which uses up the events. `planes`: of all collections that signals
    // range over.
    using Emit = MachineScan::Emit;
    void run(std::span<const SignalPlanes> planes, const Piece& piece, const Emit& emit);

    // The same where every candidate is a firing, or none is; false: there is no such loop for the
    // form.
    bool run_firing(std::span<const SignalPlanes> planes, std::vector<Found>& found);
    bool run_keeping(std::span<const SignalPlanes> planes, std::vector<Found>& found);

    // The same where those of run_keeping() have answers, and one more stands behind them: which
    // fire, and which pass. Only behind a run_keeping() that there was a loop for.
    void run_answered(std::span<const SignalPlanes> planes, const Truth* answers,
                      std::vector<Found>& found, std::vector<Passed>& passed);

    // Of the last run(), by account: what waits for its deadline.
    const std::vector<Waiting>& waiting() const { return waits_.waiting; }

private:
    template <class Visit>
    bool with_pattern_scan(const Visit& visit) const;
    template <class Run>
    bool run_loop(std::span<const SignalPlanes> planes, const Run& run);
    void run_waits(const SignalPlanes& planes, const Piece& piece, const Emit& emit);
    bool has_loop() const { return events_ != nullptr; }
    const SignalPlanes& planes_of(std::span<const SignalPlanes> planes) const;
    void run_machine(std::span<const SignalPlanes> planes, const Piece& piece, const Emit& emit);
    const Plane& any_of(const SignalPlanes& planes, const std::vector<std::uint32_t>& signals,
                        Plane& joined) const;

    const ScanShape* shape_;
    const data::Table* events_ = nullptr; // null where there is no loop for the form
    EventColumns columns_;
    std::optional<MachineScan> machine_;
    std::optional<BecomesScan> becomes_;
    WaitResults waits_;
    Plane a_, b_;
    std::vector<Found> room_; // as many as there may be in a piece
    std::vector<Passed> room_of_passed_;
};

} // namespace rulebook::scan
