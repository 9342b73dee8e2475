// Who compiles.
#pragma once

#include <cstddef>
#include <stop_token>
#include <utility>

namespace rulec::codegen {

struct Workers {
    std::size_t threads = 1; // at most, with the one that asks
    std::stop_token
        stop{}; // asked for before each kernel: then compiling fails with native.stopped

    Workers(std::size_t count = 1, std::stop_token stops = {})
        : threads(count), stop(std::move(stops)) {}
};

} // namespace rulec::codegen
