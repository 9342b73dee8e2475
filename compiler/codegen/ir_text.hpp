// IR for people; internal to this folder.
#pragma once

#include <string>

#include <llvm/IR/Module.h>

namespace rulec::codegen {

// With the comments of Kernel::comment above the instructions that they are about.
std::string text_of(const llvm::Module& module);

} // namespace rulec::codegen
