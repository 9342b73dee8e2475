#include "runtime/batch/firsts.hpp"

#include <algorithm>

#include "runtime/native/key.hpp"

namespace rulebook::batch {

using native::ArrayIndex;

namespace {

// So many elements are compared with each other faster than they are looked up.
constexpr std::uint32_t kFew = 48;

// Equal for equal values of the column, of which the row's is known.
std::uint64_t key(const data::Column& column, const TextCodes& codes, RowIndex row) {
    switch (plan::representation(column.type().kind)) {
    case plan::Representation::Bool:
        return column.boolean(row) ? 1 : 0;
    case plan::Representation::Real:
        return static_cast<std::uint64_t>(native::key_of(column.real(row)));
    case plan::Representation::Text:
        return codes.code(row);
    case plan::Representation::Integer:
        break;
    }
    return static_cast<std::uint64_t>(column.integer(row));
}

} // namespace

Firsts::Firsts(const native::Program& program, const data::Dataset& dataset,
               plan::EntityIndex entity) {
    for (ArrayIndex i = 0; i < program.arrays.size(); ++i) {
        const native::ArrayInfo& info = program.arrays[i];
        if (info.source != native::Source::Firsts || info.entity != entity)
            continue;
        const data::Column& column = dataset.table(entity).column(info.field);
        fields_.push_back({i, &column, TextCodes(column)});
    }
}

void Firsts::bring(const Rows& elements, std::span<const std::uint32_t> begins,
                   std::span<const std::uint32_t> ends, std::span<native::Array> arrays) {
    for (const OfField& field : fields_) {
        auto* const firsts = static_cast<std::uint32_t*>(arrays[field.array].values);
        for (std::size_t row = 0; row < begins.size(); ++row)
            if (row == 0 || begins[row] != begins[row - 1] || ends[row] != ends[row - 1])
                find(field, elements, begins[row], ends[row], firsts);
    }
}

void Firsts::find(const OfField& field, const Rows& elements, std::uint32_t begin,
                  std::uint32_t end, std::uint32_t* firsts) {
    const bool are_many = end - begin > kFew;
    keys_.clear();
    places_.clear();
    many_.clear();
    for (std::uint32_t place = begin; place < end; ++place) {
        const RowIndex row = elements[place];
        firsts[place] = field.column->known(row)
                            ? first_with(key(*field.column, field.codes, row), place, are_many)
                            : place;
    }
}

// `place`: of the element that has the key.
std::uint32_t Firsts::first_with(std::uint64_t key, std::uint32_t place, bool are_many) {
    if (are_many)
        return many_.try_emplace(key, place).first->second;
    const auto found = std::ranges::find(keys_, key);
    if (found != keys_.end())
        return places_[static_cast<std::size_t>(found - keys_.begin())];
    keys_.push_back(key);
    places_.push_back(place);
    return place;
}

} // namespace rulebook::batch
