// Rules that are compiled to native code while the data is read.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "runtime/native/code.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulec::tool {

class BackgroundCode {
public:
    // Begins at once. `only`: names of rules; empty: all. `instant`: at which versions of rules are
    // to be in force. The plan outlives it.
    BackgroundCode(const rulebook::plan::Plan& plan, const std::vector<std::string>& only,
                   std::int64_t instant, std::size_t threads);
    ~BackgroundCode(); // waits
    BackgroundCode(const BackgroundCode&) = delete;
    BackgroundCode& operator=(const BackgroundCode&) = delete;

    // For engine::RunOptions: null as long as it is not ready. Safe to call from many threads.
    const rulebook::native::Code* ready() const { return ready_.load(std::memory_order_acquire); }

    // Waits until it is ready, or why it will never be.
    rulebook::Result<void> wait();

private:
    std::optional<rulebook::Result<rulebook::native::Code>> made_;
    std::atomic<const rulebook::native::Code*> ready_ = nullptr;
    std::jthread compiling_;
};

} // namespace rulec::tool
