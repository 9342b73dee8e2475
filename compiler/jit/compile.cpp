#include <algorithm>
#include <limits>
#include <utility>

#include "compiler/codegen/compile.hpp"
#include "compiler/codegen/object_cache.hpp"
#include "compiler/jit/compile_rules.hpp"

namespace rulebook::jit {

namespace {

namespace codegen = rulec::codegen;

codegen::Request request_for(const plan::Plan& plan, const std::vector<std::string>& only) {
    codegen::Request request;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        if (only.empty() || std::ranges::find(only, plan.rules[rule].name) != only.end())
            request.rules.push_back(rule);
    return request;
}

// For all instants, from the earliest on.
Result<std::vector<native::Code>> code_of(const plan::Plan& plan, const Options& options) {
    std::optional<codegen::ObjectCache> cache;
    if (options.cache)
        cache.emplace(*options.cache);
    const auto optimization = options.optimization == Optimization::Full
                                  ? codegen::Optimization::Full
                                  : codegen::Optimization::None;
    codegen::Request request = request_for(plan, options.only);
    std::vector<native::Code> codes;
    std::optional<std::int64_t> instant = std::numeric_limits<std::int64_t>::min();
    while (instant) {
        request.instant = *instant;
        auto code = codegen::compile(plan, request, optimization, options.threads,
                                     cache ? &*cache : nullptr);
        if (!code)
            return tl::unexpected(std::move(code.error()));
        instant = code->program.instants.until;
        codes.push_back(*std::move(code));
    }
    return codes;
}

} // namespace

native::Library compile(plan::Plan plan, const Options& options) {
    auto codes = code_of(plan, options);
    if (!codes)
        return {std::move(plan), {}, std::move(codes.error())};
    return {std::move(plan), *std::move(codes), std::nullopt};
}

} // namespace rulebook::jit
