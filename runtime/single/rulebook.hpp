// A rulebook that answers about one record at a time: immutable, one for all threads of a service.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/interpret/prepared_plan.hpp"
#include "runtime/native/library.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::single {

class Rulebook {
public:
    // With the code for every instant that the library has any for; otherwise as below.
    static Result<std::shared_ptr<const Rulebook>> make(native::Library library);

    // `code`: compiled from the plan; nothing: everything is interpreted. Where an instant that is
    // asked about is none of the code's, that is interpreted, too. The plan is sound
    // (plan/validate.hpp). Fails as interpret::PreparedPlan does (plan.*).
    static Result<std::shared_ptr<const Rulebook>> make(plan::Plan plan,
                                                        std::optional<native::Code> code);

    const plan::Plan& plan() const { return library_->plan; }
    const interpret::PreparedPlan& expressions() const { return *expressions_; }
    bool has_code() const { return !library_->codes.empty(); }
    // Null: there is none for that instant, and the interpreter is asked.
    const native::Code* code_at(std::int64_t instant) const { return library_->code_at(instant); }

    // Index in Plan::rules; a field of the root record. Nothing where there is none of the name.
    std::optional<std::uint32_t> rule(std::string_view name) const;
    std::optional<plan::FieldIndex> field(std::string_view name) const;

private:
    Rulebook() = default;

    std::unique_ptr<const native::Library> library_; // expressions refer to its plan
    std::optional<interpret::PreparedPlan> expressions_;
};

// The rulebook in force, which may be replaced while others use it: who holds the old one keeps it,
// and with the last holder it is freed.
class CurrentRulebook {
public:
    explicit CurrentRulebook(std::shared_ptr<const Rulebook> first) : current_(std::move(first)) {}

    // Safe to call from any thread.
    std::shared_ptr<const Rulebook> get() const {
        const std::lock_guard lock(changing_);
        return current_;
    }
    void replace(std::shared_ptr<const Rulebook> next) {
        const std::lock_guard lock(changing_);
        current_.swap(next); // the old one is freed behind the lock, if nobody holds it
    }

private:
    mutable std::mutex changing_;
    std::shared_ptr<const Rulebook> current_;
};

} // namespace rulebook::single
