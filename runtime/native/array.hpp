// What kernels read and write.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rulebook::native {

enum class Cell : std::uint8_t {
#define RB_CELL(Name, id, Type, bytes) Name = (id),
#include "runtime/native/cells.def"
};

std::size_t bytes_of(Cell cell);

enum class Source : std::uint8_t {
#define RB_ARRAY_SOURCE(Name, id, description) Name = (id),
#include "runtime/native/array_sources.def"
};

// One value a row. The layout is part of the interface of compiled code.
struct Array {
    void* values = nullptr;        // as the array's cell says; behind an unknown anything may stand
    std::uint8_t* known = nullptr; // 1: known, 0: unknown; null where nothing is ever unknown
};
static_assert(sizeof(Array) == 2 * sizeof(void*));

// Goes over the rows [0, rows) of all arrays of its program. Reads those of other sources and what
// kernels before it wrote; writes its own. No two arrays overlap. Pure otherwise: safe to call from
// many threads over arrays of their own.
using Kernel = void (*)(const Array* arrays, std::int64_t rows);

// Calls it. Sanitizers may not look for what our compiler leaves before a function: a kernel has
// none.
[[clang::no_sanitize("function")]] inline void call(Kernel kernel, const Array* arrays,
                                                    std::int64_t rows) {
    kernel(arrays, rows);
}

} // namespace rulebook::native
