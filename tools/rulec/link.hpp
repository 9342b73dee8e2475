// Object files into one file, by the linker of the system.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/value/result.hpp"

namespace rulec::tool {

enum class LinkInto : std::uint8_t {
    SharedObject, // with what the objects call of the compiler's support library
    Object,       // one object file, to be linked into a program
};

// The bytes of that file; equal objects give equal bytes. Fails with link.no_linker (none is
// installed) and link.failed (with what the linker said).
rulebook::Result<std::string> link_objects(const std::vector<std::string>& objects, LinkInto into);

} // namespace rulec::tool
