// The syntax tree of one file of a rulebook: what was written, with the place of everything, before
// any name is looked up. Plain values without pointers: a File may be copied, moved and kept. It
// refers to its text only through spans, so whoever shows places keeps the Sources.
#pragma once

#include <utility>

#include "compiler/syntax/rule.hpp"
#include "compiler/syntax/token.hpp"

namespace rulec::ast {

using Declaration =
    std::variant<RulebookHeader, Team, List, Lookup, Enum, Entity, Define, Signal, Fit, Decide,
                 Table, Calendar, Policy, Trigger, Rates, Credit, Measure, Roi, Test>;

struct File {
    FileId file = kNoFile;
    std::vector<Declaration> declarations; // in the order of the source
    std::vector<Expression> expressions;
    std::vector<Pattern> patterns;
    std::vector<Token> tokens;
    bool complete = true; // false: a mistake was reported and what holds it is left out

    // Out of line: what a File is made of takes long to compile, and is destroyed in many places.
    File();
    File(const File&);
    File(File&&) noexcept;
    File& operator=(const File&);
    File& operator=(File&&) noexcept;
    ~File();

    const Expression& operator[](ExprId id) const { return expressions[id.index]; }
    const Pattern& operator[](PatternId id) const { return patterns[id.index]; }

    // The node if it is of that kind, else nullptr; also for an absent id.
    template <typename Node>
    const Node* as(ExprId id) const {
        return id.present() ? std::get_if<Node>(&expressions[id.index].node) : nullptr;
    }
};

} // namespace rulec::ast
