// Where keys lead, against a map.
#include "runtime/data/key_index.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/data/column_builder.hpp"

namespace rulebook::data {
namespace {

using Keys = std::vector<std::optional<int>>;

ColumnBuilder column_of(plan::TypeKind kind, const Keys& keys) {
    ColumnBuilder builder(plan::Type::of(kind));
    for (const auto& key : keys) {
        if (!key)
            builder.add_unknown(plan::Cause::MissingInput);
        else if (kind == plan::TypeKind::Text)
            builder.add_text(std::to_string(*key));
        else if (kind == plan::TypeKind::Number)
            builder.add_real(*key / 2.0);
        else
            builder.add_integer(*key);
    }
    builder.seal();
    return builder;
}

std::vector<RowIndex> every_row(std::size_t count) {
    std::vector<RowIndex> rows(count);
    for (std::size_t i = 0; i < count; ++i)
        rows[i] = static_cast<RowIndex>(i);
    return rows;
}

// Of the keys that were read, each once, every third is rejected.
void check_places(plan::TypeKind kind, const std::vector<int>& read, const Keys& sought) {
    const Keys all(read.begin(), read.end());
    std::map<int, RowIndex> expected;
    std::vector<RowIndex> admitted_rows;
    for (RowIndex row = 0; row < read.size(); ++row) {
        const bool rejected = row % 3 == 2;
        expected[read[row]] = rejected ? kRejectedRow : static_cast<RowIndex>(admitted_rows.size());
        if (!rejected)
            admitted_rows.push_back(row);
    }
    ColumnBuilder parents = column_of(kind, all);
    KeyIndex index(parents.column());
    ColumnBuilder::Spare spare;
    const Column admitted = parents.take(admitted_rows, spare);
    index.admit(admitted);
    const Column children = column_of(kind, sought).take(every_row(sought.size()), spare);
    const std::vector<RowIndex> places = index.places(children, admitted);
    RC_ASSERT(places.size() == sought.size());
    for (std::size_t row = 0; row < sought.size(); ++row) {
        const bool there = sought[row] && expected.contains(*sought[row]);
        RC_ASSERT(places[row] == (there ? expected[*sought[row]] : kNoRow));
    }
}

RC_GTEST_PROP(KeyIndex, LeadsToTheAdmittedRow, ()) {
    const auto number = rc::gen::inRange(-30, 30);
    const auto read = *rc::gen::unique<std::vector<int>>(number);
    Keys sought;
    for (const int key : *rc::gen::container<std::vector<int>>(number))
        sought.push_back(key == 0 ? std::nullopt : std::optional(key));
    for (const auto kind : {plan::TypeKind::Text, plan::TypeKind::Int, plan::TypeKind::Number})
        check_places(kind, read, sought);
}

} // namespace
} // namespace rulebook::data
