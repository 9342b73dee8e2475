// From IR to machine code; internal to this folder.
#pragma once

#include <memory>
#include <string>

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include "compiler/codegen/compile.hpp"
#include "runtime/native/cpu_level.hpp"

namespace rulec::codegen {

// LLVM must have been told before it makes or loads code, once a process, whichever thread comes
// first.
void know_this_processor();

// What code is made for, as LLVM names it.
struct Cpu {
    std::string name;
    std::string features;

    static Cpu of_this_machine(); // with all that it can do
    static Cpu of(rulebook::native::CpuLevel level) {
        return {std::string(rulebook::native::spelling(level)), {}};
    }
};

// One thread at a time may use it. Fails with native.target.
rulebook::Result<std::unique_ptr<llvm::TargetMachine>> target_machine(const Cpu& cpu,
                                                                      Optimization optimization);

// Runs the optimiser.
void optimize(llvm::Module& module, llvm::TargetMachine& machine, Optimization optimization);

enum class Form : std::uint8_t { Object, Assembly };

// The optimised module's code.
std::string code_of(llvm::Module& module, llvm::TargetMachine& machine, Form form);

} // namespace rulec::codegen
