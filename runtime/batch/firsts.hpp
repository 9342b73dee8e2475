// Which elements of a row have a value that one before them has, too. Internal to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "runtime/batch/rows.hpp"
#include "runtime/batch/text_codes.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/native/program.hpp"

namespace rulebook::batch {

// Of one entity's elements, for all arrays of Source::Firsts. The data outlive it.
class Firsts {
public:
    Firsts(const native::Program& program, const data::Dataset& dataset, plan::EntityIndex entity);

    // `begins` and `ends` of each row among the elements; rows may share theirs.
    void bring(const Rows& elements, std::span<const std::uint32_t> begins,
               std::span<const std::uint32_t> ends, std::span<native::Array> arrays);

private:
    struct OfField {
        native::ArrayIndex array;
        const data::Column* column;
        TextCodes codes;
    };
    void find(const OfField& field, const Rows& elements, std::uint32_t begin, std::uint32_t end,
              std::uint32_t* firsts);
    std::uint32_t first_with(std::uint64_t key, std::uint32_t place, bool are_many);

    std::vector<OfField> fields_;
    // Of the row at hand: the values so far, and where they came first.
    std::vector<std::uint64_t> keys_;
    std::vector<std::uint32_t> places_;
    std::unordered_map<std::uint64_t, std::uint32_t> many_;
};

} // namespace rulebook::batch
