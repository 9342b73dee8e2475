#include "tools/rulec/background_code.hpp"

#include "compiler/codegen/credit_code.hpp"
#include "compiler/codegen/object_cache.hpp"
#include "compiler/codegen/trigger_code.hpp"
#include "runtime/scan/scan_shapes.hpp"
#include "tools/rulec/cache_folder.hpp"
#include "tools/rulec/code_request.hpp"

namespace rulec::tool {

using codegen::Optimization;

BackgroundCode::BackgroundCode(const rulebook::plan::Plan& plan,
                               const std::vector<std::string>& only, std::int64_t instant,
                               std::size_t threads)
    : plan_(plan), request_(code_request(plan, only, instant)), threads_(threads) {}

// The first tier is not kept in the cache: it is made about as fast as it would be read.
void BackgroundCode::make(Tiers tiers) {
    std::optional<codegen::ObjectCache> cache;
    if (const auto folder = cache_folder())
        cache.emplace(*folder / "native");
    const auto kept =
        cache ? codegen::kept(plan_, request_, Optimization::Full, *cache) : std::nullopt;
    const auto triggers = rulebook::scan::scanned_triggers(plan_, request_.rules);
    if (kept)
        best_.rules = *kept;
    else if (tiers == Tiers::Both)
        make(first_, Optimization::None, triggers, nullptr);
    make(best_, Optimization::Full, triggers, cache ? &*cache : nullptr);
}

// What it has already is not made again.
void BackgroundCode::make(Tier& tier, Optimization optimization,
                          const std::vector<std::uint32_t>& triggers,
                          const codegen::ObjectCache* cache) {
    if (!tier.rules)
        tier.rules = codegen::compile(plan_, request_, optimization, threads_, cache);
    if (!*tier.rules)
        return;
    ready_.store(&**tier.rules, std::memory_order_release);
    tier.triggers = codegen::compile_triggers(plan_, {request_.instant, triggers}, optimization,
                                              threads_, cache);
    if (*tier.triggers)
        ready_triggers_.store(&**tier.triggers, std::memory_order_release);
    tier.credits = codegen::compile_credits(plan_, {request_.instant, request_.rules}, optimization,
                                            threads_, cache);
    if (*tier.credits)
        ready_credits_.store(&**tier.credits, std::memory_order_release);
}

void BackgroundCode::begin() {
    begin(Tiers::Both);
}

void BackgroundCode::begin(Tiers tiers) {
    if (!has_begun())
        compiling_ = std::jthread([this, tiers] { make(tiers); });
}

BackgroundCode::~BackgroundCode() = default;

rulebook::Result<void> BackgroundCode::wait() {
    begin(Tiers::Best);
    if (compiling_.joinable())
        compiling_.join();
    if (!*best_.rules)
        return tl::unexpected(best_.rules->error());
    if (!*best_.triggers)
        return tl::unexpected(best_.triggers->error());
    if (!*best_.credits)
        return tl::unexpected(best_.credits->error());
    return {};
}

} // namespace rulec::tool
