// Which names an expression sees. Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/model/rulebook.hpp"

namespace rulec::model {

struct Frame {
    rulebook::plan::EntityIndex entity = 0;
    std::string name;           // `account`, `user`; of a definition's parameter: its name
    bool may_be_absent = false; // a completing record that may be of another entity
};

// In a credit rule some collections mean something of their own.
struct CreditScope {
    rulebook::plan::EntityIndex deals = 0;
    std::optional<rulebook::plan::EntityIndex> touches; // known once `among` is checked
    std::uint32_t rule = 0;
    bool in_flag = false; // `credited(P)` is known
    rulebook::plan::Type party_type;
    rulebook::plan::Type amount_type;
};

struct Scope {
    std::vector<Frame> frames;                          // the root first
    std::size_t bare = 0;                               // whose fields are named bare
    int layer = 1;                                      // rules of later layers are out of reach
    std::string reader;                                 // who reads, for messages: "fit design_icp"
    const std::vector<Parameter>* parameters = nullptr; // of the definition at hand
    std::optional<std::uint32_t> definition;
    std::optional<CreditScope> credit;
    std::string completed_by; // in a trigger's conditions: what completes `on`, in words

    const Frame& bare_frame() const { return frames[bare]; }

    // The scope inside `where`: bare names are the element's.
    Scope inside(Frame element) const {
        Scope inner = *this;
        inner.frames.push_back(std::move(element));
        inner.bare = inner.frames.size() - 1;
        return inner;
    }
};

// The scope of a rule about the root entity.
Scope root_scope(const Rulebook& book, int layer, std::string reader);

} // namespace rulec::model
