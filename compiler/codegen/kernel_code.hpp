// The machine code of kernels, made on several threads; internal to this folder.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "compiler/codegen/kernel.hpp"
#include "compiler/codegen/object_code.hpp"
#include "compiler/codegen/workers.hpp"

namespace rulec::codegen {

// One each of the kernels, whose modules are used up. Fails with native.target, native.stopped.
rulebook::Result<std::vector<std::string>>
code_of_kernels(const std::vector<std::unique_ptr<Kernel>>& kernels, const Cpu& cpu,
                Optimization optimization, Form form, const Workers& workers);

} // namespace rulec::codegen
