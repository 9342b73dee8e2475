// CSV files, packed by gzip or not.
#include "tests/fuzz/memory_file.hpp"
#include "tests/fuzz/read_to_the_end.hpp"
#include "tools/data/csv_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const MemoryFile file(bytes, size);
    read_to_the_end(
        rulec::input::open_csv(file.path(), "fuzz.csv",
                               {{.field = "id", .column = "id", .needed = true},
                                {.field = "seats", .column = "Seats", .needed = false}}));
    return 0;
}
