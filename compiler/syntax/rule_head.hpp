// What rules of every kind may say.
#pragma once

#include "compiler/syntax/declaration.hpp"

namespace rulec::ast {

// What every rule may say, wherever inside its braces.
struct RuleHead {
    Name name;
    EffectiveRange effective;
    std::vector<Name> owners;
    std::optional<Text> doc;
    std::vector<Allow> allows;
    Span span; // the whole declaration
};

// `when P because "…"`
struct Condition {
    ExprId expression;
    std::optional<Text> because;
    Span span;
};

} // namespace rulec::ast
