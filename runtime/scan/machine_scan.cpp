#include "runtime/scan/machine_scan.hpp"

#include <algorithm>
#include <tuple>

#include "runtime/interpret/next_change.hpp"

namespace rulebook::scan {

namespace {

void sort_and_unite(std::vector<std::int64_t>& instants) {
    if (!std::ranges::is_sorted(instants))
        std::ranges::sort(instants);
    const auto repeated = std::ranges::unique(instants);
    instants.erase(repeated.begin(), repeated.end());
}

EventColumns columns_of(const data::Dataset& dataset, plan::EntityIndex collection) {
    const plan::Entity& entity = dataset.schema().entities[collection];
    const data::Table& table = dataset.table(collection);
    return {table.parents().data(), table.column(*entity.visible_from()).integers().data(),
            entity.sequence ? &table.column(*entity.sequence) : nullptr};
}

} // namespace

MachineScan::MachineScan(const trigger::TriggerShapes::Rule& rule,
                         const trigger::TriggerShapes& triggers, const data::Dataset& dataset,
                         trigger::RowSurroundings& surroundings)
    : dataset_(dataset), surroundings_(surroundings) {
    std::vector<std::uint32_t> all;
    for (const trigger::TriggerShapes::Version& shape : rule.versions) {
        Version version{&shape,
                        triggers.plan().triggers[shape.index].effective,
                        {},
                        trigger::OnMachine(shape.on)};
        for (const std::uint32_t source : shape.sources)
            version.sources.push_back(triggers.sources()[source]);
        versions_.push_back(std::move(version));
        all.insert(all.end(), shape.signals.begin(), shape.signals.end());
    }
    for (const auto& [collection, signals] : triggers.signals()) {
        Events events{.collection = collection, .columns = {}, .signals = {}, .any = {}};
        for (const std::uint32_t signal : signals)
            if (std::ranges::find(all, signal) != all.end())
                events.signals.push_back(signal);
        if (events.signals.empty())
            continue;
        events.columns = columns_of(dataset, collection);
        events_.push_back(std::move(events));
    }
}

void MachineScan::begin(std::span<const SignalPlanes> planes) {
    for (Events& events : events_) {
        events.planes = &*std::ranges::find(planes, events.collection, &SignalPlanes::collection);
        events.any.assign(words_for(events.planes->rows().size()), 0);
        for (const std::uint32_t signal : events.signals) {
            const Plane& plane = events.planes->of(signal);
            for (std::size_t word = 0; word < plane.size(); ++word)
                events.any[word] |= plane[word];
        }
    }
}

// In their order: by time, collection, and as the data hold them.
void MachineScan::gather(AccountIndex account) {
    timed_.clear();
    matching_.clear();
    next_ = 0;
    for (const Events& events : events_)
        gather(events, account);
    if (events_.size() > 1)
        std::ranges::sort(timed_, {}, [](const TimedEvent& timed) {
            return std::tuple(timed.time, timed.event.collection, timed.event.row);
        });
    for (TimedEvent& timed : timed_)
        timed.event.signals =
            std::span<const std::uint32_t>(matching_).subspan(timed.first_signal, timed.signals);
}

void MachineScan::gather(const Events& events, AccountIndex account) {
    const data::RowIndex first = events.planes->rows().first;
    const data::RowRange rows = dataset_.children(events.collection, account);
    for_each_bit_between(events.any, rows.first - first, rows.last - first, [&](std::size_t place) {
        const auto row = static_cast<data::RowIndex>(first + place);
        TimedEvent& timed = timed_.emplace_back();
        timed.time = events.columns.times[row];
        timed.first_signal = matching_.size();
        for (const std::uint32_t signal : events.signals)
            if ((events.planes->of(signal)[place / kBitsOfWord] >> (place % kBitsOfWord) & 1) != 0)
                matching_.push_back(signal);
        timed.signals = matching_.size() - timed.first_signal;
        timed.event = {events.collection, row, events.columns.sequence(row), {}};
    });
}

// Those at which something comes or changes, whatever version it concerns.
void MachineScan::find_instants(AccountIndex account) {
    instants_.clear();
    for (const TimedEvent& timed : timed_)
        instants_.push_back(timed.time);
    for (Version& version : versions_) {
        version.changes.clear();
        interpret::append_changes(dataset_, version.sources, {dataset_.schema().root, account},
                                  version.changes);
        sort_and_unite(version.changes);
        instants_.insert(instants_.end(), version.changes.begin(), version.changes.end());
    }
    sort_and_unite(instants_);
}

// Instants ascend from call to call.
std::span<const trigger::Event> MachineScan::events_at(std::int64_t instant) {
    together_.clear();
    for (; next_ < timed_.size() && timed_[next_].time == instant; ++next_)
        together_.push_back(timed_[next_].event);
    return together_;
}

// As trigger::AccountMachine: each version waits on its own; what counts is the one in force, or,
// where none is, any.
void MachineScan::handle(AccountIndex account, std::int64_t instant,
                         std::span<const trigger::Event> events, const Emit& emit) {
    std::optional<Found> in_force;
    std::optional<Found> out_of_force;
    bool some_in_force = false;
    for (Version& version : versions_) {
        const bool holds = version.effective.contains(instant);
        some_in_force = some_in_force || holds;
        const bool changed = std::ranges::binary_search(version.changes, instant);
        const bool concerns = changed || version.wake() <= instant ||
                              std::ranges::any_of(events, [&](const trigger::Event& event) {
                                  return event.is_any_of(version.shape->signals);
                              });
        if (!concerns)
            continue;
        const auto occurrence = version.machine.handle({instant, events, changed}, surroundings_);
        if (!occurrence)
            continue;
        Found& found = (holds ? in_force : out_of_force).emplace();
        found = {account, data::kNoRow, occurrence->instant, occurrence->start,
                 occurrence->occasion};
        found.version = version.shape->index;
        if (occurrence->completing) {
            found.row = occurrence->completing->row;
            found.collection = occurrence->completing->entity;
        }
    }
    const auto& found = some_in_force ? in_force : out_of_force;
    if (found && emit(*found))
        for (Version& version : versions_)
            version.machine.consume();
}

void MachineScan::run(AccountIndex account, const Piece& piece, const Emit& emit,
                      std::vector<Waiting>& waiting) {
    surroundings_.go_to(account);
    gather(account);
    find_instants(account);
    const std::int64_t origin = piece.origin(account);
    for (Version& version : versions_)
        version.machine.start(origin == kNoOrigin ? std::nullopt : std::optional(origin),
                              surroundings_);
    const auto next_wake = [&] {
        std::int64_t next = INT64_MAX;
        for (const Version& version : versions_)
            next = std::min(next, version.wake());
        return next;
    };
    const auto wake_until = [&](std::int64_t end) { // inclusive
        for (std::int64_t next = next_wake(); next <= end; next = next_wake())
            handle(account, next, {}, emit);
    };
    for (const std::int64_t instant : instants_) {
        if (instant > piece.as_of)
            break;
        wake_until(instant - 1);
        handle(account, instant, events_at(instant), emit);
    }
    wake_until(piece.as_of);
    for (const Version& version : versions_)
        if (const auto deadline = version.machine.pending())
            waiting.push_back({account, *deadline, version.shape->index});
}

} // namespace rulebook::scan
