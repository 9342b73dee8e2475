// The accounts, users, deals, lines and events of the tests, and short ways to fill them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/data/dataset_builder.hpp"
#include "runtime/plan/schema.hpp"

namespace rulebook::data::testing {

// account { id text key; signed_up_at time origin; revenue money?; employees int? in 0 to 10_000;
//           plan: enum { free, basic, team } tracked }
// user of account { id text key; name text? }
// deal of account known from created_at { id text key; created_at time;
//           closed_at time? known from closed_at;
//           status enum { open, won, lost } known from closed_at, open before; amount money }
// line of deal { product text; price money }
// event of account ordered by at { at time; seq int? sequence; name text; minutes number? }
plan::Schema example_schema();

inline constexpr plan::EntityIndex kAccount = 0;
inline constexpr plan::EntityIndex kUser = 1;
inline constexpr plan::EntityIndex kDeal = 2;
inline constexpr plan::EntityIndex kLine = 3;
inline constexpr plan::EntityIndex kEvent = 4;

// A table as a CSV text would show it: the first row names the columns, cells are parted by `|`,
// `-` is a null. Row numbers count from 1.
struct TextTable {
    std::string table;
    std::vector<std::string> lines;
};

std::vector<std::string> cells_of(std::string_view line);

// Adds the rows to the builder as text columns in one batch.
void add_text(DatasetBuilder& builder, const TextTable& table, std::string_view source = "test");

Dataset dataset_of(const std::vector<TextTable>& tables, const BuildOptions& options = {},
                   const plan::Schema& schema = example_schema());

// A row of a table: its parent's key, then its fields, parted by `|`; an unknown is `?` and the
// number of its cause; ` !` at the end if it is incomplete.
std::vector<std::string> shown(const Dataset& dataset, plan::EntityIndex entity);

// The rejects: table row column code.
std::vector<std::string> shown_rejects(const Dataset& dataset);

// `in = evaluated + rejected + duplicates + merged`.
std::string shown_counts(const Dataset& dataset, std::string_view table);

} // namespace rulebook::data::testing
