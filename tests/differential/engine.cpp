#include "tests/differential/engine.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <fmt/format.h>

#include "runtime/native/load_library.hpp"
#include "runtime/scan/scan_shapes.hpp"
#include "tools/rulec/native_library.hpp"

namespace rulebook::differential {

namespace codegen = rulec::codegen;

std::span<const Engine> engines() {
    static const std::array all{
        Engine{"optimized code",
               [](const plan::Plan& plan, const codegen::Request& request) {
                   return codegen::compile(plan, request, codegen::Optimization::Full);
               }},
        Engine{"code that is not optimized",
               [](const plan::Plan& plan, const codegen::Request& request) {
                   return codegen::compile(plan, request, codegen::Optimization::None);
               }},
    };
    return all;
}

const Engine& ahead_of_time() {
    static const Engine engine{
        "code of a file",
        [](const plan::Plan& plan, const codegen::Request& request) -> Result<native::Code> {
            auto library = loaded(plan, request);
            if (!library)
                return tl::unexpected(std::move(library.error()));
            const native::Code* const code = library->code_at(request.instant);
            return code == nullptr ? make_error("native.damaged", "no code for the instant")
                                   : Result<native::Code>(*code);
        }};
    return engine;
}

Result<native::Library> loaded(const plan::Plan& plan, const codegen::Request& request) {
    const auto bytes = rulec::tool::native_library(
        plan, {request, scan::scanned_triggers(plan, request.rules)}, {});
    if (!bytes)
        return tl::unexpected(bytes.error());
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / fmt::format("differential_{}.so", ::getpid());
    std::ofstream(file, std::ios::binary) << *bytes;
    auto library = native::load_library(file);
    std::filesystem::remove(file);
    return library;
}

} // namespace rulebook::differential
