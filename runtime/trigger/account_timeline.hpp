// The records of one account in order of time, as far as triggers look at them: which are there
// from which instant on, and when fields become known. Nothing is copied where the records stand in
// order already.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/trigger/trigger_shapes.hpp"

namespace rulebook::trigger {

// One thread at a time. Shapes and data outlive it.
class AccountTimeline {
public:
    AccountTimeline(const TriggerShapes& shapes, const data::Dataset& dataset);

    // Goes to the first instant of another account.
    void begin(data::RowIndex root);

    // The next instant at which something is new.
    std::optional<std::int64_t> next() const;

    // A record that is there from an instant on; of a collection with signals.
    struct Arrival {
        plan::EntityIndex collection = 0;
        data::RowIndex row = 0;
        std::optional<std::int64_t> sequence{};
    };
    // Goes past `instant`, which is not after next(). Appends the records of that instant, in the
    // order of events, and where something changed (indexes in TriggerShapes::sources(),
    // ascending).
    void take(std::int64_t instant, std::vector<Arrival>& arrivals,
              std::vector<std::uint32_t>& changes);

private:
    // The records of a collection, by the time from which they are there.
    struct Records {
        plan::EntityIndex collection;
        const data::Column* times;
        const data::Column* sequences; // null: the collection has none
        bool in_order;                 // children of the root, as the data hold them
        bool has_signals;
        std::optional<std::uint32_t> source;  // of changes
        std::vector<data::RowIndex> gathered; // where they are not in order
        data::RowIndex at = 0;                // row, or index in `gathered`
        data::RowIndex end = 0;

        data::RowIndex row() const { return in_order ? at : gathered[at]; }
        std::int64_t time() const { return times->integer(row()); }
    };
    // When fields become known, or versions of tracked fields begin.
    struct Changes {
        std::uint32_t source;
        std::vector<std::int64_t> instants; // ascending
        std::size_t at = 0;
    };

    void add_records(plan::EntityIndex collection);
    void begin(Records& records, data::RowIndex root) const;
    void begin(Changes& changes, data::RowIndex root) const;
    static void take(Records& records, std::int64_t instant, std::vector<Arrival>& arrivals,
                     std::vector<std::uint32_t>& changes);

    const TriggerShapes& shapes_;
    const data::Dataset& dataset_;
    std::vector<Records> records_; // ascending by collection
    std::vector<Changes> changes_;
};

} // namespace rulebook::trigger
