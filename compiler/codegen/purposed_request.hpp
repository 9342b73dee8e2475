// What is compiled besides the results of rules: one program for each purpose.
#pragma once

#include <utility>
#include <vector>

#include "compiler/codegen/compile.hpp"
#include "runtime/native/program_use.hpp"

namespace rulec::codegen {

struct PurposedRequest {
    rulebook::native::ProgramPurpose purpose;
    Request request;
};

// `Made` takes the code of each by its purpose. Fails as compile().
template <class Made>
rulebook::Result<Made>
compile_all(const rulebook::plan::Plan& plan, const std::vector<PurposedRequest>& requests,
            Optimization optimization, const Workers& workers, const ObjectCache* cache) {
    Made made;
    for (const auto& [purpose, asked] : requests) {
        auto code = compile(plan, asked, optimization, workers, cache);
        if (!code)
            return tl::unexpected(std::move(code.error()));
        made.add(purpose, *std::move(code));
    }
    return made;
}

} // namespace rulec::codegen
