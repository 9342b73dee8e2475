// Texts that stand one behind the other in one run of bytes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "runtime/data/growing_array.hpp"

namespace rulebook::data {

// Grows at its end. Of where each text ends the lowest bits are kept, since a column's texts mostly
// take less than 4 GiB; where they take more, the texts at which these bits start again are few.
template <class LowBits>
class TextArrayOf {
public:
    std::size_t size() const { return ends_.size(); }
    std::string_view bytes() const { return {bytes_.data(), bytes_.size()}; }
    // Requires at < size(). Valid until the next append().
    std::string_view text(std::size_t at) const {
        const std::size_t start = at == 0 ? 0 : end(at - 1);
        return {bytes_.data() + start, end(at) - start};
    }

    // Requires that LowBits can hold the length of the text.
    void append(std::string_view text) {
        bytes_.append(text.data(), text.size());
        if (bytes_.size() >> kBits > starts_again_.size())
            starts_again_.push_back(size());
        ends_.push_back(static_cast<LowBits>(bytes_.size()));
    }
    void reserve(std::size_t texts, std::size_t bytes) {
        ends_.reserve(texts);
        bytes_.reserve(bytes);
    }

private:
    static constexpr int kBits = std::numeric_limits<LowBits>::digits;

    std::size_t end(std::size_t at) const {
        return starts_again_.empty() ? ends_[at] : high_bits(at) + ends_[at];
    }
    std::size_t high_bits(std::size_t at) const {
        const auto later = std::upper_bound(starts_again_.begin(), starts_again_.end(), at);
        return static_cast<std::size_t>(later - starts_again_.begin()) << kBits;
    }

    GrowingArray<char> bytes_;
    GrowingArray<LowBits> ends_;
    std::vector<std::size_t> starts_again_;
};

using TextArray = TextArrayOf<std::uint32_t>;

} // namespace rulebook::data
