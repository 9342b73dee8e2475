// What each table of the input looks like: the entities' and the histories' alike, so that reading
// and admission treat them alike. Internal to this folder.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "runtime/plan/schema.hpp"

namespace rulebook::data {

struct TableLayout {
    std::string name; // "accounts", "accounts_history"
    plan::EntityIndex entity = 0;
    bool history = false;

    // The columns; without the parent's key.
    std::vector<plan::Field> fields;
    std::optional<plan::FieldIndex> key;
    std::optional<plan::FieldIndex> time; // orders the records of a parent
    std::optional<plan::FieldIndex> sequence;

    std::optional<std::size_t> parent; // index of its layout
    std::string parent_column;         // "account_id"
    std::string parent_name;           // "account"

    // The columns of the parent's key is the one after the fields.
    std::size_t column_count() const { return fields.size() + (parent ? 1 : 0); }
    std::size_t parent_key_column() const { return fields.size(); }
    const std::string& column_name(std::size_t column) const {
        return column < fields.size() ? fields[column].name : parent_column;
    }
};

struct Layouts {
    std::vector<TableLayout> tables;   // by EntityIndex, then the histories
    std::vector<std::size_t> in_order; // parents before their children, histories last
};

Layouts layouts_of(const plan::Schema& schema);

// The field that a table's rows are told apart by; a table without one has none.
const plan::Field* key_field(const TableLayout& layout);

} // namespace rulebook::data
