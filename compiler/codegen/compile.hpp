// From a plan to native code: column kernels over rows of (root record, instant).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/codegen/workers.hpp"
#include "runtime/native/code.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulec::codegen {

struct Request {
    // Microseconds since 1970 UTC: the versions of rules are those in force then. The program is
    // for all instants at which the same ones are.
    std::int64_t instant = 0;
    // Fits and decisions (indexes in Plan::rules) whose results are asked for; which they read is
    // compiled with them. Those that cannot be compiled are left to the interpreter.
    std::vector<std::uint32_t> rules;
    // Nodes over the root record, of any type but text, whose values are asked for.
    std::vector<rulebook::plan::NodeId> values;
    // Where it is there, `values` are over these records and the root's above them, and read no
    // other frame.
    std::optional<rulebook::native::About> about{};
    // Rows of one root record mostly come together, at instants that ascend.
    bool over_time = false;
};

enum class Optimization : std::uint8_t { None, Full };

class ObjectCache;

// Whether the system lets this process make code; else native.memory, with its reason. Hardened
// services may not.
rulebook::Result<void> may_make_code();

// Code for this processor, in the memory of this process. The
// plan is sound (runtime/plan/validate.hpp); it need not outlive the code. `cache`: looked
// into first, and what is made goes there (object_cache.hpp); may be null. Fails with native.target
// (there is no code for this processor), native.memory (the process may not make code) and
// native.stopped (the workers were stopped).
rulebook::Result<rulebook::native::Code> compile(const rulebook::plan::Plan& plan,
                                                 const Request& request, Optimization optimization,
                                                 const Workers& workers = {},
                                                 const ObjectCache* cache = nullptr);

// What compile() would take from the cache; nothing where it would have to make it.
std::optional<rulebook::native::Code> kept(const rulebook::plan::Plan& plan, const Request& request,
                                           Optimization optimization, const ObjectCache& cache);

// The program as LLVM's text, with what it is in C beside it, as it is before it is optimised; and
// as assembly after. Fail with native.target.
rulebook::Result<std::string> ir_text(const rulebook::plan::Plan& plan, const Request& request);
rulebook::Result<std::string> assembly_text(const rulebook::plan::Plan& plan,
                                            const Request& request);

} // namespace rulec::codegen
