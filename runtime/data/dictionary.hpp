// The texts of a column, each with a code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/text_array.hpp"

namespace rulebook::data {

using TextCode = std::uint32_t;

// Immutable once it is built. Texts are compared byte by byte, which is the order of code points.
class Dictionary {
public:
    Dictionary() = default;

    std::size_t size() const { return texts_.size(); }
    // Each text stands once, and codes compare as the texts do. Otherwise the texts stand in the
    // order in which they came, and equal ones may have several codes.
    bool is_sorted() const { return sorted_; }
    // Requires code < size(). Valid as long as the dictionary.
    std::string_view text(TextCode code) const { return texts_.text(code); }
    // By binary search: requires is_sorted().
    std::optional<TextCode> find(std::string_view text) const;

private:
    friend class DictionaryBuilder;

    TextArray texts_;
    bool sorted_ = true;
};

// Collects the texts of a column in the order in which they come.
//
// Of a column with repeats each distinct text is kept once. Where hardly any text comes twice, as
// in a column of keys, searching for each would take most of the time of reading: then only a
// sample is searched for, and equal texts meet in finish().
class DictionaryBuilder {
public:
    // A provisional code of the text; equal texts may have several.
    TextCode add(std::string_view text);
    std::size_t size() const { return texts_.size(); }
    std::string_view text(TextCode code) const { return texts_.text(code); }

    // The sorted dictionary of distinct texts, and the final code of each provisional one. Leaves
    // the builder empty.
    Dictionary finish(std::vector<TextCode>& final_codes);
    // Hardly any text comes twice, so sorting them would take long.
    bool has_mostly_distinct() const { return sampling_; }
    // All texts as they came; the provisional codes are the final ones. Leaves the builder empty.
    Dictionary finish_unsorted();

private:
    struct Slot {
        std::uint32_t hash = 0;
        TextCode code = kFree;
    };
    static constexpr TextCode kFree = 0xffffffff;

    TextCode code_of(std::string_view text);
    TextCode append(std::string_view text);
    bool is_searched_for(std::uint32_t hash) const;
    void grow();
    void start_sampling();
    void end_sampling();
    void insert(std::uint32_t hash, TextCode code);

    TextArray texts_;
    std::vector<Slot> slots_; // open addressing
    std::size_t used_ = 0;    // slots
    std::size_t repeats_ = 0; // texts that were found, since sampling began or ended
    bool sampling_ = false;
    TextCode last_ = 0; // what add() gave last
};

} // namespace rulebook::data
