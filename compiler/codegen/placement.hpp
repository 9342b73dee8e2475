// Where the value of each node comes from; internal to this folder.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulec::codegen {

enum class Place : std::uint8_t {
    Lowered,     // instructions compute it from its operands
    OfText,      // asked of the interpreter once for each text of one field
    Interpreted, // asked of the interpreter for each row
};

class Placement {
public:
    // `rule_is_native`: whether the results of a rule (index in Plan::rules) are in arrays. Both
    // outlive it.
    Placement(const rulebook::plan::Plan& plan,
              std::function<bool(std::uint32_t rule)> rule_is_native);

    // Requires a node over the root record that is not a text.
    Place of(rulebook::plan::NodeId id) const;
    // Requires Place::OfText: the field of the root record.
    rulebook::plan::FieldIndex text_field(rulebook::plan::NodeId id) const {
        return *texts_[id].field;
    }

private:
    // What of the data a node depends on, if that is at most one text of the root record.
    struct TextOnly {
        bool holds = false;
        std::optional<rulebook::plan::FieldIndex> field; // none: constants only
    };

    bool is_lowered(rulebook::plan::NodeId id) const;
    TextOnly text_of(rulebook::plan::NodeId id) const;

    const rulebook::plan::Plan& plan_;
    std::function<bool(std::uint32_t)> rule_is_native_;
    std::vector<TextOnly> texts_; // by node; operands come before what uses them
};

// Whether the values of the type stand in arrays.
bool is_text(rulebook::plan::Type type);

} // namespace rulec::codegen
