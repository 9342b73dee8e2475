// Every row of builtins.def gives an example; here each one is evaluated by the whole tool.
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"

namespace rulec::tool {
namespace {

constexpr std::string_view kExamples[] = {
#define RB_BUILTIN(name, Result, Parameters, Op, cost, example) example,
#include "runtime/plan/builtins.def"
};

void write_rulebook(const TemporaryFolder& folder, std::string_view expectations) {
    folder.write("all.rules",
                 R"(rulebook examples { version "1"  timezone "UTC"  currency USD  about account }
entity account { id : text key  signed_up_at : time origin }
test "the example" {
  account { signed_up_at 2026-03-01 }
  as_of +1 day
)" + std::string(expectations) +
                     "}\n");
}

TEST(Builtins, EveryExampleComesOutTrue) {
    std::string expectations;
    for (const std::string_view example : kExamples)
        expectations += "  expect " + std::string(example) + "\n";
    const TemporaryFolder folder;
    write_rulebook(folder, expectations);
    const Outcome outcome = rulec({"test", folder.name()});
    EXPECT_EQ(outcome.code, ExitCode::Fine) << outcome.results << outcome.messages;
}

TEST(Builtins, AnExampleThatIsWrongIsFound) {
    const TemporaryFolder folder;
    write_rulebook(folder, "  expect abs(-3) is 4\n");
    EXPECT_EQ(rulec({"test", folder.name()}).code, ExitCode::Findings);
}

} // namespace
} // namespace rulec::tool
