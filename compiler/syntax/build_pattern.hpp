// Internal to this folder (names ANTLR types): what stands behind `on`.
#pragma once

#include "compiler/syntax/builder.hpp"

namespace rulec::syntax {

ast::PatternId build_pattern(Builder& builder, Grammar::TriggerPatternContext& context);

} // namespace rulec::syntax
