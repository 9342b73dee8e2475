#include "runtime/native/library.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include <fmt/format.h>

#include "runtime/native/cpu_level.hpp"
#include "runtime/native/serialize.hpp"
#include "runtime/plan/serialize.hpp"

namespace rulebook::native {

static_assert(sizeof(rulebook_array) == sizeof(Array));
static_assert(offsetof(rulebook_array, known) == offsetof(Array, known));

namespace {

std::string_view text(rulebook_bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data), bytes.size};
}

Result<void> check(const rulebook_code& code, std::string_view name) {
    if (std::memcmp(code.magic, RULEBOOK_CODE_MAGIC, sizeof code.magic) != 0)
        return make_error("native.damaged", fmt::format("{}: this is no compiled rulebook", name),
                          "compile one with `rulec compile -o rulebook.so`");
    if (code.version != RULEBOOK_CODE_VERSION)
        return make_error("native.version",
                          fmt::format("{}: its native code has format version {}, this program "
                                      "reads version {}",
                                      name, code.version, RULEBOOK_CODE_VERSION),
                          "compile the rulebook again with the rulec that comes with this program");
    const auto level = cpu_level_from_id(code.cpu_level);
    if (!level)
        return make_error("native.cpu",
                          fmt::format("{}: it is for another kind of processor", name),
                          "compile the rulebook on a machine of this kind");
    if (!runs_here(*level))
        return make_error("native.cpu",
                          fmt::format("{}: it is for processors of level {}, this one is of level "
                                      "{}",
                                      name, spelling(*level),
                                      spelling(cpu_level_of_this_machine())),
                          fmt::format("compile the rulebook with `--cpu {}`",
                                      spelling(cpu_level_of_this_machine())));
    return {};
}

Result<Code> code_of(const rulebook_program& from, const ProgramPurpose& purpose,
                     const plan::Plan& plan, std::string_view name,
                     const std::shared_ptr<const void>& memory) {
    auto program = deserialize(text(from.description), plan, name, purpose);
    if (!program)
        return tl::unexpected(std::move(program.error()));
    if (program->kernels.size() != from.kernel_count)
        return make_error("native.damaged", fmt::format("{}: kernels are missing", name));
    Code code;
    for (std::uint64_t i = 0; i < from.kernel_count; ++i)
        code.kernels.push_back(reinterpret_cast<Kernel>(from.kernels[i]));
    for (const TableArrays& table : program->tables)
        code.tables.push_back(std::make_shared<const TableIndex>(
            *TableIndex::of(plan, plan.tables[table.version]))); // the validator saw that it is one
    code.program = *std::move(program);
    code.memory = memory;
    return code;
}

} // namespace

const Code* Library::code_at(std::int64_t instant) const {
    const auto found = std::ranges::find_if(
        codes, [&](const Code& code) { return code.program.instants.contains(instant); });
    return found == codes.end() ? nullptr : &*found;
}

Result<Library> library_of(const rulebook_code& code, std::string_view name,
                           const std::shared_ptr<const void>& memory) {
    if (auto usable = check(code, name); !usable)
        return tl::unexpected(std::move(usable.error()));
    auto plan = plan::deserialize(text(code.plan), name);
    if (!plan)
        return tl::unexpected(std::move(plan.error()));
    Library library{*std::move(plan), {}, std::nullopt};
    for (std::uint64_t i = 0; i < code.program_count; ++i) {
        const rulebook_program& from = code.programs[i];
        const auto use = program_use_from_id(from.use);
        if (!use)
            return make_error("native.damaged",
                              fmt::format("{}: it has a program without a use", name));
        const ProgramPurpose purpose{*use, from.subject};
        auto made = code_of(from, purpose, library.plan, name, memory);
        if (!made)
            return tl::unexpected(std::move(made.error()));
        if (purpose.use == ProgramUse::Rules)
            library.codes.push_back(*std::move(made));
        else if (CreditCode::has(purpose.use))
            library.credits.add(purpose, *std::move(made));
        else
            library.triggers.add(purpose, *std::move(made));
    }
    return library;
}

} // namespace rulebook::native
