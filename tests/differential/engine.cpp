#include "tests/differential/engine.hpp"

#include <array>

namespace rulebook::differential {

namespace codegen = rulec::codegen;

std::span<const Engine> engines() {
    static const std::array all{
        Engine{"optimized code",
               [](const plan::Plan& plan, const codegen::Request& request) {
                   return codegen::compile(plan, request, codegen::Optimization::Full);
               }},
        Engine{"code that is not optimized",
               [](const plan::Plan& plan, const codegen::Request& request) {
                   return codegen::compile(plan, request, codegen::Optimization::None);
               }},
    };
    return all;
}

} // namespace rulebook::differential
