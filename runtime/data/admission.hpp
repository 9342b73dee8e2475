// From the rows of one table as they were read to its records in their order. Internal to this
// folder.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/data/duplicates.hpp"
#include "runtime/data/key_index.hpp"
#include "runtime/data/raw_table.hpp"
#include "runtime/data/rejects.hpp"
#include "runtime/data/table.hpp"

namespace rulebook::data {

struct AdmittedTable {
    Table table;
    KeyIndex keys; // of tables with a key
    TableCounts counts;
};

// Admits one table; its parent's has been admitted before.
class TableAdmission {
public:
    // All outlive it. `history`: of the table's tracked fields, null if there is none. `parent` is
    // null for the root's table.
    TableAdmission(RawTable& raw, RawTable* history, const AdmittedTable* parent,
                   const Column* parent_keys, const std::vector<std::string>& sources,
                   Rejects& rejects);

    // Leaves the raw table empty.
    AdmittedTable run();

    // After run(): rows of the parent's table that have a rejected row here.
    const std::vector<RowIndex>& damaged_parents() const { return damaged_parents_; }

private:
    void reject_conflicts();
    void reject_without_history();
    std::vector<std::uint8_t> said_by_history(std::size_t field) const;
    void find_parents();
    using OnColumn = std::function<void(std::size_t column, ColumnBuilder::Spare& spare)>;
    void for_each_column(const OnColumn& work) const;
    bool put_in_order_of_keys();
    void put_in_order();
    void settle_history();
    void keep_one_version(std::size_t first, std::size_t last);
    void count();
    std::vector<UnknownCount> count_unknowns() const;
    void take_columns(AdmittedTable& admitted);
    void reject(RowIndex row, RejectCode code, std::size_t column, std::string_view reason);
    bool earlier(RowIndex a, RowIndex b) const;
    std::string value_text(RowIndex row, std::size_t column) const;

    RawTable& raw_;
    RawTable* history_;
    const AdmittedTable* parent_;
    const Column* parent_keys_;
    const std::vector<std::string>& sources_;
    Rejects& rejects_;

    std::vector<Fate> fates_;       // by row read
    std::vector<RowIndex> parents_; // by row read
    std::vector<RowIndex> order_;   // rows read, of those Kept
    std::vector<RowIndex> damaged_parents_;
    RowCounts counts_;
};

} // namespace rulebook::data
