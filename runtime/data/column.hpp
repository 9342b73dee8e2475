// One column of a table: values of one type, or unknowns with their causes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/data/dictionary.hpp"
#include "runtime/data/growing_array.hpp"
#include "runtime/plan/type.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::data {

using RowIndex = std::uint32_t;

// Immutable once it is built; safe to read from many threads. Which of the value arrays is filled
// is said by the representation of the type; the others are empty. What an array holds behind an
// unknown means nothing.
class Column {
public:
    explicit Column(plan::Type type) : type_(type) {}

    plan::Type type() const { return type_; }
    std::size_t size() const { return known_.size(); }

    bool known(RowIndex row) const { return known_[row] != 0; }
    // Requires !known(row).
    plan::Cause cause(RowIndex row) const { return static_cast<plan::Cause>(causes_[row]); }

    // Each requires known(row) and a type of that representation.
    bool boolean(RowIndex row) const { return booleans_[row] != 0; }
    std::int64_t integer(RowIndex row) const { return integers_[row]; }
    double real(RowIndex row) const { return reals_[row]; }
    std::string_view text(RowIndex row) const { return dictionary_.text(codes_[row]); }

    // The value with the origin kNoNode.
    plan::Value value(RowIndex row) const;

    // Not one value is unknown.
    bool all_known() const { return causes_.empty(); }

    // For kernels: 1 = known. Aligned as malloc aligns.
    std::span<const std::uint8_t> known() const { return known_; }
    std::span<const std::uint8_t> booleans() const { return booleans_; }
    std::span<const std::int64_t> integers() const { return integers_; }
    std::span<const double> reals() const { return reals_; }
    // Equal texts may have several codes: see Dictionary::is_sorted().
    std::span<const TextCode> codes() const { return codes_; }
    const Dictionary& dictionary() const { return dictionary_; }

    // The order of contents: unknown before known, false before true, numbers by size, text by code
    // points. Less than, equal to or greater than 0. Unknowns of different causes are equal:
    int compare(RowIndex a, RowIndex b) const;
    // By cause; 0 unless both are unknown.
    int compare_causes(RowIndex a, RowIndex b) const;

private:
    friend class ColumnBuilder;

    plan::Type type_;
    GrowingArray<std::uint8_t> known_;
    GrowingArray<std::uint8_t> causes_; // empty if everything is known
    GrowingArray<std::uint8_t> booleans_;
    GrowingArray<std::int64_t> integers_;
    GrowingArray<double> reals_;
    GrowingArray<TextCode> codes_;
    Dictionary dictionary_;
};

} // namespace rulebook::data
