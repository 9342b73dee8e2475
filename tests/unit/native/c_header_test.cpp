// What `rulec compile -o X.o --header X.h` writes, by a compiler of C.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/unit/native/compiled_rules.hpp"
#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"
#include "tools/rulec/c_header.hpp"

namespace rulec::tool {
namespace {

constexpr std::string_view kProgram = R"(#include <stdio.h>
#include <string.h>
#include "acme.h"
#include "acme.h" /* twice does no harm */

int main(void) {
    const struct rulebook_code *code = &acme_code;
    _Static_assert(ACME_ACCOUNT_PLAN_PAID == 1, "as declared");
    _Static_assert(ACME_ACCOUNT_FIELD_SEATS == 2, "as declared");
    _Static_assert(ACME_RULE_SIZE < ACME_RULE_CALL, "what is read comes first");
    if (memcmp(code->magic, RULEBOOK_CODE_MAGIC, sizeof code->magic) != 0 ||
        code->version != RULEBOOK_CODE_VERSION ||
        strcmp(code->content_hash, ACME_CONTENT_HASH) != 0)
        return 1;
    for (uint64_t i = 0; i < code->program_count; ++i)
        for (uint64_t k = 0; k < code->programs[i].kernel_count; ++k)
            code->programs[i].kernels[k](0, 0); /* no rows: reads the list of arrays only */
    printf("%s %s: %d programs for %s\n", code->name, code->rulebook_version,
           (int)code->program_count, code->cpu);
    return 0;
}
)";

TEST(CHeader, IsC11AndTellsWhatTheObjectHolds) {
    TemporaryFolder folder;
    folder.write("rules/acme.rules", native_rules("acme"));
    const auto file = [&](const std::string& name) { return folder.name() + "/" + name; };
    const Outcome compiled = rulec({"compile", file("rules"), "-o", file("acme.o"), "--header",
                                    file("acme.h"), "--cpu", "x86-64-v2"});
    ASSERT_EQ(compiled.code, ExitCode::Fine) << compiled.messages;
    folder.write("main.c", kProgram);
    // Without libm and without the C++ library.
    const std::string build =
        fmt::format("{} -std=c11 -Wall -Wextra -Wpedantic -Werror -o {} {} {}", RULEBOOK_C_COMPILER,
                    file("main"), file("main.c"), file("acme.o"));
    ASSERT_EQ(std::system(build.c_str()), 0) << build;
    ASSERT_EQ(std::system((file("main") + " > " + file("said")).c_str()), 0);
    std::ifstream said(file("said"));
    const std::string line{std::istreambuf_iterator<char>(said), {}};
    EXPECT_EQ(line, "acme 1: 3 programs for x86-64-v2\n");
}

// Values that look alike as names, and what would end a comment.
TEST(CHeader, NamesDifferAndCommentsEndWhereTheyShould) {
    rulebook::plan::Plan plan = native_plan();
    plan.version = "1 */ #error /*";
    plan.schema.enums.push_back({"odd", {"a-b", "a b", "*/"}, false});
    TemporaryFolder folder;
    folder.write("odd.c", c_header(plan, "acme_code") + "int main(void) { return 0; }\n");
    const std::string build = fmt::format("{} -std=c11 -Wall -Wextra -Wpedantic -Werror "
                                          "-fsyntax-only {}/odd.c",
                                          RULEBOOK_C_COMPILER, folder.name());
    EXPECT_EQ(std::system(build.c_str()), 0);
}

TEST(CHeader, ListingsAreForPeople) {
    TemporaryFolder folder;
    folder.write("acme.rules", native_rules("acme"));
    const Outcome ir = rulec({"compile", folder.name(), "--emit", "ir", "--only", "size"});
    EXPECT_EQ(ir.code, ExitCode::Fine) << ir.messages;
    EXPECT_NE(ir.results.find("; seats >= 20"), std::string::npos) << ir.results.substr(0, 3000);
    const Outcome assembly = rulec({"compile", folder.name(), "--emit", "asm"});
    EXPECT_NE(assembly.results.find("rulebook_kernel_0:"), std::string::npos);
    const Outcome to_file =
        rulec({"compile", folder.name(), "--emit", "ir", "-o", folder.name() + "/acme.ll"});
    EXPECT_EQ(to_file.code, ExitCode::Fine) << to_file.messages;
    EXPECT_TRUE(std::filesystem::file_size(folder.path() / "acme.ll") > 1000);
    for (const auto& wrong : std::vector<std::vector<std::string>>{
             {"compile", folder.name(), "--emit", "ir", "--header", "x.h"},
             {"compile", folder.name(), "--emit", "ir", "--only", "none"},
             {"compile", folder.name(), "-o", "x.rbk", "--header", "x.h"},
             {"compile", folder.name(), "-o", folder.name() + "/x.so", "--cpu", "486"}})
        EXPECT_EQ(rulec(wrong).code, ExitCode::Unusable);
}

} // namespace
} // namespace rulec::tool
