// The object that holds a rulebook_code: plan, programs and what they are called by. Internal to
// this folder.
#pragma once

#include <string>
#include <vector>

#include <llvm/Target/TargetMachine.h>

#include "runtime/native/cpu_level.hpp"
#include "runtime/native/program_use.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::codegen {

struct LibraryProgram {
    rulebook::native::ProgramPurpose purpose;
    std::string description;          // serialised
    std::vector<std::string> kernels; // names of the functions
};

struct LibraryContent {
    const rulebook::plan::Plan& plan;
    std::string plan_bytes;
    rulebook::native::CpuLevel level;
    std::string symbol;       // of the rulebook_code
    bool for_loading = false; // also as `rulebook_code`
    std::vector<LibraryProgram> programs;
};

std::string object_of_library(const LibraryContent& content, llvm::TargetMachine& machine);

} // namespace rulec::codegen
