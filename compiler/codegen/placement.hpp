// Where the value of each node comes from, among the records of one entity; internal to this
// folder.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "runtime/plan/frames.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::codegen {

enum class Place : std::uint8_t {
    Lowered,     // instructions compute it from its operands
    Owned,       // of an element: a value of its root record, which is computed there
    Reduced,     // a kernel of segments computes it from elements
    OfText,      // asked of the interpreter once for each text of one field
    Interpreted, // asked of the interpreter for each record
};

// Which results are in arrays.
struct Available {
    std::function<bool(std::uint32_t rule)> rule;          // index in Plan::rules
    std::function<bool(rulebook::plan::NodeId)> reduction; // of an aggregate
};

class Placement {
public:
    // The records of `entity`, in frame `level`: 0 for the root's. `frames`: of all nodes. Plan and
    // frames outlive it.
    Placement(const rulebook::plan::Plan& plan, const std::vector<rulebook::plan::FrameSet>& frames,
              rulebook::plan::EntityIndex entity, std::uint32_t level, Available available);

    rulebook::plan::EntityIndex entity() const { return entity_; }
    bool is_root() const { return level_ == 0; }

    // Requires a node that has a value for the record (and its root's), and that is not a text,
    // unless it is one that is compared by its code.
    Place of(rulebook::plan::NodeId id) const;
    // The operands that are lowered for the node to be; it is Lowered.
    std::vector<rulebook::plan::NodeId> operands(rulebook::plan::NodeId id) const;
    // Requires Place::OfText.
    rulebook::plan::FieldIndex text_field(rulebook::plan::NodeId id) const {
        return *texts_[id].field;
    }
    // Whether the node is a text that never changes in a field of the record.
    bool is_stored_text(rulebook::plan::NodeId id) const;

private:
    // What of the data a node depends on, if that is at most one text of the record.
    struct TextOnly {
        bool holds = false;
        std::optional<rulebook::plan::FieldIndex> field; // none: constants only
    };

    bool is_lowered(rulebook::plan::NodeId id) const;
    bool is_lowered_field(const rulebook::plan::Node& node) const;
    TextOnly text_of(rulebook::plan::NodeId id) const;

    const rulebook::plan::Plan& plan_;
    const std::vector<rulebook::plan::FrameSet>& frames_;
    rulebook::plan::EntityIndex entity_;
    std::uint32_t level_;
    Available available_;
    std::vector<TextOnly> texts_; // by node; operands come before what uses them
};

bool is_text(rulebook::plan::Type type);

// A field whose texts are compared with constants (`is`, `is not`, `in`): by codes.
bool compares_codes(const rulebook::plan::Plan& plan, const rulebook::plan::Node& node);

} // namespace rulec::codegen
