// The surroundings of the machines in a data set, by the interpreter.
#pragma once

#include <functional>
#include <optional>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/account_machine.hpp"
#include "runtime/trigger/surroundings.hpp"

namespace rulebook::trigger {

// Whether the account at hand is left alone by the control group of this trigger (index in
// Plan::rules). Without one, the group's share and the account's key decide.
using ControlChoice = std::function<bool(std::uint32_t rule)>;

// One thread at a time. Everything that it is given outlives it.
class RowSurroundings : public Surroundings {
public:
    RowSurroundings(const TriggerShapes& shapes, interpret::Evaluator& evaluator,
                    const AccountMachine& machine, ControlChoice controls);
    // Of triggers none of which asks what fired.
    RowSurroundings(const TriggerShapes& shapes, interpret::Evaluator& evaluator,
                    ControlChoice controls);

    void go_to(interpret::RowIndex root) { root_.row = root; }
    interpret::Record root() const { return root_; }

    plan::Value value(plan::NodeId node, const Candidate& candidate) override;
    interpret::HeldValue held(plan::NodeId node, std::int64_t instant) override;
    plan::Value field(const Event& event, plan::FieldIndex field, std::int64_t instant) override;
    bool is_control(const plan::ControlGroup& group, std::uint32_t rule) override;
    const time::Zone* zone_of(std::uint32_t calendar, std::int64_t instant) override;

    // The records at hand for a candidate's conditions; valid until the next call.
    interpret::RowContext row_of(const Candidate& candidate);

private:
    interpret::RowContext row_at(std::int64_t instant);

    const TriggerShapes& shapes_;
    interpret::Evaluator& evaluator_;
    ControlChoice controls_;
    interpret::Record root_;
    std::vector<interpret::Record> frames_;
    std::int64_t instant_ = 0;
    interpret::FiredLookup fired_; // before instant_; may be empty
};

} // namespace rulebook::trigger
