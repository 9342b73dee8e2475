// Rules that are compiled to native code while the data is read: first without the optimiser, which
// takes a few hundredths of the time; then again with it.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "compiler/codegen/compile.hpp"
#include "runtime/native/code.hpp"
#include "runtime/native/credit_code.hpp"
#include "runtime/native/trigger_code.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulec::tool {

class BackgroundCode {
public:
    // `only`: names of rules; empty: all. `instant`: at which versions of rules are
    // to be in force. The plan outlives it.
    BackgroundCode(const rulebook::plan::Plan& plan, const std::vector<std::string>& only,
                   std::int64_t instant, std::size_t threads);
    ~BackgroundCode(); // waits where it has begun
    BackgroundCode(const BackgroundCode&) = delete;
    BackgroundCode& operator=(const BackgroundCode&) = delete;

    // Not before: a run that takes nearly everything over has no use for it. Once is enough.
    void begin();
    bool has_begun() const { return compiling_.joinable() || best_.rules.has_value(); }

    // For engine::RunOptions: null as long as it is not ready; then the best that is. Safe to call
    // from many threads.
    const rulebook::native::Code* ready() const { return ready_.load(std::memory_order_acquire); }

    // The same of what triggers ask; it is made after the rules.
    const rulebook::native::TriggerCode* ready_triggers() const {
        return ready_triggers_.load(std::memory_order_acquire);
    }

    // And of what credit rules ask, which is made last.
    const rulebook::native::CreditCode* ready_credits() const {
        return ready_credits_.load(std::memory_order_acquire);
    }

    // Begins, and waits until the best is ready, or why it will never be.
    rulebook::Result<void> wait();

private:
    enum class Tiers : std::uint8_t { Both, Best };
    struct Tier {
        std::optional<rulebook::Result<rulebook::native::Code>> rules;
        std::optional<rulebook::Result<rulebook::native::TriggerCode>> triggers;
        std::optional<rulebook::Result<rulebook::native::CreditCode>> credits;
    };

    void begin(Tiers tiers);
    void make(Tiers tiers);
    void make(Tier& tier, codegen::Optimization optimization,
              const std::vector<std::uint32_t>& triggers, const codegen::ObjectCache* cache);

    const rulebook::plan::Plan& plan_;
    const codegen::Request request_;
    const std::size_t threads_;
    Tier first_, best_;
    std::atomic<const rulebook::native::Code*> ready_ = nullptr;
    std::atomic<const rulebook::native::TriggerCode*> ready_triggers_ = nullptr;
    std::atomic<const rulebook::native::CreditCode*> ready_credits_ = nullptr;
    std::jthread compiling_;
};

} // namespace rulec::tool
