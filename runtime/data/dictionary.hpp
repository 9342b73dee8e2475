// The distinct texts of a column, sorted, so that codes compare as the texts do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rulebook::data {

using TextCode = std::uint32_t;

// Immutable once it is built. Texts are compared byte by byte, which is the order of code points.
class Dictionary {
public:
    Dictionary() = default;

    std::size_t size() const { return ends_.size(); }
    // Requires code < size(). Valid as long as the dictionary.
    std::string_view text(TextCode code) const {
        const std::uint64_t start = code == 0 ? 0 : ends_[code - 1];
        return std::string_view(bytes_).substr(start, ends_[code] - start);
    }
    // By binary search.
    std::optional<TextCode> find(std::string_view text) const;

    // Requires that `text` is greater than every text added before.
    void append(std::string_view text);
    void reserve(std::size_t texts, std::size_t bytes);

private:
    std::string bytes_;
    std::vector<std::uint64_t> ends_;
};

// Collects the texts of a column in the order in which they come, each distinct one once.
class DictionaryBuilder {
public:
    // The provisional code of the text.
    TextCode add(std::string_view text);
    std::size_t size() const { return ends_.size(); }
    std::string_view text(TextCode code) const {
        const std::uint64_t start = code == 0 ? 0 : ends_[code - 1];
        return std::string_view(bytes_).substr(start, ends_[code] - start);
    }

    // The sorted dictionary, and the final code of each provisional one. Leaves the builder empty.
    Dictionary finish(std::vector<TextCode>& final_codes);

private:
    void grow();

    std::string bytes_;
    std::vector<std::uint64_t> ends_;
    std::vector<std::uint32_t> hashes_;
    std::vector<TextCode> slots_; // open addressing; code + 1, 0 is free
};

} // namespace rulebook::data
