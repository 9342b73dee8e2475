// Typed expressions as nodes of the plan. Internal to this folder.
#pragma once

#include <map>
#include <vector>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/diagnostics/source.hpp"
#include "compiler/lower/node_table.hpp"
#include "compiler/model/rulebook.hpp"

namespace rulec::lower {

using rulebook::plan::kNoNode;
using rulebook::plan::NodeId;

// What an expression is evaluated on: which frames of the plan stand for those of the model, what
// the value parameters of the definition at hand are, and which frame is free.
struct Binding {
    std::vector<std::uint32_t> frames;
    std::vector<NodeId> values;
    std::uint32_t next_frame = 1;

    friend auto operator<=>(const Binding&, const Binding&) = default;
};

// `frames` records at hand, the root among them, each standing for itself.
Binding plain_binding(std::uint32_t frames);

class ExpressionLowering {
public:
    // `rules`: of the model → of the plan; `signals` likewise.
    ExpressionLowering(const model::Rulebook& book, const Sources& sources,
                       rulebook::plan::Plan& plan, const std::vector<std::uint32_t>& rules,
                       Diagnostics& diagnostics)
        : book_(book), sources_(sources), nodes_(plan), rules_(rules), diagnostics_(diagnostics) {}

    // kNoNode for nothing. Each expression is lowered once per binding.
    NodeId lower(model::ExprId id, const Binding& binding);
    // With node ids in place of expression ids, for elements in frame `binding.next_frame`.
    rulebook::plan::Aggregate lower(const rulebook::plan::Aggregate& aggregate,
                                    const Binding& binding);
    // The condition of a signal on the element in frame `frame`.
    NodeId lower_signal(std::uint32_t signal, std::uint32_t frame, std::uint32_t next_frame);
    // Where the node is written in the source, in that order.
    std::vector<Span> places(NodeId node) const;

private:
    rulebook::plan::NodeId lower_operation(const model::Expression& expression,
                                           const Binding& binding, const std::string& label);
    rulebook::plan::NodeId lower_value(model::ExprId id, const Binding& binding);
    std::string name_in_record(const model::Expression& field) const;
    NodeId lower_definition(const model::Expression& expression, const Binding& binding);
    NodeId in_force(const rulebook::plan::Effective& effective, NodeId then, NodeId otherwise,
                    rulebook::plan::Type type);
    NodeId instant_constant(std::int64_t microseconds);
    std::string label(const model::Expression& expression) const;

    const model::Rulebook& book_;
    const Sources& sources_;
    NodeTable nodes_;
    const std::vector<std::uint32_t>& rules_;
    Diagnostics& diagnostics_;
    std::map<Binding, std::uint32_t> bindings_;
    std::map<std::pair<std::uint32_t, model::ExprId>, NodeId> lowered_;
};

} // namespace rulec::lower
