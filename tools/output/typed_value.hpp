// Values of rules as typed cells. Internal to this folder.
#pragma once

#include <string_view>

#include "runtime/data/column.hpp"
#include "runtime/plan/schema.hpp"
#include "tools/data/typed_table.hpp"

namespace rulec::output {

constexpr int kPointsDecimals = 2;

// The column that holds values of a type: enums and durations are texts.
input::TypedColumn column_of(std::string name, rulebook::plan::Type type);

// `value` is of `type`; unknown is null.
void write_value(const rulebook::plan::Schema& schema, rulebook::plan::Type type,
                 const rulebook::plan::Value& value, input::RowSink& sink);

// The value of a record, as write_value would, but without a copy of its text.
void write_cell(const rulebook::plan::Schema& schema, const rulebook::data::Column& column,
                rulebook::data::RowIndex row, input::RowSink& sink);

inline void text_or_null(std::string_view text, input::RowSink& sink) {
    if (text.empty())
        sink.null();
    else
        sink.text(text);
}

} // namespace rulec::output
