// What is told of the data as a whole, as far as it comes from one account.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/data/dataset_builder.hpp"
#include "tools/data/raw_records.hpp"

namespace rulec::incremental {

// Tables and fields by their places among data::input_tables; records by their places among those
// of the account in the table, in the order in which they are read.
struct AccountPart {
    struct Missing {
        std::uint32_t table = 0;
        std::uint32_t field = 0;
        std::uint64_t records = 0; // that lack the field
        std::uint64_t first = 0;
        friend bool operator==(const Missing&, const Missing&) = default;
    };
    struct Latest { // see Dataset::latest_record
        std::int64_t instant = 0;
        std::uint32_t table = 0;
        std::uint32_t field = 0;
        std::uint64_t record = 0;
        friend bool operator==(const Latest&, const Latest&) = default;
    };
    std::vector<std::uint64_t> records; // by table
    std::vector<Missing> missing;
    std::optional<Latest> latest;

    friend bool operator==(const AccountPart&, const AccountPart&) = default;
};

// Of a data set's accounts, which outlives it.
class AccountParts {
public:
    AccountParts(const rulebook::data::Dataset& dataset, const input::RawRecords& raw);

    AccountPart of(rulebook::data::RowIndex root) const;
    // Whether the part says all: each record of the account was admitted by itself, and of its
    // values some may be missing, but none is unusable.
    bool is_plain(rulebook::data::RowIndex root, std::uint32_t account,
                  const AccountPart& part) const;

private:
    struct Rows {
        const rulebook::data::Table* table = nullptr;
        rulebook::data::RowRange range;
    };
    Rows rows_of(std::size_t table, rulebook::data::RowIndex root) const;
    std::uint64_t place_among(std::size_t table, const Rows& rows,
                              rulebook::data::RowIndex row) const;
    void look_at(std::size_t table, const Rows& rows, AccountPart& part) const;
    bool counts_as_latest(std::size_t table, rulebook::plan::FieldIndex field) const;
    input::RecordPlace read_at(std::size_t table, const rulebook::data::RowOrigin& origin) const;

    const rulebook::data::Dataset& dataset_;
    std::vector<rulebook::data::InputTable> tables_;
    std::vector<std::vector<std::size_t>> files_;     // by table and source
    std::vector<std::vector<std::uint32_t>> records_; // as bytes; by table and account
};

// Of two: the one that Dataset::latest_record gives, where `first` is of an earlier account.
bool is_later(const AccountPart::Latest& second, const AccountPart::Latest& first,
              const std::vector<rulebook::data::InputTable>& tables);

} // namespace rulec::incremental
