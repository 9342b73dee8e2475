// How long weights take to be learnt from counted paths that are in memory.
//
//   learn_speed paths FILE TIMES        milliseconds of each run over a file of paths
//   learn_speed random CHANNELS TIMES   the same over random journeys of so many channels
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include <fmt/format.h>

#include "runtime/learn/removal_effects.hpp"
#include "tools/rulec/paths_file.hpp"
#include "tools/rulec/read_file.hpp"

namespace {

using Paths = std::vector<rulec::tool::CountedPath>;

// Journeys of 1 to 12 touches, each channel followed by one of a few.
Paths random_paths(std::size_t channels) {
    std::mt19937_64 random(1);
    const auto below = [&](std::size_t count) { return random() % count; };
    Paths paths;
    for (std::size_t i = 0; i < channels * 20; ++i) {
        std::size_t channel = below(channels);
        std::string path = fmt::format("c{}", channel);
        for (std::size_t left = below(12); left > 0; --left) {
            channel = (channel * 7 + 1 + below(5)) % channels;
            path += fmt::format(">c{}", channel);
        }
        paths.push_back({path, below(3), below(9), i});
    }
    return paths;
}

int fail(const std::string& why) {
    fmt::print(stderr, "learn_speed: {}\n", why);
    return 1;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 4)
        return fail("paths FILE TIMES, or random CHANNELS TIMES");
    const std::string kind = arguments[1];
    const std::string what = arguments[2];
    Paths paths;
    if (kind == "random") {
        paths = random_paths(std::strtoull(what.c_str(), nullptr, 10));
    } else {
        const auto text = rulec::tool::read_file(what, std::size_t{1} << 30U);
        auto read = text ? rulec::tool::read_paths(*text, what) : tl::unexpected(text.error());
        if (!read)
            return fail(read.error().message);
        paths = std::move(*read);
    }
    for (long run = std::strtol(arguments[3], nullptr, 10); run > 0; --run) {
        const auto start = std::chrono::steady_clock::now();
        const auto graph = rulec::tool::count_paths(paths, what);
        if (!graph)
            return fail(graph.error().message);
        const auto weights = rulebook::learn::removal_effects(*graph);
        if (!weights)
            return fail(weights.error().message);
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - start;
        fmt::print("{:.4f}\n", took.count());
    }
    return 0;
}
