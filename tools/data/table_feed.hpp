// The rows of one table, handed to builders of data sets account by account. Internal to this
// folder.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/data/arrow_column.hpp"
#include "runtime/data/dataset_builder.hpp"
#include "runtime/value/result.hpp"
#include "tools/data/key_watch.hpp"
#include "tools/data/sort_key.hpp"
#include "tools/data/table_reader.hpp"

namespace rulec::input {

// A column of a table's batches that holds keys.
struct KeyField {
    std::string name;
    rulebook::plan::TypeKind type;
};

class TableFeed {
public:
    // `account`: whose rows they are. `own`: the key of the rows themselves, where that is another.
    TableFeed(std::string table, std::unique_ptr<TableReader> reader, KeyField account,
              std::optional<KeyField> own, KeyWatch::How watch);

    const std::string& table() const { return table_; }
    const TableReader& reader() const { return *reader_; }

    // Adds the rows of so many accounts; gives the key of the first one after them. Fails as the
    // reader and the builder do, and with "data.not_in_order".
    rulebook::Result<std::optional<std::string>>
    add_accounts(rulebook::data::DatasetBuilder& builder, std::size_t accounts);
    // Adds the rows of all accounts before `end`, or all that are left.
    rulebook::Result<void> add_before(rulebook::data::DatasetBuilder& builder,
                                      const std::optional<std::string>& end);

    // Of the rows' own keys, see KeyWatch. Fails with "data.keys_meet" and "data.key_twice".
    rulebook::Result<void> end_chunk();
    rulebook::Result<void> end();

private:
    using Stops = std::function<bool(std::string_view key, bool is_next)>;
    rulebook::Result<void> add_until(rulebook::data::DatasetBuilder& builder, const Stops& stops);
    rulebook::Result<bool> next_batch(rulebook::data::DatasetBuilder& builder);
    rulebook::Result<rulebook::data::ArrowColumn> column(const std::string& name) const;
    rulebook::Result<bool> pass(const Stops& stops);
    rulebook::Result<void> add_unreadable(rulebook::data::DatasetBuilder& builder,
                                          const std::optional<std::string>& end);
    rulebook::Result<void> add_rows(rulebook::data::DatasetBuilder& builder, std::size_t from);

    std::string table_;
    std::unique_ptr<TableReader> reader_;
    KeyField account_;
    std::optional<KeyField> own_;
    SortKey account_key_;
    std::optional<SortKey> own_key_;
    KeyWatch watch_;

    TableBatch batch_;
    std::optional<rulebook::data::ArrowColumn> accounts_; // of the batch
    std::optional<rulebook::data::ArrowColumn> owns_;
    std::size_t at_ = 0; // the row of the batch that comes next
    bool ended_ = false;
    std::size_t listed_ = 0; // unreadable rows
    // Of them those whose parent may be in a later chunk, with its key.
    std::vector<std::pair<std::string, UnreadableRecord>> waiting_;
    std::optional<std::string> last_; // key
};

} // namespace rulec::input
