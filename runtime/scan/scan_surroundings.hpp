// The surroundings of scanned triggers: conditions as compiled code gave them, where it did, and
// else by the interpreter.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "runtime/trigger/row_surroundings.hpp"

namespace rulebook::scan {

// One thread at a time. What it is given outlives it.
class ScanSurroundings : public trigger::RowSurroundings {
public:
    // What was asked before; nothing: it was not. Of the account at hand.
    using Compiled = std::function<std::optional<plan::Value>(plan::NodeId node,
                                                              const trigger::Candidate& candidate)>;

    ScanSurroundings(const trigger::TriggerShapes& shapes, interpret::Evaluator& evaluator,
                     trigger::ControlChoice controls, Compiled compiled)
        : RowSurroundings(shapes, evaluator, std::move(controls)), compiled_(std::move(compiled)) {}

    plan::Value value(plan::NodeId node, const trigger::Candidate& candidate) override {
        auto found = compiled_(node, candidate);
        return found ? *std::move(found) : RowSurroundings::value(node, candidate);
    }

private:
    Compiled compiled_;
};

} // namespace rulebook::scan
