// A trigger's own machine over the events that concern it: for patterns, waits and silences for
// which there is no loop of their own.
#pragma once

#include <functional>
#include <vector>

#include "runtime/scan/bits.hpp"
#include "runtime/scan/occurrence.hpp"
#include "runtime/trigger/on_machine.hpp"
#include "runtime/trigger/row_surroundings.hpp"
#include "runtime/trigger/trigger_shapes.hpp"

namespace rulebook::scan {

// One thread at a time. The shape and the surroundings outlive it.
class MachineScan {
public:
    MachineScan(const trigger::TriggerShapes::Version& version,
                trigger::RowSurroundings& surroundings)
        : signals_(version.signals), machine_(version.on), surroundings_(surroundings) {}

    struct Account {
        AccountIndex account = 0;
        std::optional<std::int64_t> origin;
        data::RowRange rows; // of its events
    };
    // `planes`: one each of the version's signals, from row `first` on. emit(found) says whether
    // the events are used up.
    void run(const Account& account, plan::EntityIndex collection, const EventColumns& columns,
             const std::vector<const Plane*>& planes, data::RowIndex first, std::int64_t as_of,
             const std::function<bool(const Found&)>& emit);
    // Of the account that was run last.
    std::optional<std::int64_t> pending() const { return machine_.pending(); }

private:
    void gather(const Account& account, plan::EntityIndex collection, const EventColumns& columns,
                const std::vector<const Plane*>& planes, data::RowIndex first);
    void handle(AccountIndex account, std::int64_t instant, std::span<const trigger::Event> events,
                const std::function<bool(const Found&)>& emit);

    std::vector<std::uint32_t> signals_;
    trigger::OnMachine machine_;
    trigger::RowSurroundings& surroundings_;
    std::vector<trigger::Event> events_;  // of the account at hand
    std::vector<std::uint32_t> matching_; // signals of all events, one after the other
};

} // namespace rulebook::scan
