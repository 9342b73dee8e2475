// How a credit rule divides its amount among parties. Internal to this folder.
#pragma once

#include "compiler/model/checker.hpp"

namespace rulec::model {

// Fills the splits and floors of a credit rule whose touches and field of parties are known.
// Refers to all that it is given.
class CreditSplits {
public:
    // `index`: of the credit in Rulebook::credits.
    CreditSplits(Context& context, std::size_t index, const ast::File& file,
                 const ast::Credit& node, rulebook::plan::Credit& credit, Type party_type)
        : context_(context), index_(index), file_(file), node_(node), credit_(credit),
          party_type_(party_type) {}

    void build(Checker& checker);
    void build_floors();

    // A value of the party field, by name or quoted text; unknown after a report.
    Value party(const ast::Party& written);

private:
    void build_split(Checker& checker, std::size_t index);
    using Split = rulebook::plan::Split;
    void fill(const ast::ErroneousSplit& node, Split& split, Span span);
    void fill(const ast::FirstSplit& node, Split& split, Span span);
    void fill(const ast::LastSplit& node, Split& split, Span span);
    void fill(const ast::EqualSplit& node, Split& split, Span span);
    void fill(const ast::PositionSplit& node, Split& split, Span span);
    void fill(const ast::MilestonesSplit& node, Split& split, Span span);
    void fill(const ast::DecaySplit& node, Split& split, Span span);
    void fill(const ast::WeightsSplit& node, Split& split, Span span);
    void fill(const ast::FixedSplit& node, Split& split, Span span);
    void fill(const ast::IncrementalSplit& node, Split& split, Span span);
    void fill(const ast::MarkovSplit& node, Split& split, Span span);

    std::optional<rulebook::plan::FieldIndex> touch_field(const ast::Name& name);
    void add_milestone(const ast::Milestone& node, Split& split);
    void add_learnt_weight(const ast::Text& path, const std::string& party,
                           rulebook::plan::ExactWeight weight, Split& split);
    std::int64_t share(ast::ExprId id);
    void check_total(std::int64_t total, Span span);

    Context& context_;
    std::size_t index_;
    const ast::File& file_;
    const ast::Credit& node_;
    rulebook::plan::Credit& credit_;
    Type party_type_;
    Checker* checker_ = nullptr; // of expressions about the deal, while a split is built
};

} // namespace rulec::model
