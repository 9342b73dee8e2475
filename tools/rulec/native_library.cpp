#include "tools/rulec/native_library.hpp"

#include <utility>

#include "runtime/native/library_seal.hpp"
#include "runtime/plan/serialize.hpp"

namespace rulec::tool {

rulebook::Result<std::string> native_library(const rulebook::plan::Plan& plan,
                                             const codegen::AheadRequest& request,
                                             const NativeLibrary& wanted) {
    const bool for_loading = wanted.into == LinkInto::SharedObject;
    const auto objects = codegen::compile_ahead(plan, request, wanted.level, wanted.optimization,
                                                for_loading, wanted.threads);
    if (!objects)
        return tl::unexpected(objects.error());
    auto linked = link_objects(*objects, wanted.into);
    if (linked && for_loading)
        return rulebook::native::seal(*std::move(linked), rulebook::plan::serialize(plan));
    return linked;
}

} // namespace rulec::tool
