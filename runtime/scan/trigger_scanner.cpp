#include "runtime/scan/trigger_scanner.hpp"

#include <utility>

#include "runtime/scan/over_events.hpp"
#include "runtime/scan/pattern_scans.hpp"

namespace rulebook::scan {

TriggerScanner::TriggerScanner(const ScanShape& shape, const trigger::TriggerShapes& triggers,
                               const interpret::Evaluator& evaluator,
                               trigger::RowSurroundings& surroundings)
    : shape_(&shape) {
    if (shape.kind == ScanKind::Watch) {
        std::vector<plan::ChangeSource> sources;
        for (const std::uint32_t source : shape.version().sources)
            sources.push_back(triggers.sources()[source]);
        watch_.emplace(shape.version(), std::move(sources), evaluator, surroundings);
        return;
    }
    events_ = &evaluator.dataset().table(shape.collection);
    const plan::Entity& entity = evaluator.plan().schema.entities[shape.collection];
    columns_ = {events_->parents().data(),
                events_->column(*entity.visible_from()).integers().data(),
                entity.sequence ? &events_->column(*entity.sequence) : nullptr};
    if (shape.kind == ScanKind::Machine)
        machine_.emplace(shape.version(), surroundings);
}

// The one plane, or all of them joined.
const Plane& TriggerScanner::any_of(const SignalPlanes& planes,
                                    const std::vector<std::uint32_t>& signals,
                                    Plane& joined) const {
    if (signals.size() == 1)
        return planes.of(signals.front());
    joined.assign(words_for(planes.rows().size()), 0);
    for (const std::uint32_t signal : signals) {
        const Plane& plane = planes.of(signal);
        for (std::size_t word = 0; word < joined.size(); ++word)
            joined[word] |= plane[word];
    }
    return joined;
}

// Calls visit(scan) with the loop's state; false: there is none.
template <class Visit>
bool TriggerScanner::with_pattern_scan(const Visit& visit) const {
    switch (shape_->kind) {
    case ScanKind::Single:
        visit(SingleScan());
        return true;
    case ScanKind::Then:
        if (columns_.sequences != nullptr)
            visit(SequencedThenScan(shape_->within, columns_));
        else
            visit(ThenScan(shape_->within));
        return true;
    case ScanKind::Both:
        visit(BothScan(shape_->within));
        return true;
    case ScanKind::Times:
        visit(TimesScan(shape_->count, shape_->within));
        return true;
    case ScanKind::Without:
    case ScanKind::Silence:
    case ScanKind::Watch:
    case ScanKind::Machine:
        break;
    }
    return false;
}

bool TriggerScanner::run_firing(const SignalPlanes* of_events, std::vector<Found>& found) {
    if (of_events == nullptr)
        return false;
    const SignalPlanes& planes = *of_events;
    const Plane& a = any_of(planes, shape_->a, a_);
    const Plane& b = shape_->b.empty() ? a : any_of(planes, shape_->b, b_);
    if (room_.size() <= planes.rows().size())
        room_.resize(planes.rows().size() + 1);
    return with_pattern_scan([&](const auto& scan) {
        const std::size_t count =
            over_firing_events(columns_, planes.rows(), a, b, scan, room_.data());
        found.assign(room_.begin(), room_.begin() + static_cast<std::ptrdiff_t>(count));
    });
}

void TriggerScanner::run(const SignalPlanes* of_events, const Piece& piece, const Emit& emit) {
    waits_.clear();
    if (watch_)
        return watch_->run(piece, emit, waits_.waiting);
    const SignalPlanes& planes = *of_events;
    if (shape_->kind == ScanKind::Machine)
        return run_machine(planes, piece, emit);
    const Plane& a = any_of(planes, shape_->a, a_);
    const Plane& b = shape_->b.empty() ? a : any_of(planes, shape_->b, b_);
    const bool is_pattern = with_pattern_scan(
        [&](const auto& scan) { over_events(columns_, planes.rows(), a, b, scan, emit); });
    if (!is_pattern)
        run_waits(planes, piece, emit);
}

void TriggerScanner::run_waits(const SignalPlanes& planes, const Piece& piece, const Emit& emit) {
    const Plane& a = any_of(planes, shape_->a, a_);
    const Plane& b = shape_->b.empty() ? a : any_of(planes, shape_->b, b_);
    const WaitColumns columns{columns_, planes.rows(), a, b};
    if (shape_->kind == ScanKind::Without)
        scan_without(columns, shape_->within, piece.as_of, waits_);
    else
        for (AccountIndex account = piece.first; account < piece.last; ++account)
            if (const std::int64_t origin = piece.origin(account); origin != kNoOrigin)
                scan_silence({account, origin, events_->children(account)}, columns, shape_->within,
                             piece.as_of, waits_);
    for (const Found& found : waits_.passed)
        emit(found);
}

void TriggerScanner::run_machine(const SignalPlanes& planes, const Piece& piece, const Emit& emit) {
    std::vector<const Plane*> signals;
    for (const std::uint32_t signal : shape_->signals)
        signals.push_back(&planes.of(signal));
    for (AccountIndex account = piece.first; account < piece.last; ++account) {
        const std::int64_t origin = piece.origin(account);
        machine_->run({account, origin == kNoOrigin ? std::nullopt : std::optional(origin),
                       events_->children(account)},
                      shape_->collection, columns_, signals, planes.rows().first, piece.as_of,
                      emit);
        if (const auto deadline = machine_->pending())
            waits_.waiting.push_back({account, *deadline});
    }
}

} // namespace rulebook::scan
