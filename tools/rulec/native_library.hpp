// A rulebook as files of native code, for runtime/native/library.hpp.
#pragma once

#include <cstddef>
#include <string>

#include "compiler/codegen/ahead_of_time.hpp"
#include "tools/rulec/link.hpp"

namespace rulec::tool {

struct NativeLibrary {
    rulebook::native::CpuLevel level = rulebook::native::cpu_level_of_this_machine();
    codegen::Optimization optimization = codegen::Optimization::Full;
    LinkInto into = LinkInto::SharedObject;
    std::size_t threads = 1;
};

// The bytes of the file; a shared object is sealed, as native::load_library asks. Equal plans give
// equal bytes. Fails as codegen::compile_ahead and link_objects.
rulebook::Result<std::string> native_library(const rulebook::plan::Plan& plan,
                                             const codegen::AheadRequest& request,
                                             const NativeLibrary& wanted);

} // namespace rulec::tool
