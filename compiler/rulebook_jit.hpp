// Rules that are compiled while the program runs: everything that users of the target rulebook::jit
// need, beside <rulebook/rulebook.hpp>. `runtime/EMBEDDING.md` is the way in.
#pragma once

// IWYU pragma: begin_exports
#include "compiler/jit/compile_rules.hpp"
// IWYU pragma: end_exports
