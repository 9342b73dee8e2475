// What is held against the interpreter. One row an engine; more kinds of native code come here.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "compiler/codegen/compile.hpp"

namespace rulebook::differential {

struct Engine {
    std::string name;
    std::function<Result<native::Code>(const plan::Plan&, const rulec::codegen::Request&)> compile;
};

// The code as it is compiled for speed, and as the optimiser has not seen it.
std::span<const Engine> engines();

} // namespace rulebook::differential
