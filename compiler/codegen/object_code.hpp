// From IR to machine code; internal to this folder.
#pragma once

#include <memory>
#include <string>

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include "compiler/codegen/compile.hpp"

namespace rulec::codegen {

// For this processor with all that it can do. One thread at a time may use it.
rulebook::Result<std::unique_ptr<llvm::TargetMachine>> target_machine(Optimization optimization);

// Runs the optimiser.
void optimize(llvm::Module& module, llvm::TargetMachine& machine, Optimization optimization);

enum class Form : std::uint8_t { Object, Assembly };

// The optimised module's code.
std::string code_of(llvm::Module& module, llvm::TargetMachine& machine, Form form);

} // namespace rulec::codegen
