#include "tools/data/memory.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

#include <unistd.h>

#include <fmt/format.h>

namespace rulec::input {
namespace {

namespace fs = std::filesystem;

std::optional<std::uint64_t> number_in(const fs::path& path) {
    std::ifstream file(path);
    std::uint64_t number = 0;
    if (file >> number) {
        return number;
    }
    return std::nullopt; // not there, or "max"
}

// "MemAvailable:  123 kB" and "inactive_file 123".
std::optional<std::uint64_t> named_number(const fs::path& path, std::string_view name) {
    std::ifstream file(path);
    std::string word;
    while (file >> word) {
        std::uint64_t number = 0;
        if (word == name && file >> number) {
            return number;
        }
    }
    return std::nullopt;
}

// What the group's limit leaves; files that are only cached can be given back.
std::optional<std::uint64_t> left_in(const fs::path& group, const char* most, const char* used,
                                     std::string_view cached) {
    const auto limit = number_in(group / most);
    const auto taken = number_in(group / used);
    if (!limit.has_value() || !taken.has_value()) {
        return std::nullopt;
    }
    const std::uint64_t given_back =
        std::min(*taken, named_number(group / "memory.stat", cached).value_or(0));
    return *limit - std::min(*limit, *taken - given_back);
}

// The path of the process's group in a line such as "0::/user.slice" or "4:memory:/docker/1".
std::optional<std::string> group_named(std::string_view controller) {
    std::ifstream file("/proc/self/cgroup");
    std::string line;
    while (std::getline(file, line)) {
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first + 1);
        if (second != std::string::npos &&
            std::string_view(line).substr(first + 1, second - first - 1) == controller) {
            return line.substr(second + 1);
        }
    }
    return std::nullopt;
}

// The smallest of what the group and those around it leave.
std::uint64_t left_in_groups(const fs::path& mount, std::string_view controller, const char* most,
                             const char* used, std::string_view cached) {
    std::uint64_t left = std::numeric_limits<std::uint64_t>::max();
    const auto own = group_named(controller);
    if (!own.has_value()) {
        return left;
    }
    fs::path group = fs::path(*own).relative_path();
    while (true) {
        left = std::min(left, left_in(mount / group, most, used, cached).value_or(left));
        if (group.empty()) {
            return left;
        }
        group = group.parent_path();
    }
}

} // namespace

std::uint64_t available_memory() {
    constexpr std::uint64_t kKibibyte = 1024;
    const auto available = named_number("/proc/meminfo", "MemAvailable:");
    if (!available.has_value()) {
        return 0;
    }
    return std::min(
        {*available * kKibibyte,
         left_in_groups("/sys/fs/cgroup", "", "memory.max", "memory.current", "inactive_file"),
         left_in_groups("/sys/fs/cgroup/memory", "memory", "memory.limit_in_bytes",
                        "memory.usage_in_bytes", "total_inactive_file")});
}

std::uint64_t used_memory() {
    std::ifstream file("/proc/self/statm");
    std::uint64_t all = 0;
    std::uint64_t resident = 0;
    if (!(file >> all >> resident)) {
        return 0;
    }
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

bool memory_suffices(std::uint64_t used, std::uint64_t available) {
    constexpr std::uint64_t kProgram = std::uint64_t{64} << 20U;
    return available >= used / 4 + kProgram;
}

rulebook::Result<void> check_memory(std::string_view table, std::uint64_t rows) {
    constexpr double kMebibyte = 1 << 20;
    const std::uint64_t available = available_memory();
    const std::uint64_t used = used_memory();
    if (available == 0 || memory_suffices(used, available)) {
        return {};
    }
    return rulebook::make_error(
        "data.memory",
        fmt::format("the data are too large for the memory: after {} rows of {}, {:.0f} MiB are "
                    "taken and {:.0f} MiB are left",
                    rows, table, static_cast<double>(used) / kMebibyte,
                    static_cast<double>(available) / kMebibyte),
        "leave out columns and records that no rule reads (data.toml: sql), or use a machine with "
        "more memory");
}

} // namespace rulec::input
