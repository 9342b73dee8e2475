// Made-up data as a folder that `--data` takes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulebook::sample {

enum class SampleFormat : std::uint8_t { Csv, Parquet };

struct SampleRequest {
    std::uint64_t accounts = 0;
    std::uint64_t seed = 0;
    std::filesystem::path folder; // is there
    SampleFormat format = SampleFormat::Csv;
};

// Writes all tables, data.toml and truth.json. Memory does not grow with the accounts: companies
// are made one by one, for Parquet once more for each table. Fails with "sample.unwritable" and as
// write_parquet does; then the folder holds incomplete files.
Result<void> write_sample(const SampleRequest& request);

} // namespace rulebook::sample
