// The same deals divided by several models: who would get what under each.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "runtime/credit/account_credit.hpp"

namespace rulebook::credit {

// The models that a credit rule's deals are compared under: the usual ones, then those of the
// rule's own splits that are none of these, each alone and whatever its condition. Floors and
// `without touches` stay as the rule has them. Immutable; refers to the shapes.
class Comparison {
public:
    // Fails with credit.comparison where versions of the rule take their touches, or their parties,
    // from different places: sums over them would mean nothing.
    static Result<Comparison> prepare(const CreditShapes& shapes, const CreditShapes::Rule& rule);

    // As people read them, each once.
    const std::vector<std::string>& models() const { return names_; }

    // How each of the models divides a deal that the rule credits, in the order of models(). Where
    // a model passes, nobody gets the deal: Division::Basis::EveryModelPassed.
    std::vector<Division> divide(interpret::Evaluator& evaluator, interpret::RowIndex root,
                                 const DealCredit& deal, const interpret::FiredLookup* fired) const;

    // How they divide, in the same order. Model::key counts key_fields().
    struct Compared {
        Model model;
        const plan::Split* split = nullptr; // whose rates and milestones; none: it needs neither
    };
    const std::vector<Compared>& compared() const { return compared_; }
    const std::vector<plan::FieldIndex>& key_fields() const { return key_fields_; } // of the touch

private:
    Comparison(const CreditShapes& shapes, const CreditShapes::Rule& rule)
        : shapes_(&shapes), rule_(&rule) {}
    void add(std::string name, Compared compared);
    void add_usual(const plan::Credit& newest);
    void add_own(const CreditShapes::Version& version);

    const CreditShapes* shapes_;
    const CreditShapes::Rule* rule_;
    std::vector<std::string> names_;
    std::vector<Compared> compared_;
    std::vector<plan::FieldIndex> key_fields_;
};

using Comparisons = std::map<std::uint32_t, Comparison>; // by rule, an index in Plan::rules

} // namespace rulebook::credit
