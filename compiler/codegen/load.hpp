// Machine code into the memory of this process; internal to this folder.
#pragma once

#include <string>
#include <vector>

#include "runtime/native/code.hpp"
#include "runtime/value/result.hpp"

namespace rulec::codegen {

// `objects`: object files that hold the kernels of the program. Fails with native.memory.
rulebook::Result<rulebook::native::Code> load(rulebook::native::Program program,
                                              const std::vector<std::string>& objects);

} // namespace rulec::codegen
