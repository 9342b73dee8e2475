// Choices of a generator; the same seed gives the same choices on every machine.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string_view>
#include <vector>

namespace rulebook::generator {

class Randomness {
public:
    explicit Randomness(std::uint64_t seed) : engine_(seed) {}

    // From 0 to count - 1. (The library's distributions differ between implementations.)
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        const auto from = static_cast<std::uint64_t>(low); // without a sign: all may be asked for
        const std::uint64_t count = static_cast<std::uint64_t>(high) - from + 1;
        return static_cast<std::int64_t>(from + engine_() % count);
    }
    bool one_in(std::size_t count) { return below(count) == 0; }

    template <class T>
    const T& pick(const std::vector<T>& choices) {
        return choices[below(choices.size())];
    }
    std::string_view pick(std::initializer_list<std::string_view> choices) {
        return choices.begin()[below(choices.size())];
    }

    template <class T>
    void shuffle(std::vector<T>& elements) {
        for (std::size_t i = elements.size(); i > 1; --i)
            std::swap(elements[i - 1], elements[below(i)]);
    }

private:
    std::mt19937_64 engine_;
};

} // namespace rulebook::generator
