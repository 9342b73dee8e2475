// Native code for what triggers ask of accounts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compiler/codegen/purposed_request.hpp"
#include "runtime/native/program_use.hpp"
#include "runtime/native/trigger_code.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulec::codegen {

// What is to be compiled for triggers (indexes in Plan::rules, ascending), as one program each; for
// the instant, as Request::instant.
std::vector<PurposedRequest> trigger_programs(const rulebook::plan::Plan& plan,
                                              const std::vector<std::uint32_t>& triggers,
                                              std::int64_t instant);

struct TriggerRequest {
    std::int64_t instant = 0;            // as Request::instant
    std::vector<std::uint32_t> triggers; // indexes in Plan::rules, ascending
};

// As compile().
rulebook::Result<rulebook::native::TriggerCode>
compile_triggers(const rulebook::plan::Plan& plan, const TriggerRequest& request,
                 Optimization optimization, const Workers& workers = {},
                 const ObjectCache* cache = nullptr);

} // namespace rulec::codegen
