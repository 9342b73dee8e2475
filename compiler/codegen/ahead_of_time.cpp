#include "compiler/codegen/ahead_of_time.hpp"

#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include "compiler/codegen/generate.hpp"
#include "compiler/codegen/kernel_code.hpp"
#include "compiler/codegen/library_module.hpp"
#include "compiler/codegen/object_code.hpp"
#include "runtime/native/serialize.hpp"
#include "runtime/plan/serialize.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
namespace native = rulebook::native;

namespace {

// Names that no other program and no other rulebook of a process has.
void rename_kernels(Generated& generated, const std::string& prefix) {
    for (std::size_t i = 0; i < generated.kernels.size(); ++i) {
        llvm::Module& module = generated.kernels[i]->module();
        llvm::Function& function = *module.getFunction(generated.program.kernels[i]);
        const std::string name = prefix + "_kernel_" + std::to_string(i);
        function.setName(name);
        function.setVisibility(llvm::GlobalValue::HiddenVisibility);
        generated.program.kernels[i] = name;
    }
}

LibraryProgram library_program(const native::Program& program) {
    return {native::serialize(program), program.kernels};
}

} // namespace

std::string symbol_prefix(const plan::Plan& plan) {
    std::string prefix;
    for (const char letter : plan.name) {
        const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                           (letter >= '0' && letter <= '9');
        prefix.push_back(plain ? letter : '_');
    }
    return prefix.empty() || (prefix[0] >= '0' && prefix[0] <= '9') ? "rules_" + prefix : prefix;
}

rulebook::Result<std::vector<std::string>>
compile_ahead(const plan::Plan& plan, const Request& request, native::CpuLevel level,
              Optimization optimization, bool for_loading, std::size_t threads) {
    const Cpu cpu = Cpu::of(level);
    const std::string prefix = symbol_prefix(plan);
    LibraryContent content{plan, plan::serialize(plan), level, prefix + "_code", for_loading, {}};
    std::vector<std::string> objects;
    Request at = request;
    std::optional<std::int64_t> instant = std::numeric_limits<std::int64_t>::min();
    while (instant) {
        at.instant = *instant;
        Generated generated = generate(plan, at);
        instant = generated.program.instants.until;
        rename_kernels(generated, prefix + "_" + std::to_string(content.programs.size()));
        content.programs.push_back(library_program(generated.program));
        auto made = code_of_kernels(generated.kernels, cpu, optimization, Form::Object, threads);
        if (!made)
            return tl::unexpected(std::move(made.error()));
        std::ranges::move(*made, std::back_inserter(objects));
    }
    auto machine = target_machine(cpu, optimization);
    if (!machine)
        return tl::unexpected(std::move(machine.error()));
    objects.push_back(object_of_library(content, **machine));
    return objects;
}

} // namespace rulec::codegen
