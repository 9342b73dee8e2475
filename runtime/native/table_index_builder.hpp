// Makes the index of a table; internal to this folder.
#pragma once

#include "runtime/native/row_order.hpp"
#include "runtime/native/table_index.hpp"

namespace rulebook::native {

class TableIndexBuilder {
public:
    TableIndexBuilder(const plan::Plan& plan, const plan::Table& table)
        : plan_(plan), table_(table) {}

    std::optional<TableIndex> build();

private:
    // The conditions of a row that are about one column, all of which must hold.
    using Conditions = std::vector<plan::NodeId>;

    void find_columns();
    void find_ranks(std::size_t column);
    bool hold(const TableColumn& column, const Conditions& conditions,
              const plan::Value& value) const;
    RankRanges ranges_of(const TableColumn& column, const Conditions& conditions) const;
    RankRanges ranges_of_text(const TableColumn& column, const Conditions& conditions) const;
    RankRanges ranges_of_number(const TableColumn& column, const Conditions& conditions) const;
    plan::Value value_of_key(const TableColumn& column, std::int64_t key) const;
    void lay_out_rows();
    void make_rough(std::size_t column);

    const plan::Plan& plan_;
    const plan::Table& table_;
    TableIndex index_;
    std::vector<std::vector<Conditions>> conditions_; // by row of the index, then column
};

} // namespace rulebook::native
