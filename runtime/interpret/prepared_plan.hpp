// What the interpreter derives from a plan once: compiled patterns, the zone, what is shared.
#pragma once

#include <memory>

#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::interpret {

struct Preparation;

// Immutable; safe to share between threads. Keeps a reference to the plan, which must outlive it.
class PreparedPlan {
public:
    // Refuses a plan whose zone or regular expressions this build cannot carry out, or whose
    // expressions nest too deeply (codes plan.zone, plan.pattern, plan.depth). The plan must be
    // sound (plan/validate.hpp).
    static Result<PreparedPlan> prepare(const plan::Plan& plan);

    ~PreparedPlan();
    PreparedPlan(PreparedPlan&&) noexcept;
    PreparedPlan& operator=(PreparedPlan&&) noexcept;

    const plan::Plan& plan() const;
    const Preparation& preparation() const { return *preparation_; } // for this folder only

private:
    explicit PreparedPlan(std::unique_ptr<Preparation> preparation);
    std::unique_ptr<Preparation> preparation_;
};

} // namespace rulebook::interpret
