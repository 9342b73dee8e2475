#include "tools/rulec/progress.hpp"

#include <ostream>
#include <utility>

namespace rulec::tool {

namespace {

constexpr std::chrono::milliseconds kFirst{500}; // what is done by then shows no bar
constexpr std::chrono::milliseconds kBetween{100};
constexpr std::size_t kWidth = 30;
constexpr std::string_view kClearLine = "\r\x1b[K";

} // namespace

Progress::Progress(Console& console, std::string what)
    : console_(console), what_(std::move(what)), next_(std::chrono::steady_clock::now() + kFirst) {}

bool Progress::due() {
    if (!console_.progress)
        return false;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_)
        return false;
    next_ = now + kBetween;
    shown_ = true;
    return true;
}

void Progress::show(std::size_t done, std::size_t all) {
    if (all == 0 || !due())
        return;
    const std::size_t filled = kWidth * done / all;
    console_.messages << kClearLine << what_ << " [" << std::string(filled, '#')
                      << std::string(kWidth - filled, ' ') << "] " << 100 * done / all << "%"
                      << std::flush;
}

void Progress::show_rows(std::string_view table, std::uint64_t rows) {
    if (due())
        console_.messages << kClearLine << what_ << ' ' << table << ": " << rows << " rows"
                          << std::flush;
}

void Progress::finish() {
    if (std::exchange(shown_, false))
        console_.messages << kClearLine << std::flush;
}

} // namespace rulec::tool
