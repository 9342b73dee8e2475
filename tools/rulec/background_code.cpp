#include "tools/rulec/background_code.hpp"

#include <algorithm>

#include "compiler/codegen/compile.hpp"

namespace rulec::tool {

namespace {

codegen::Request request_for(const rulebook::plan::Plan& plan, const std::vector<std::string>& only,
                             std::int64_t instant) {
    codegen::Request request;
    request.instant = instant;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        if (only.empty() || std::ranges::find(only, plan.rules[rule].name) != only.end())
            request.rules.push_back(rule);
    return request;
}

} // namespace

BackgroundCode::BackgroundCode(const rulebook::plan::Plan& plan,
                               const std::vector<std::string>& only, std::int64_t instant,
                               std::size_t threads)
    : make_([&plan, request = request_for(plan, only, instant), threads] {
          return codegen::compile(plan, request, codegen::Optimization::Full, threads);
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
