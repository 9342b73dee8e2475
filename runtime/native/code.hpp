// Compiled code, ready to be called.
#pragma once

#include <memory>
#include <vector>

#include "runtime/native/program.hpp"
#include "runtime/native/table_index.hpp"

namespace rulebook::native {

// Immutable; safe to share between threads. The memory that the kernels lie in lives as long as any
// copy of it.
struct Code {
    Program program;
    std::vector<Kernel> kernels;                           // one each of program.kernels
    std::vector<std::shared_ptr<const TableIndex>> tables; // one each of program.tables
    std::shared_ptr<const void> memory;
};

} // namespace rulebook::native
