// What reading a value from text can end in: the value, or the fault of the text. Cheap, because it
// is made once per cell of the input; Error (result.hpp) is for people.
#pragma once

#include <cstdint>
#include <string_view>

#include <tl/expected.hpp>

namespace rulebook {

enum class Fault : std::uint8_t {
#define RB_FAULT(Name, words) Name,
#include "runtime/value/faults.def"
};

template <class T>
using Read = tl::expected<T, Fault>;

inline tl::unexpected<Fault> fault(Fault what) {
    return tl::unexpected<Fault>(what);
}

// "is not a date": follows the text that it is about.
std::string_view words(Fault fault);

} // namespace rulebook
