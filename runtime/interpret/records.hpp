// Reading records as they were known at an instant; internal to this folder. The only place in the
// interpreter that knows how data is held.
#pragma once

#include <cstdint>
#include <optional>
#include <ranges>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/interpret/row_context.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::interpret {

class Records {
public:
    // Both outlive it.
    Records(const plan::Schema& schema, const data::Dataset& dataset);

    const data::Dataset& dataset() const { return dataset_; }

    // From now on the root records are read as if their fields had these values.
    void suppose(std::vector<Supposed> supposed) { supposed_ = std::move(supposed); }

    // The records of a collection that belong to `parent`, in the collection's order (time,
    // sequence, content), those of later instants included.
    std::ranges::iota_view<RowIndex, RowIndex> children(Record parent,
                                                        plan::EntityIndex collection) const;

    // Whether the record is there at the instant: by the time field of its collection's order, or
    // from which it is known.
    bool visible(Record record, std::int64_t instant) const;

    // The field as known at the instant. An unknown has `origin`.
    plan::Value field(Record record, plan::FieldIndex field, std::int64_t instant,
                      plan::NodeId origin) const;

    // The field as the data has it today; an unknown has no origin.
    plan::Value stored(Record record, plan::FieldIndex field) const;

private:
    const Supposed* supposed(Record record, plan::FieldIndex field) const;
    plan::Value tracked(Record record, plan::FieldIndex field, std::int64_t instant) const;
    // Of a field `known from` another.
    plan::Value dated(Record record, plan::FieldIndex field, std::int64_t instant) const;

    const plan::Schema& schema_;
    const data::Dataset& dataset_;
    std::vector<Supposed> supposed_;
};

} // namespace rulebook::interpret
