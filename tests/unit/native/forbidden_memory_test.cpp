// Where a process may not make memory executable, rules are interpreted by themselves: that is said
// once, and results are the same.
#include <limits>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/codegen/compile.hpp"
#include "compiler/jit/compile_rules.hpp"
#include "runtime/native/load_library.hpp"
#include "runtime/single/scorer.hpp"
#include "tests/unit/native/compiled_rules.hpp"
#include "tests/unit/native/confined.hpp"
#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

namespace single = rulebook::single;

constexpr std::int64_t kNow = 1'790'000'000'000'000; // in 2026
constexpr std::string_view kNote = "rulec: note: rules are interpreted: ";
constexpr const char* kResults[] = {"accounts.csv", "tables.csv", "rejects.csv"};

std::size_t times(std::string_view part, std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + 1))
        ++count;
    return count;
}

std::string read(const std::string& path) {
    return read_file(path, std::size_t{64} << 20U).value_or("(none: " + path + ")");
}

// So many bytes that native code is worth its while (tools/rulec/run.cpp).
std::string much_data() {
    constexpr int kAccounts = 2'200;
    constexpr int kLongText = 4'000;
    const std::string tail(kLongText, 'y');
    std::string csv = "id,signed_up_at,seats,email,plan\n";
    for (int i = 0; i < kAccounts; ++i)
        csv += fmt::format("a{},2026-03-01,{},{}{},{}\n", i, i % 40, i % 3 == 0 ? "boss" : "x",
                           tail, i % 2 == 0 ? "free" : "paid");
    return csv;
}

class ForbiddenMemory : public testing::TestWithParam<Confinement> {
protected:
    ForbiddenMemory() {
        folder_.write("rules/acme.rules", native_rules("acme"));
        folder_.write("data/accounts.csv", much_data());
        folder_.write("data/events.csv", "account_id,at,name\na1,2026-03-02,login\n");
    }
    std::string path(const std::string& name) const { return folder_.name() + "/" + name; }
    Outcome run(const std::string& engine, const std::string& out) const {
        return rulec({"run", path("rules"), "--data", path("data"), "--as-of",
                      "2026-04-01,2026-07-01", "--engine", engine, "--out", path(out)});
    }

    TemporaryFolder folder_;
};

#define RUN_CONFINED_OR_SKIP(body)                                                                 \
    if (!run_confined(GetParam(), body))                                                           \
    GTEST_SKIP() << "this system cannot confine a process by " << name_of(GetParam())

TEST_P(ForbiddenMemory, RunsAreInterpretedAndSaySoOnce) {
    ASSERT_EQ(run("interpreter", "expected").code, ExitCode::Fine);
    const auto body = [&] {
        for (const char* const engine : {"jit", "auto"}) {
            const Outcome outcome = run(engine, engine);
            EXPECT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
            EXPECT_EQ(times(kNote, outcome.messages), 1U) << outcome.messages;
        }
        EXPECT_EQ(times(kNote, run("interpreter", "quiet").messages), 0U);
    };
    RUN_CONFINED_OR_SKIP(body);
    for (const char* const engine : {"jit", "auto"})
        for (const char* const instant : {"2026-04-01", "2026-07-01"}) {
            const auto result = [&](std::string_view of, std::string_view name) {
                return read(path(fmt::format("{}/{}/{}", of, instant, name)));
            };
            for (const char* const name : kResults)
                EXPECT_EQ(result(engine, name), result("expected", name));
            EXPECT_NE(result(engine, "run.json").find(R"("engine": "interpreter")"),
                      std::string::npos);
        }
}

std::int64_t score(const std::shared_ptr<const single::Rulebook>& rulebook, bool by_code) {
    single::Scorer scorer(rulebook);
    scorer.record().set_integer(rulebook->field("seats").value(), 25);
    scorer.record().set_integer(rulebook->field("plan").value(), 1);
    scorer.record().set_text(rulebook->field("email").value(), "boss@acme.example");
    scorer.evaluate(kNow);
    const auto decision = scorer.decision(rulebook->rule("call").value());
    EXPECT_TRUE(decision->value.boolean());
    EXPECT_EQ(rulebook->has_code(), by_code);
    return scorer.fit(rulebook->rule("size").value())->score;
}

TEST_P(ForbiddenMemory, LibrariesOfTheProcessHaveThePlanAlone) {
    const rulebook::plan::Plan plan = native_plan();
    constexpr std::int64_t kExpected = 40'00;
    ASSERT_EQ(score(*single::Rulebook::make(rulebook::jit::compile(plan)), true), kExpected);
    const auto body = [&] {
        EXPECT_EQ(codegen::may_make_code().error().code, "native.memory");
        testing::internal::CaptureStderr();
        auto library = rulebook::jit::compile(plan);
        EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
        ASSERT_TRUE(library.no_code);
        EXPECT_EQ(library.no_code->code, "native.memory");
        EXPECT_EQ(score(*single::Rulebook::make(std::move(library)), false), kExpected);
    };
    RUN_CONFINED_OR_SKIP(body);
}

TEST_P(ForbiddenMemory, FilesAreLoadedWhereFilesMayBeMapped) {
    folder_.write("acme.so", native_file(native_plan()));
    const bool may_load = GetParam() != Confinement::AnyExecutable;
    const auto body = [&] {
        auto library = rulebook::native::load_rulebook(path("acme.so"));
        ASSERT_TRUE(library) << library.error().message;
        EXPECT_EQ(library->no_code.has_value(), !may_load);
        EXPECT_EQ(score(*single::Rulebook::make(*std::move(library)), may_load), 40'00);
    };
    RUN_CONFINED_OR_SKIP(body);
}

INSTANTIATE_TEST_SUITE_P(Confinements, ForbiddenMemory,
                         testing::Values(Confinement::DenyWriteExecute, Confinement::Mprotect,
                                         Confinement::AnyExecutable),
                         [](const auto& one) { return name_of(one.param); });

} // namespace
} // namespace rulec::tool
