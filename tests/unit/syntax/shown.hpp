// Expressions and patterns as text with every bracket written, for comparison in tests.
#pragma once

#include <string>

#include "compiler/syntax/ast.hpp"

namespace rulec::testing {

std::string shown(const ast::File& file, ast::ExprId id);
std::string shown(const ast::File& file, ast::PatternId id);
std::string shown(const ast::File& file, const ast::Selection& selection);

} // namespace rulec::testing
