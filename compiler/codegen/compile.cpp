#include "compiler/codegen/compile.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

#include "compiler/codegen/generate.hpp"
#include "compiler/codegen/ir_text.hpp"
#include "compiler/codegen/load.hpp"
#include "compiler/codegen/object_code.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
namespace native = rulebook::native;

namespace {

// The code of each kernel.
class KernelCode {
public:
    KernelCode(std::vector<std::unique_ptr<Kernel>>& kernels, Optimization optimization, Form form)
        : kernels_(kernels), optimization_(optimization), form_(form), code_(kernels.size()) {}

    rulebook::Result<std::vector<std::string>> make(std::size_t threads) {
        {
            std::vector<std::jthread> helpers;
            for (std::size_t i = 1; i < std::min(threads, kernels_.size()); ++i)
                helpers.emplace_back([this] { work(); });
            work();
        }
        if (error_)
            return tl::unexpected(*error_);
        return std::move(code_);
    }

private:
    void work() {
        auto machine = target_machine(optimization_);
        if (!machine) {
            const std::lock_guard lock(failing_);
            error_ = machine.error();
            return;
        }
        for (std::size_t i = next_++; i < kernels_.size(); i = next_++) {
            const auto [context, module] = kernels_[i]->take();
            optimize(*module, **machine, optimization_);
            code_[i] = code_of(*module, **machine, form_);
        }
    }

    std::vector<std::unique_ptr<Kernel>>& kernels_;
    Optimization optimization_;
    Form form_;
    std::vector<std::string> code_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex failing_;
    std::optional<rulebook::Error> error_;
};

} // namespace

rulebook::Result<native::Code> compile(const plan::Plan& plan, const Request& request,
                                       Optimization optimization, std::size_t threads) {
    Generated generated = generate(plan, request);
    const auto objects = KernelCode(generated.kernels, optimization, Form::Object).make(threads);
    if (!objects)
        return tl::unexpected(objects.error());
    auto code = load(std::move(generated.program), *objects);
    if (code)
        code->tables = std::move(generated.tables);
    return code;
}

rulebook::Result<std::string> ir_text(const plan::Plan& plan, const Request& request) {
    const Generated generated = generate(plan, request);
    std::string text;
    for (const auto& kernel : generated.kernels)
        text += text_of(kernel->module());
    return text;
}

rulebook::Result<std::string> assembly_text(const plan::Plan& plan, const Request& request) {
    Generated generated = generate(plan, request);
    const auto texts = KernelCode(generated.kernels, Optimization::Full, Form::Assembly).make(1);
    if (!texts)
        return tl::unexpected(texts.error());
    std::string all;
    for (const std::string& text : *texts)
        all += text;
    return all;
}

} // namespace rulec::codegen
