#include "runtime/native/serialize.hpp"

#include <fmt/format.h>

#include "runtime/native/describe.hpp"
#include "runtime/native/packing.hpp"
#include "runtime/native/validate.hpp"

namespace rulebook::native {

namespace {

tl::unexpected<Error> damaged(std::string_view name, std::string_view what) {
    return make_error("native.damaged", fmt::format("{}: {}", name, what),
                      "compile the rulebook again");
}

} // namespace

std::string serialize(const Program& program) {
    Packer packer;
    packer.pack(program);
    return packer.take();
}

Result<Program> deserialize(std::string_view bytes, const plan::Plan& plan, std::string_view name,
                            const ProgramPurpose& purpose) {
    Program program;
    Unpacker unpacker(bytes);
    unpacker.unpack(program);
    if (unpacker.has_failed() || !unpacker.is_at_end())
        return damaged(name, "the file is damaged: its content is not a program");
    if (const auto fault = validate(program, plan, purpose))
        return damaged(name, "the program is not sound: " + *fault);
    return program;
}

} // namespace rulebook::native
