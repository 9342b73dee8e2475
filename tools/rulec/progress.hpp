// How far long work is, on a terminal only.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "tools/rulec/console.hpp"

namespace rulec::tool {

// One line on the console's messages that is written over; nothing where that is no terminal, and
// nothing for work that is done at once. Not thread-safe.
class Progress {
public:
    Progress(Console& console, std::string what);
    ~Progress() { finish(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void show(std::size_t done, std::size_t all);
    void show_rows(std::string_view table, std::uint64_t rows);
    void finish(); // takes the line away

private:
    bool due();

    Console& console_;
    std::string what_;
    std::chrono::steady_clock::time_point next_;
    bool shown_ = false;
};

} // namespace rulec::tool
