#include "compiler/codegen/ahead_of_time.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include "compiler/codegen/credit_code.hpp"
#include "compiler/codegen/generate.hpp"
#include "compiler/codegen/kernel_code.hpp"
#include "compiler/codegen/library_module.hpp"
#include "compiler/codegen/object_code.hpp"
#include "compiler/codegen/trigger_code.hpp"
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

// The objects of one file.
class AheadOfTime {
public:
    AheadOfTime(const plan::Plan& plan, native::CpuLevel level, Optimization optimization,
                bool for_loading, std::size_t threads)
        : plan_(plan), cpu_(Cpu::of(level)), optimization_(optimization), threads_(threads),
          prefix_(symbol_prefix(plan)),
          content_{plan, plan::serialize(plan), level, prefix_ + "_code", for_loading, {}} {}

    // A program for each time at which other versions of rules are in force.
    rulebook::Result<void> add(const native::ProgramPurpose& purpose, Request request) {
        std::optional<std::int64_t> instant = std::numeric_limits<std::int64_t>::min();
        while (instant) {
            request.instant = *instant;
            Generated generated = generate(plan_, request);
            instant = generated.program.instants.until;
            if (auto added = add(purpose, generated); !added)
                return added;
        }
        return {};
    }

    rulebook::Result<std::vector<std::string>> finish() {
        auto machine = target_machine(cpu_, optimization_);
        if (!machine)
            return tl::unexpected(std::move(machine.error()));
        objects_.push_back(object_of_library(content_, **machine));
        return std::move(objects_);
    }

private:
    rulebook::Result<void> add(const native::ProgramPurpose& purpose, Generated& generated) {
        rename_kernels(generated, prefix_ + "_" + std::to_string(content_.programs.size()));
        const native::Program& program = generated.program;
        content_.programs.push_back({purpose, native::serialize(program), program.kernels});
        auto made = code_of_kernels(generated.kernels, cpu_, optimization_, Form::Object, threads_);
        if (!made)
            return tl::unexpected(std::move(made.error()));
        std::ranges::move(*made, std::back_inserter(objects_));
        return {};
    }

    const plan::Plan& plan_;
    Cpu cpu_;
    Optimization optimization_;
    std::size_t threads_;
    std::string prefix_;
    LibraryContent content_;
    std::vector<std::string> objects_;
};

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
compile_ahead(const plan::Plan& plan, const AheadRequest& request, native::CpuLevel level,
              Optimization optimization, bool for_loading, std::size_t threads) {
    AheadOfTime file(plan, level, optimization, for_loading, threads);
    if (auto added = file.add({}, request.rules); !added)
        return tl::unexpected(std::move(added.error()));
    for (PurposedRequest& each : trigger_programs(plan, request.triggers, 0))
        if (auto added = file.add(each.purpose, std::move(each.request)); !added)
            return tl::unexpected(std::move(added.error()));
    for (PurposedRequest& each : credit_programs(plan, {0, request.credits}))
        if (auto added = file.add(each.purpose, std::move(each.request)); !added)
            return tl::unexpected(std::move(added.error()));
    return file.finish();
}

} // namespace rulec::codegen
