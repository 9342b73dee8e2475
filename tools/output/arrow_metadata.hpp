// The metadata of Arrow's IPC file format as flatbuffers: tables by the numbers that the format's
// Schema.fbs, Message.fbs and File.fbs give their fields. Internal to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "tools/data/typed_table.hpp"

namespace rulec::output {

// Of one column in a record batch.
struct ArrowNode {
    std::int64_t length;
    std::int64_t nulls;
};

// Where a buffer lies in the body of a record batch.
struct ArrowBuffer {
    std::int64_t offset;
    std::int64_t length;
};

// Where a message lies in the file.
struct ArrowBlock {
    std::int64_t offset;
    std::int32_t metadata_length; // with what stands before and behind the flatbuffer
    std::int32_t padding = 0;
    std::int64_t body_length;
};

std::string arrow_schema_message(std::span<const input::TypedColumn> columns);
std::string arrow_batch_message(std::int64_t rows, std::span<const ArrowNode> nodes,
                                std::span<const ArrowBuffer> buffers, std::int64_t body_length);
std::string arrow_footer(std::span<const input::TypedColumn> columns,
                         std::span<const ArrowBlock> batches);

} // namespace rulec::output
