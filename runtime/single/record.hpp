// One root record with its elements, as it is given: typed, or as JSON.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/data/dataset_builder.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/single/slots.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::single {

// One thread at a time. Every field is unknown until it is set, also one that data must have; a
// value outside of the field's declared range, or that is none of its enum's, is unknown, as in
// data that are read from files.
class Record {
public:
    explicit Record(const plan::Plan& plan); // which outlives it

    // Nothing is known, there are no elements.
    void clear();

    // Of the root record. Each requires a field that is held so: int, percent (millionths), money
    // (minor units), date (days since 1970), time and duration (microseconds) and enum (number of
    // the value) are integers. No memory is taken but for texts that are longer than all before.
    void set_integer(plan::FieldIndex field, std::int64_t value);
    void set_real(plan::FieldIndex field, double value);
    void set_bool(plan::FieldIndex field, bool value);
    void set_text(plan::FieldIndex field, std::string_view value);
    void set_unknown(plan::FieldIndex field) { slots_[field].known = 0; }

    // An element of a collection of the root record's. Its fields stand in the order of the
    // entity's; an unknown one is plan::Value().
    void add_element(plan::EntityIndex collection, std::vector<plan::Value> fields);

    // The record as a data set of one, as of an instant at which all of it is known.
    data::Dataset dataset(std::int64_t instant) const;

    const Slot& slot(plan::FieldIndex field) const { return slots_[field]; }
    Slot& slot(plan::FieldIndex field) { return slots_[field]; }
    bool has_elements() const { return !elements_.empty(); }

private:
    struct Element {
        plan::EntityIndex collection;
        std::vector<plan::Value> fields;
    };

    plan::Value value(plan::FieldIndex field) const;
    plan::Value stand_in_key() const;
    data::Dataset dataset(std::int64_t instant, const plan::Value& key) const;

    const plan::Plan& plan_;
    std::vector<SlotRange> ranges_; // by field
    std::vector<Slot> slots_;       // by field; never moves
    plan::Schema admitting_;        // in which every field of the root record may be unknown
    std::vector<Element> elements_;
};

} // namespace rulebook::single
