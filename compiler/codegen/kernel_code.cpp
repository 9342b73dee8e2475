#include "compiler/codegen/kernel_code.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace rulec::codegen {

namespace {

class KernelCode {
public:
    KernelCode(const std::vector<std::unique_ptr<Kernel>>& kernels, const Cpu& cpu,
               Optimization optimization, Form form)
        : kernels_(kernels), cpu_(cpu), optimization_(optimization), form_(form),
          code_(kernels.size()) {}

    rulebook::Result<std::vector<std::string>> make(const Workers& workers) {
        {
            std::vector<std::jthread> helpers;
            for (std::size_t i = 1; i < std::min(workers.threads, kernels_.size()); ++i)
                helpers.emplace_back([&] { work(workers.stop); });
            work(workers.stop);
        }
        if (error_)
            return tl::unexpected(*error_);
        return std::move(code_);
    }

private:
    void fail(rulebook::Error error) {
        const std::lock_guard lock(failing_);
        error_ = std::move(error);
    }

    void work(const std::stop_token& stop) {
        auto machine = target_machine(cpu_, optimization_);
        if (!machine) {
            return fail(machine.error());
        }
        for (std::size_t i = next_++; i < kernels_.size(); i = next_++) {
            if (stop.stop_requested())
                return fail({.code = "native.stopped",
                             .message = "the code is not wanted any more",
                             .help = {}});
            const auto [context, module] = kernels_[i]->take();
            optimize(*module, **machine, optimization_);
            code_[i] = code_of(*module, **machine, form_);
        }
    }

    const std::vector<std::unique_ptr<Kernel>>& kernels_;
    const Cpu& cpu_;
    Optimization optimization_;
    Form form_;
    std::vector<std::string> code_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex failing_;
    std::optional<rulebook::Error> error_;
};

} // namespace

rulebook::Result<std::vector<std::string>>
code_of_kernels(const std::vector<std::unique_ptr<Kernel>>& kernels, const Cpu& cpu,
                Optimization optimization, Form form, const Workers& workers) {
    return KernelCode(kernels, cpu, optimization, form).make(workers);
}

} // namespace rulec::codegen
