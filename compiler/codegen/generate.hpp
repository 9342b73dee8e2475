// From a plan to a program and its kernels, as IR. Internal to this folder.
#pragma once

#include <memory>
#include <vector>

#include "compiler/codegen/compile.hpp"
#include "compiler/codegen/kernel.hpp"

namespace rulec::codegen {

struct Generated {
    rulebook::native::Program program;
    std::vector<std::unique_ptr<Kernel>> kernels;                            // as program.kernels
    std::vector<std::shared_ptr<const rulebook::native::TableIndex>> tables; // as program.tables
};

Generated generate(const rulebook::plan::Plan& plan, const Request& request);

} // namespace rulec::codegen
