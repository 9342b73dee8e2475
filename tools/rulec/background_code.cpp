#include "tools/rulec/background_code.hpp"

#include "compiler/codegen/object_cache.hpp"
#include "compiler/codegen/trigger_code.hpp"
#include "runtime/scan/scan_shapes.hpp"
#include "tools/rulec/cache_folder.hpp"
#include "tools/rulec/code_request.hpp"

namespace rulec::tool {

BackgroundCode::BackgroundCode(const rulebook::plan::Plan& plan,
                               const std::vector<std::string>& only, std::int64_t instant,
                               std::size_t threads)
    : plan_(plan), request_(code_request(plan, only, instant)), threads_(threads) {}

void BackgroundCode::make() {
    std::optional<codegen::ObjectCache> cache;
    if (const auto folder = cache_folder())
        cache.emplace(*folder / "native");
    const codegen::ObjectCache* const kept = cache ? &*cache : nullptr;
    made_ = codegen::compile(plan_, request_, codegen::Optimization::Full, threads_, kept);
    if (!*made_)
        return;
    ready_.store(&**made_, std::memory_order_release);
    const auto triggers = rulebook::scan::scanned_triggers(plan_, request_.rules);
    made_triggers_ = codegen::compile_triggers(plan_, {request_.instant, triggers},
                                               codegen::Optimization::Full, threads_, kept);
    if (*made_triggers_)
        ready_triggers_.store(&**made_triggers_, std::memory_order_release);
}

void BackgroundCode::begin() {
    if (!has_begun())
        compiling_ = std::jthread([this] { make(); });
}

BackgroundCode::~BackgroundCode() = default;

rulebook::Result<void> BackgroundCode::wait() {
    begin();
    if (compiling_.joinable())
        compiling_.join();
    if (!*made_)
        return tl::unexpected(made_->error());
    if (!*made_triggers_)
        return tl::unexpected(made_triggers_->error());
    return {};
}

} // namespace rulec::tool
