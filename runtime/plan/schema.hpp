// What the records look like: enums, entities and their fields. Part of the plan; the data layer
// checks records against it, the interpreter reads fields by its indexes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/type.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::plan {

struct EnumType {
    std::string name; // empty for an anonymous one
    std::vector<std::string> values;
    bool ordered = false;

    std::optional<std::int64_t> index_of(std::string_view value) const;

    friend bool operator==(const EnumType&, const EnumType&) = default;
};

// Inclusive bounds in the field's own units (a Number field: real values).
struct ValueRange {
    Value low;
    Value high;
    bool high_open = false; // `to under`

    friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

using FieldIndex = std::uint32_t;
using EntityIndex = std::uint32_t;

struct Field {
    std::string name;
    Type type;
    bool optional = false; // may be missing
    bool key = false;
    bool origin = false; // tests count offsets from it; implies fixed
    bool fixed = false;
    bool tracked = false;                 // its versions are in <collection>_history
    bool sequence = false;                // orders records of one time
    std::optional<FieldIndex> known_from; // a Time field of the same entity
    std::optional<Value> before;          // what it was before `known_from`
    std::optional<ValueRange> range;
    std::string doc;

    friend bool operator==(const Field&, const Field&) = default;
};

struct Entity {
    std::string name;       // `deal`
    std::string collection; // `deals`; the root's: its plural
    std::optional<EntityIndex> parent;
    std::string parent_key_column; // `account_id` unless `via` says otherwise; empty for the root
    std::vector<Field> fields;
    std::optional<FieldIndex> key;
    std::optional<FieldIndex> ordered_by; // a Time field: visible from then, and in that order
    std::optional<FieldIndex> known_from; // a Time field: visible from then
    std::optional<FieldIndex> sequence;

    // The time field from which on a record is visible, if it has one.
    std::optional<FieldIndex> visible_from() const { return ordered_by ? ordered_by : known_from; }
    std::optional<FieldIndex> field_named(std::string_view field_name) const;
    // The field that says since when a record is there, if it has one; only the root has.
    std::optional<FieldIndex> origin_field() const;

    // Whether all that the data tell of the field is its value when they were taken: it is not
    // tracked, not fixed (as keys and times of records are), not known from some time on, and no
    // part of a record that tells of one instant.
    bool is_untracked(FieldIndex field) const;

    friend bool operator==(const Entity&, const Entity&) = default;
};

struct Schema {
    std::vector<EnumType> enums;
    std::vector<Entity> entities;
    EntityIndex root = 0;

    const Entity& root_entity() const { return entities[root]; }
    std::optional<EntityIndex> entity_of_collection(std::string_view collection) const;
    std::optional<EntityIndex> entity_named(std::string_view name) const;
    // Whether records of `entity` belong to one of `above`, directly or through others. Never true
    // of one and the same.
    bool is_above(EntityIndex above, EntityIndex entity) const;

    friend bool operator==(const Schema&, const Schema&) = default;
};

} // namespace rulebook::plan
