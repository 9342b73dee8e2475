#include "tools/rulec/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace rulec::tool {
namespace {

// Made on first use: most runs log nothing and should not pay for it.
spdlog::logger& logger() {
    static std::shared_ptr<spdlog::logger> made = [] {
        auto fresh = std::make_shared<spdlog::logger>(
            "rulec", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
        fresh->set_pattern("%n: %^%l%$: %v");
        fresh->set_level(spdlog::level::debug);
        return fresh;
    }();
    return *made;
}

LogLevel& level() {
    static LogLevel current = LogLevel::Warnings;
    return current;
}

} // namespace

void set_log_level(LogLevel wanted) {
    level() = wanted;
}

void log_step(std::string_view what) {
    if (level() == LogLevel::Everything)
        logger().debug("{}", what);
}

TimedStep::~TimedStep() {
    if (level() != LogLevel::Everything)
        return;
    std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin_;
    logger().debug("{}: {:.1f} ms", what_, took.count());
}

} // namespace rulec::tool
