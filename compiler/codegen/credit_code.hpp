// Native code for what credit rules ask of deals and touches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compiler/codegen/compile.hpp"
#include "runtime/native/credit_code.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulec::codegen {

struct CreditRequest {
    std::int64_t instant = 0;         // as Request::instant
    std::vector<std::uint32_t> rules; // indexes in Plan::rules, ascending; of other kinds: nothing
};

// As compile().
rulebook::Result<rulebook::native::CreditCode> compile_credits(const rulebook::plan::Plan& plan,
                                                               const CreditRequest& request,
                                                               Optimization optimization,
                                                               std::size_t threads = 1,
                                                               const ObjectCache* cache = nullptr);

} // namespace rulec::codegen
