// CSV files, by a file that lives in memory.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

#include "tools/data/csv_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const int file = ::memfd_create("fuzz.csv", 0);
    if (file < 0 || ::write(file, bytes, size) != static_cast<ssize_t>(size))
        std::abort();
    const auto reader =
        rulec::input::open_csv("/proc/self/fd/" + std::to_string(file), "fuzz.csv",
                               {{.field = "id", .column = "id", .needed = true},
                                {.field = "seats", .column = "Seats", .needed = false}});
    while (reader.has_value()) {
        const auto batch = (*reader)->next();
        if (!batch.has_value() || batch->size() == 0)
            break;
    }
    ::close(file);
    return 0;
}
