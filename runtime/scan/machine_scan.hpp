// A trigger's own machines, one for each of its versions, over the events and changes that concern
// it: for everything for which there is no loop of its own.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/plan/change_source.hpp"
#include "runtime/scan/bits.hpp"
#include "runtime/scan/occurrence.hpp"
#include "runtime/scan/piece.hpp"
#include "runtime/scan/signal_planes.hpp"
#include "runtime/trigger/on_machine.hpp"
#include "runtime/trigger/row_surroundings.hpp"
#include "runtime/trigger/trigger_shapes.hpp"

namespace rulebook::scan {

// One thread at a time. What it is given outlives it.
class MachineScan {
public:
    MachineScan(const trigger::TriggerShapes::Rule& rule, const trigger::TriggerShapes& triggers,
                const data::Dataset& dataset, trigger::RowSurroundings& surroundings);

    // emit(found) says whether the events are used up.
    using Emit = std::function<bool(const Found&)>;

    // Before the accounts of a piece. `planes`: of all collections that signals range over.
    void begin(std::span<const SignalPlanes> planes);
    // An account of that piece.
    void run(AccountIndex account, const Piece& piece, const Emit& emit,
             std::vector<Waiting>& waiting);

private:
    struct Version {
        const trigger::TriggerShapes::Version* shape;
        plan::Effective effective;
        std::vector<plan::ChangeSource> sources;
        trigger::OnMachine machine;
        std::vector<std::int64_t> changes{}; // of the account at hand, ascending

        std::int64_t wake() const { return machine.wake().value_or(INT64_MAX); }
    };
    // The events of one collection.
    struct Events {
        plan::EntityIndex collection = 0;
        EventColumns columns;
        std::vector<std::uint32_t> signals; // that the trigger waits for
        const SignalPlanes* planes = nullptr;
        Plane any; // of them
    };
    struct TimedEvent {
        std::int64_t time = 0;
        std::size_t first_signal = 0, signals = 0; // in matching_
        trigger::Event event{};
    };

    void gather(AccountIndex account);
    void gather(const Events& events, AccountIndex account);
    void find_instants(AccountIndex account);
    void handle(AccountIndex account, std::int64_t instant, std::span<const trigger::Event> events,
                const Emit& emit);
    std::span<const trigger::Event> events_at(std::int64_t instant);

    const data::Dataset& dataset_;
    trigger::RowSurroundings& surroundings_;
    std::vector<Version> versions_;
    std::vector<Events> events_; // ascending by collection

    // Of the account at hand:
    std::vector<TimedEvent> timed_;
    std::vector<std::uint32_t> matching_; // signals of all events, one after the other
    std::size_t next_ = 0;                // in timed_
    std::vector<trigger::Event> together_;
    std::vector<std::int64_t> instants_;
};

} // namespace rulebook::scan
