// How a credit rule divides its amount among parties. Internal to this folder.
#pragma once

#include "compiler/model/checker.hpp"

namespace rulec::model {

// Fills the splits and floors of a credit rule whose touches and field of parties are known.
// Refers to all that it is given.
class CreditSplits {
public:
    CreditSplits(Context& context, const ast::File& file, const ast::Credit& node,
                 rulebook::plan::Credit& credit, Type party_type)
        : context_(context), file_(file), node_(node), credit_(credit), party_type_(party_type) {}

    void build(Checker& checker);
    void build_floors();

    // A value of the party field, by name or quoted text; unknown after a report.
    Value party(const ast::Party& written);

private:
    void build_split(Checker& checker, std::size_t index);
    void fill(const ast::ErroneousSplit& node, rulebook::plan::Split& split, Span span);
    void fill(const ast::FirstSplit& node, rulebook::plan::Split& split, Span span);
    void fill(const ast::LastSplit& node, rulebook::plan::Split& split, Span span);
    void fill(const ast::EqualSplit& node, rulebook::plan::Split& split, Span span);
    void fill(const ast::PositionSplit& node, rulebook::plan::Split& split, Span span);
    void fill(const ast::FixedSplit& node, rulebook::plan::Split& split, Span span);
    void fill(const ast::IncrementalSplit& node, rulebook::plan::Split& split, Span span);
    template <class Later>
    void fill(const Later& node, rulebook::plan::Split& split, Span span);

    std::int64_t share(ast::ExprId id);
    void check_total(std::int64_t total, Span span);

    Context& context_;
    const ast::File& file_;
    const ast::Credit& node_;
    rulebook::plan::Credit& credit_;
    Type party_type_;
};

} // namespace rulec::model
