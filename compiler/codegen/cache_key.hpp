// What compiled kernels are kept under; internal to this folder.
#pragma once

#include <memory>
#include <vector>

#include "compiler/codegen/kernel.hpp"
#include "compiler/codegen/object_code.hpp"
#include "runtime/value/digest.hpp"

namespace rulec::codegen {

// Of all that the machine code follows from: the kernels themselves, as they are before they are
// optimised; the processor; LLVM and how we call it.
rulebook::Digest cache_key(const std::vector<std::unique_ptr<Kernel>>& kernels, const Cpu& cpu,
                           Optimization optimization);

} // namespace rulec::codegen
