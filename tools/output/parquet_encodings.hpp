// How values stand in pages of Parquet files: the numbers of the format's Encoding. Internal to
// this folder.
#pragma once

#include <cstdint>

namespace rulec::output {

inline constexpr std::int32_t kPlain = 0;
inline constexpr std::int32_t kRunsAndBits = 3;       // RLE
inline constexpr std::int32_t kDictionaryIndexes = 8; // RLE_DICTIONARY

} // namespace rulec::output
