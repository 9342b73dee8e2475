#include "runtime/scan/trigger_scanner.hpp"

#include <algorithm>

#include "runtime/scan/over_events.hpp"
#include "runtime/scan/pattern_scans.hpp"

namespace rulebook::scan {

TriggerScanner::TriggerScanner(const ScanShape& shape, const trigger::TriggerShapes& triggers,
                               const interpret::Evaluator& evaluator,
                               trigger::RowSurroundings& surroundings)
    : shape_(&shape) {
    if (shape.kind == ScanKind::Machine || shape.kind == ScanKind::Becomes)
        machine_.emplace(*shape.rule, triggers, evaluator.dataset(), surroundings);
    if (shape.kind == ScanKind::Becomes)
        becomes_.emplace(shape.version(), triggers, evaluator);
    if (machine_)
        return;
    events_ = &evaluator.dataset().table(shape.collection);
    const plan::Entity& entity = evaluator.plan().schema.entities[shape.collection];
    columns_ = {events_->parents().data(),
                events_->column(*entity.visible_from()).integers().data(),
                entity.sequence ? &events_->column(*entity.sequence) : nullptr};
}

const SignalPlanes& TriggerScanner::planes_of(std::span<const SignalPlanes> planes) const {
    return *std::ranges::find(planes, shape_->collection, &SignalPlanes::collection);
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
    case ScanKind::Becomes:
    case ScanKind::Machine:
        break;
    }
    return false;
}

// Calls run(rows, a, b, scan), where there is room for all that it may find; false: there is no
// loop.
template <class Run>
bool TriggerScanner::run_loop(std::span<const SignalPlanes> all, const Run& run) {
    if (!has_loop())
        return false;
    const SignalPlanes& planes = planes_of(all);
    const Plane& a = any_of(planes, shape_->a, a_);
    const Plane& b = shape_->b.empty() ? a : any_of(planes, shape_->b, b_);
    if (room_.size() <= planes.rows().size())
        room_.resize(planes.rows().size() + 1);
    return with_pattern_scan([&](const auto& scan) { run(planes.rows(), a, b, scan); });
}

namespace {

template <class Each>
void take_first(std::vector<Each>& into, const std::vector<Each>& room, std::size_t count) {
    into.assign(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(count));
}

} // namespace

bool TriggerScanner::run_firing(std::span<const SignalPlanes> all, std::vector<Found>& found) {
    return run_loop(all, [&](auto rows, const Plane& a, const Plane& b, const auto& scan) {
        take_first(found, room_,
                   over_complete_events<Matches::Fire>(columns_, rows, a, b, scan, room_.data()));
    });
}

bool TriggerScanner::run_keeping(std::span<const SignalPlanes> all, std::vector<Found>& found) {
    return run_loop(all, [&](auto rows, const Plane& a, const Plane& b, const auto& scan) {
        take_first(
            found, room_,
            over_complete_events<Matches::AreKept>(columns_, rows, a, b, scan, room_.data()));
    });
}

void TriggerScanner::run_answered(std::span<const SignalPlanes> all, const Truth* answers,
                                  std::vector<Found>& found, std::vector<Passed>& passed) {
    run_loop(all, [&](auto rows, const Plane& a, const Plane& b, const auto& scan) {
        room_of_passed_.resize(room_.size());
        const AnsweredCounts counts = over_answered_events(columns_, rows, a, b, scan, answers,
                                                           {room_.data(), room_of_passed_.data()});
        take_first(found, room_, counts.found);
        take_first(passed, room_of_passed_, counts.passed);
    });
}

void TriggerScanner::run(std::span<const SignalPlanes> all, const Piece& piece, const Emit& emit) {
    waits_.clear();
    if (becomes_)
        return becomes_->run(piece, *machine_, emit, waits_.waiting);
    if (machine_)
        return run_machine(all, piece, emit);
    const SignalPlanes& planes = planes_of(all);
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

void TriggerScanner::run_machine(std::span<const SignalPlanes> planes, const Piece& piece,
                                 const Emit& emit) {
    machine_->begin(planes);
    for (AccountIndex account = piece.first; account < piece.last; ++account)
        machine_->run(account, piece, emit, waits_.waiting);
}

} // namespace rulebook::scan
