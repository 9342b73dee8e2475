// Native code for what credit rules ask of deals and touches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compiler/codegen/purposed_request.hpp"
#include "runtime/native/credit_code.hpp"
#include "runtime/native/program_use.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulec::codegen {

struct CreditRequest {
    std::int64_t instant = 0;         // as Request::instant
    std::vector<std::uint32_t> rules; // indexes in Plan::rules, ascending; of other kinds: nothing
};

// What is to be compiled for credit rules, as one program each.
std::vector<PurposedRequest> credit_programs(const rulebook::plan::Plan& plan,
                                             const CreditRequest& request);

// As compile().
rulebook::Result<rulebook::native::CreditCode> compile_credits(const rulebook::plan::Plan& plan,
                                                               const CreditRequest& request,
                                                               Optimization optimization,
                                                               const Workers& workers = {},
                                                               const ObjectCache* cache = nullptr);

} // namespace rulec::codegen
