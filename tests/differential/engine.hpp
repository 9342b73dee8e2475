// What is held against the interpreter. One row an engine; more kinds of native code come here.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "compiler/codegen/compile.hpp"
#include "runtime/native/library.hpp"

namespace rulebook::differential {

struct Engine {
    std::string name;
    std::function<Result<native::Code>(const plan::Plan&, const rulec::codegen::Request&)> compile;
};

// The code as it is compiled for speed, and as the optimiser has not seen it.
std::span<const Engine> engines();

// The code of a file, for the request's instant. Linking takes its time: it is for few cases. Of
// records below the root's there is none but for signals.
const Engine& ahead_of_time();

// The same file, whole: with what all triggers ask, and gone before it is used.
Result<native::Library> loaded(const plan::Plan& plan, const rulec::codegen::Request& request);

} // namespace rulebook::differential
