// NDJSON files: the records of the lines themselves, of arrays in them, and of arrays in those.
#include "tests/fuzz/memory_file.hpp"
#include "tests/fuzz/read_to_the_end.hpp"
#include "tools/data/ndjson_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using rulec::input::FieldColumn;
    const std::vector<FieldColumn> fields = {
        {.field = "id", .column = "id", .needed = true},
        {.field = "parent", .column = "up", .needed = false},
        {.field = "price", .column = "price", .needed = false}};
    const MemoryFile file(bytes, size);
    read_to_the_end(rulec::input::open_ndjson(file.path(), "fuzz.ndjson", fields));
    read_to_the_end(
        rulec::input::open_ndjson(file.path(), "fuzz.ndjson", fields,
                                  {.arrays = {"deals"}, .parent_key = "id", .parent_field = 1}));
    read_to_the_end(rulec::input::open_ndjson(
        file.path(), "fuzz.ndjson", fields,
        {.arrays = {"deals", "lines"}, .parent_key = "id", .parent_field = 1}));
    return 0;
}
