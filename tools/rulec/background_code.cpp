#include "tools/rulec/background_code.hpp"

#include "compiler/codegen/compile.hpp"
#include "compiler/codegen/object_cache.hpp"
#include "tools/rulec/cache_folder.hpp"
#include "tools/rulec/code_request.hpp"

namespace rulec::tool {

namespace {

rulebook::Result<rulebook::native::Code>
compile(const rulebook::plan::Plan& plan, const codegen::Request& request, std::size_t threads) {
    std::optional<codegen::ObjectCache> cache;
    if (const auto folder = cache_folder())
        cache.emplace(*folder / "native");
    return codegen::compile(plan, request, codegen::Optimization::Full, threads,
                            cache ? &*cache : nullptr);
}

} // namespace

BackgroundCode::BackgroundCode(const rulebook::plan::Plan& plan,
                               const std::vector<std::string>& only, std::int64_t instant,
                               std::size_t threads)
    : make_([&plan, request = code_request(plan, only, instant), threads] {
          return compile(plan, request, threads);
      }) {}

void BackgroundCode::begin() {
    if (has_begun())
        return;
    compiling_ = std::jthread([this] {
        auto made = make_();
        made_ = std::move(made);
        if (*made_)
            ready_.store(&**made_, std::memory_order_release);
    });
}

BackgroundCode::~BackgroundCode() = default;

rulebook::Result<void> BackgroundCode::wait() {
    begin();
    if (compiling_.joinable())
        compiling_.join();
    return *made_ ? rulebook::Result<void>() : tl::unexpected(made_->error());
}

} // namespace rulec::tool
