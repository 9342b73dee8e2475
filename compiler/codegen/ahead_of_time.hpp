// From a plan to object files that need no compiler when they are run (runtime/native/library.hpp).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/codegen/compile.hpp"
#include "runtime/native/cpu_level.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulec::codegen {

// What names in the object files begin with: the rulebook's name, as an identifier of C.
std::string symbol_prefix(const rulebook::plan::Plan& plan);

struct AheadRequest {
    Request rules;                         // for all instants: that of the request does not count
    std::vector<std::uint32_t> triggers{}; // indexes in Plan::rules, ascending: what these ask
    std::vector<std::uint32_t> credits{};  // the same of credit rules; of other kinds: nothing
};

// The objects together define the rulebook_code `<symbol_prefix>_code`, and by another name
// `rulebook_code`, if `for_loading`: then they are to be linked into a shared object of their own.
// They have code for all instants. They may call __divti3,
// memset, memcpy and memmove. Equal plans give equal objects. The plan is sound. Fails with
// native.target.
rulebook::Result<std::vector<std::string>> compile_ahead(const rulebook::plan::Plan& plan,
                                                         const AheadRequest& request,
                                                         rulebook::native::CpuLevel level,
                                                         Optimization optimization,
                                                         bool for_loading, std::size_t threads = 1);

} // namespace rulec::codegen
