// The triggers of a plan made ready for their machines.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/trigger/on_shape.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::trigger {

// Immutable; safe to share between threads.
class TriggerShapes {
public:
    // Fails if the zone is not known (plan.zone). The plan is sound and outlives the shapes.
    static Result<TriggerShapes> prepare(const plan::Plan& plan);
    // Only of these triggers (indexes in Plan::rules, ascending): as needed_triggers gives them,
    // for nobody hears of what others would fire.
    static Result<TriggerShapes> prepare(const plan::Plan& plan,
                                         std::span<const std::uint32_t> triggers);

    struct Version {
        std::uint32_t index = 0; // in Plan::triggers
        OnShape on;
        std::vector<std::uint32_t> signals{}; // that it waits for, ascending
        std::vector<std::uint32_t> sources{}; // of changes that it looks at: indexes in sources()
        bool asks_what_fired = false;         // its `becomes` does
    };
    struct Rule {
        std::uint32_t index = 0; // in Plan::rules
        std::int64_t greatest_count = 0;
        std::vector<Version> versions{}; // by the start of their range
    };

    const plan::Plan& plan() const { return *plan_; }
    const Extents& extents() const { return *extents_; }
    const time::Zone& zone() const { return extents_->zone(); }
    const std::vector<Rule>& rules() const { return rules_; } // in the order of Plan::rules
    // The rule of that index in Plan::rules; nothing if it is no trigger.
    const Rule* rule(std::uint32_t index) const;

    // The signals that some trigger waits for, by the collection that they range over, ascending.
    const std::map<plan::EntityIndex, std::vector<std::uint32_t>>& signals() const {
        return signals_;
    }
    // Everything that some trigger looks at, ascending, each once.
    const std::vector<plan::ChangeSource>& sources() const { return sources_; }
    // Whether some `becomes` depends on what fired.
    bool some_ask_what_fired() const { return some_ask_what_fired_; }

private:
    explicit TriggerShapes(const plan::Plan& plan) : plan_(&plan) {}

    void add_rule(std::uint32_t index);
    Version version_of(std::uint32_t version);
    void gather_sources();

    const plan::Plan* plan_;
    std::unique_ptr<Extents> extents_; // shapes of patterns refer to it
    std::vector<Rule> rules_;
    std::map<plan::EntityIndex, std::vector<std::uint32_t>> signals_;
    std::vector<plan::ChangeSource> sources_;
    bool some_ask_what_fired_ = false;
};

} // namespace rulebook::trigger
