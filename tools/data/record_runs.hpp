// Whose the records of a CSV file are and what their bytes are, without reading their values.
// Internal to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/type.hpp"
#include "runtime/value/result.hpp"
#include "tools/data/key_numbers.hpp"

namespace rulec::input {

inline constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

// Records of one account that stand in a file one behind the other; blank lines may be between.
struct RecordRun {
    std::uint32_t account = kNobody; // whose they are: nobody's where there is no key in them
    std::uint32_t records = 0;
    std::uint64_t first_row = 0;
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
};

// A column with keys: its name in the file, and the keys' type.
struct KeyColumn {
    std::string name;
    rulebook::plan::TypeKind type = rulebook::plan::TypeKind::Text;
};

// XXH3, 128 bits, of bytes that are added one after the other.
struct ByteSum {
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    void add(std::string_view bytes, std::uint64_t salt);
    friend bool operator==(const ByteSum&, const ByteSum&) = default;
};

struct RecordRuns {
    std::string head; // the bytes before the first record
    std::vector<RecordRun> runs;
    // By record, where they have keys of their own: of equal keys alike; of others hardly ever.
    std::vector<std::uint32_t> own_keys;
};

class RecordRunsReader {
public:
    // `own`: the column of the records' own keys, where they have such.
    RecordRunsReader(KeyColumn account, std::optional<KeyColumn> own)
        : account_(std::move(account)), own_(std::move(own)) {}

    // Of the file's first `bytes` bytes. The accounts' numbers are those of `accounts`. What is
    // added to the accounts' `sums` depends on `salt` as well. Fails with "data.not_raw" where it
    // cannot be known without reading the values: quotes are broken, records too long, it is
    // packed, columns are not there; and as the reader does.
    rulebook::Result<RecordRuns> read(const std::filesystem::path& path, const std::string& name,
                                      std::uint64_t bytes, std::uint64_t salt, KeyNumbers& accounts,
                                      std::vector<ByteSum>& sums) const;

private:
    KeyColumn account_;
    std::optional<KeyColumn> own_;
};

} // namespace rulec::input
