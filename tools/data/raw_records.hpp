// A data folder's records as bytes: whose they are, and where, without reading their values.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/schema.hpp"
#include "runtime/value/result.hpp"
#include "tools/data/load_dataset.hpp"
#include "tools/data/record_runs.hpp"

namespace rulec::input {

// Where a record stands in its table: records are read in this order.
struct RecordPlace {
    std::size_t file = 0;
    std::uint64_t row = 0;

    friend auto operator<=>(const RecordPlace&, const RecordPlace&) = default;
};

// Tables are numbered as data::input_tables does, accounts as their keys are met, in any table.
class RawRecords {
public:
    // Fails with "data.not_raw" where records cannot be given to accounts so: other files than CSV,
    // packed ones, queries; records below others than accounts; keys that are neither text nor
    // whole numbers; a table of several files with different heads; broken quotes. Fails as
    // load_dataset does.
    static rulebook::Result<RawRecords> read(const rulebook::plan::Schema& schema,
                                             const LoadRequest& request);

    // Of all that says what records mean, beside the records and the rulebook: where files, heads
    // and data.toml are alike. What data.toml says of `taken_at` is left out.
    const std::string& circumstances() const { return circumstances_; }

    std::size_t size() const { return keys_.size(); } // accounts
    // Keys in an order of bytes that is that of accounts; their hashes.
    std::string_view key(std::uint32_t account) const { return keys_.key(account); }
    std::uint64_t key_hash(std::uint32_t account) const { return keys_.hash(account); }
    std::optional<std::uint32_t> account_of(std::string_view key_text) const;
    // Of the bytes of all records of the account, in their order.
    const ByteSum& sum(std::uint32_t account) const { return sums_[account]; }
    // How many the table has, by account.
    std::vector<std::uint32_t> records(std::size_t table) const;

    // Adds accounts to those that are `read`, so that what comes of these does not depend on the
    // others: those that share a key of a record with them; and of each file one that has records.
    void complete(std::vector<bool>& read) const;
    // The records of some accounts, and those that are nobody's.
    RecordChoice choice(const std::vector<bool>& read) const;

    // Of the account's record with this number, from 0, among its records of the table.
    RecordPlace place_of(std::size_t table, std::uint32_t account, std::uint64_t number) const;
    RecordPlace place_of(std::size_t table, std::string_view file, std::uint64_t row) const;
    // Whose the record there is; kNobody where it is nobody's.
    std::uint32_t account_at(std::size_t table, const RecordPlace& place) const;
    // The first of the records that `number_of` gives for each account, where it gives one.
    using NumberOf = std::function<std::optional<std::uint64_t>(std::uint32_t account)>;
    std::optional<RecordPlace> first_place(std::size_t table, const NumberOf& number_of) const;
    const std::string& file(std::size_t table, const RecordPlace& place) const {
        return tables_[table].files[place.file].name;
    }

    // Whether no file was changed since, nor data.toml.
    bool still_there() const;

private:
    struct File {
        std::string name;
        std::filesystem::path path;
        std::string stamp; // of its state before it was read
        RecordRuns found;
    };
    struct Table {
        std::string name;
        std::vector<File> files; // none: the table is not there
    };
    class Reading;
    class OwnKeys;

    RawRecords() = default;

    rulebook::plan::TypeKind key_type_ = rulebook::plan::TypeKind::Text;
    std::string circumstances_;
    std::filesystem::path map_; // data.toml, be it there or not
    std::string map_stamp_;
    KeyNumbers keys_;
    std::vector<ByteSum> sums_;
    std::vector<Table> tables_;
};

} // namespace rulec::input
