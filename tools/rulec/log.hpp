// What the tool tells about its own work, on standard error; never results, never in a hot path.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace rulec::tool {

enum class LogLevel : std::uint8_t { Warnings, Everything };

void set_log_level(LogLevel level);
void log_step(std::string_view what);

// Logs how long something took, from its construction to its end.
class TimedStep {
public:
    explicit TimedStep(std::string what)
        : what_(std::move(what)), begin_(std::chrono::steady_clock::now()) {}
    TimedStep(const TimedStep&) = delete;
    TimedStep& operator=(const TimedStep&) = delete;
    ~TimedStep();

private:
    std::string what_;
    std::chrono::steady_clock::time_point begin_;
};

} // namespace rulec::tool
