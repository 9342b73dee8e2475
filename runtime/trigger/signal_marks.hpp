// Which signals a record matches. A signal whose condition reads nothing but one field of the
// record, of few distinct values, is judged once per value: that is what most signals are
// (`events where name is "…"`).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/trigger_shapes.hpp"

namespace rulebook::trigger {

// One thread at a time. Shapes, evaluator and its data outlive it.
class SignalMarks {
public:
    SignalMarks(const TriggerShapes& shapes, interpret::Evaluator& evaluator);

    // Appends the signals that the record of the root matches at the instant at which it is there,
    // ascending.
    void mark(interpret::Record root, interpret::Record record, std::int64_t instant,
              std::vector<std::uint32_t>& signals);

private:
    // Signals that depend on one field: per value of it, those that match; none: not judged yet.
    struct ByField {
        plan::FieldIndex field = 0;
        std::vector<std::uint32_t> signals;
        std::vector<std::optional<std::vector<std::uint32_t>>> per_value; // the first: unknown
    };
    struct OfCollection {
        std::vector<std::uint32_t> always; // without a condition
        std::vector<ByField> by_field;
        std::vector<std::uint32_t> others;
    };

    void add(OfCollection& collection, plan::EntityIndex entity, std::uint32_t signal);
    bool matches(std::uint32_t signal, interpret::Record root, interpret::Record record,
                 std::int64_t instant);
    const std::vector<std::uint32_t>& matching(ByField& by_field, interpret::Record root,
                                               interpret::Record record, std::int64_t instant);

    const plan::Plan& plan_;
    interpret::Evaluator& evaluator_;
    std::vector<OfCollection> collections_; // by EntityIndex
};

// The one field of the record (in frame 1) that the node depends on, and on nothing else: no other
// record, no instant, no rule.
std::optional<plan::FieldIndex> only_field_of_record(const plan::Plan& plan, plan::NodeId node);

} // namespace rulebook::trigger
