// What a program consists of, piece by piece.
#include <algorithm>

#include "compiler/codegen/generation.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;

namespace {

void append_fit(const plan::Plan& plan, std::uint32_t rule, std::uint32_t version,
                std::vector<Item>& items) {
    const plan::Fit& fit = plan.fits[version];
    for (std::uint32_t i = 0; i < fit.outs.size(); ++i)
        items.push_back({Item::Kind::Out, rule, version, i, {fit.outs[i].when}});
    for (std::uint32_t i = 0; i < fit.clauses.size(); ++i) {
        Item item{Item::Kind::Clause, rule, version, i, {}};
        if (fit.clauses[i].when != plan::kNoNode)
            item.roots.push_back(fit.clauses[i].when);
        if (fit.clauses[i].ramp)
            item.roots.push_back(fit.clauses[i].ramp->input);
        items.push_back(std::move(item));
    }
    items.push_back({Item::Kind::FitEnd, rule, version, 0, {}});
}

void append_decision(const plan::Plan& plan, std::uint32_t rule, std::uint32_t version,
                     std::vector<Item>& items) {
    const plan::Decision& decision = plan.decisions[version];
    for (std::uint32_t i = 0; i < decision.choices.size(); ++i) {
        Item item{Item::Kind::Choice, rule, version, i, {}};
        if (decision.choices[i].when != plan::kNoNode)
            item.roots.push_back(decision.choices[i].when);
        if (!is_text(plan.rules[rule].type))
            item.roots.push_back(decision.choices[i].value);
        items.push_back(std::move(item));
    }
    items.push_back({Item::Kind::DecisionEnd, rule, version, 0, {}});
}

} // namespace

std::vector<Item> Generation::items_of_rules() const {
    std::vector<Item> items;
    for (const auto& [rule, version] : versions_) {
        if (plan_.rules[rule].kind == plan::RuleKind::Fit)
            append_fit(plan_, rule, version, items);
        else if (plan_.rules[rule].kind == plan::RuleKind::Table)
            items.push_back({Item::Kind::Table, rule, version, 0, inputs_of_table(version)});
        else
            append_decision(plan_, rule, version, items);
    }
    if (request_.about) // the values themselves come after all that is of the root
        for (const plan::NodeId node : owned_by_values())
            items.push_back({Item::Kind::Keep, 0, 0, node, {node}});
    else
        for (const plan::NodeId node : request_.values)
            items.push_back({Item::Kind::Value, 0, 0, node, {node}});
    return items;
}

std::vector<plan::NodeId> Generation::inputs_of_table(std::uint32_t version) const {
    std::vector<plan::NodeId> inputs;
    for (const rulebook::native::TableColumn& column : indexes_.at(version)->columns())
        if (!is_text(column.type()))
            inputs.push_back(column.input());
    return inputs;
}

// Stage by stage: what elements are asked with, and then these.
std::vector<Item> Generation::items_of_reductions() const {
    std::vector<Item> items;
    for (std::uint32_t i = 0; i < needed_.size(); ++i) {
        for (const plan::NodeId node : reductions_.owned_by(needed_[i]))
            items.push_back({Item::Kind::Keep, 0, 0, node, {node}});
        if (!needed_[i].aggregate->windows.empty() && !runs(needed_[i]))
            items.push_back({Item::Kind::Bounds, 0, 0, i, Reductions::anchors_of(needed_[i])});
        if (i + 1 == needed_.size() || needed_[i + 1].stage != needed_[i].stage)
            items.push_back({Item::Kind::Elements, 0, 0, needed_[i].stage, {}});
    }
    return items;
}

} // namespace rulec::codegen
