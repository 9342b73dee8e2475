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
        auto machine = target_machine(cpu_, optimization_);
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
                Optimization optimization, Form form, std::size_t threads) {
    return KernelCode(kernels, cpu, optimization, form).make(threads);
}

} // namespace rulec::codegen
