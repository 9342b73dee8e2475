// check, test, compile and owners over a small rulebook.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "runtime/plan/serialize.hpp"
#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/small_rulebook.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;

class Verbs : public ::testing::Test {
protected:
    Verbs() { write_small_rulebook(folder); }
    std::string file(const std::string& relative) const { return folder.name() + '/' + relative; }
    std::string read(const std::string& relative) const {
        return read_file(file(relative), 1'000'000).value_or("(none)");
    }

    TemporaryFolder folder;
};

TEST_F(Verbs, CheckOfASoundRulebookSaysSo) {
    Outcome outcome = rulec({"check", folder.name()});
    EXPECT_EQ(outcome.results, "");
    EXPECT_EQ(outcome.messages, "no findings\n");
    EXPECT_EQ(outcome.code, ExitCode::Fine);
}

TEST_F(Verbs, CheckExitCodesFollowTheFindings) {
    folder.write("bad.rules", "define x = seets > 3\n");
    EXPECT_EQ(rulec({"check", folder.name()}).code, ExitCode::Findings);
    folder.write("bad.rules", "define badName = seats > 3\n");
    EXPECT_EQ(rulec({"check", folder.name()}).code, ExitCode::Fine) << "a warning";
    EXPECT_EQ(rulec({"check", folder.name(), "--deny", "warnings"}).code, ExitCode::Findings);
    EXPECT_EQ(rulec({"check", folder.name() + "/none"}).code, ExitCode::Unusable);
    EXPECT_EQ(rulec({"check", file("lists")}).code, ExitCode::Unusable) << "no *.rules file";
    EXPECT_EQ(rulec({"check", "main:rules"}).code, ExitCode::Unusable);
}

TEST_F(Verbs, CheckHasFourForms) {
    folder.write("bad.rules", "define x = seets > 3\n");
    std::string text = rulec({"check", folder.name()}).results;
    EXPECT_TRUE(text.starts_with(file("bad.rules") + ":1:12: error[RB1203]: ")) << text;
    auto json = nlohmann::json::parse(rulec({"check", folder.name(), "--format", "json"}).results);
    EXPECT_EQ(json["errors"], 1);
    auto sarif =
        nlohmann::json::parse(rulec({"check", folder.name(), "--format", "sarif"}).results);
    EXPECT_EQ(sarif["runs"][0]["results"][0]["ruleId"], "RB1203");
    EXPECT_TRUE(
        rulec({"check", folder.name(), "--format", "github"}).results.starts_with("::error file="));
}

TEST_F(Verbs, FixRewritesWhatIsCertainAndLeavesTheRest) {
    folder.write("bad.rules", "define x = seats = 3\ndefine y = chairs > 3\n");
    Outcome outcome = rulec({"check", folder.name(), "--fix"});
    EXPECT_EQ(read("bad.rules"), "define x = seats is 3\ndefine y = chairs > 3\n");
    EXPECT_EQ(outcome.code, ExitCode::Findings);
    EXPECT_NE(outcome.messages.find("fixed: 1"), std::string::npos);
}

TEST_F(Verbs, TestsPassAndFailWithAnExplanation) {
    write_small_tests(folder);
    Outcome passed = rulec({"test", folder.name()});
    EXPECT_EQ(passed.code, ExitCode::Fine) << passed.results << passed.messages;
    EXPECT_NE(passed.results.find("1 passed, 0 failed"), std::string::npos);
    write_failing_test(folder);
    Outcome failed = rulec({"test", folder.name()});
    EXPECT_EQ(failed.code, ExitCode::Findings);
    EXPECT_NE(failed.results.find("FAILED  a small account is tier A"), std::string::npos);
    EXPECT_NE(failed.results.find("error[RB6101]"), std::string::npos);
    EXPECT_NE(failed.results.find("points 30 when large"), std::string::npos) << failed.results;
    EXPECT_NE(failed.results.find("1 passed, 1 failed"), std::string::npos);
    EXPECT_EQ(rulec({"test", folder.name(), "--filter", "large"}).code, ExitCode::Fine);
}

TEST_F(Verbs, AFilterThatFindsNoTestIsAFinding) {
    write_small_tests(folder);
    const Outcome outcome = rulec({"test", folder.name(), "--filter", "zzz"});
    EXPECT_EQ(outcome.code, ExitCode::Findings);
    EXPECT_EQ(outcome.messages, "no test has a name with that filter\n");
}

// Rows that differ in one column are analysed however many they are: the last but one is dead.
TEST_F(Verbs, CheckAnalysesLongTables) {
    std::string rules = "table t -> (rate: percent) {\n  owner sales\n  hit first\n"
                        "  | seats default 0 || rate |\n";
    std::string clauses = "decide d -> int {\n  owner sales\n";
    for (int i = 0; i < 3000; ++i) {
        rules += fmt::format("  | {} || 1% |\n", i);
        clauses += fmt::format("  choose {} when seats default 0 is {}\n", i, i);
    }
    rules += "  | 1500 || 2% |\n  | otherwise || 3% |\n}\n";
    folder.write("long.rules", rules + clauses + "  choose 0 otherwise\n}\n");
    const Outcome outcome = rulec({"check", folder.name()});
    EXPECT_NE(outcome.results.find("this row can never match: row 1501 comes first"),
              std::string::npos)
        << outcome.results.substr(0, 2000);
    EXPECT_EQ(outcome.results.find("RB2210"), std::string::npos);
}

TEST_F(Verbs, CheckLeavesOutWhatIsTooEntangled) {
    std::string rules = "table t -> (rate: percent) {\n  owner sales\n  hit first\n"
                        "  | seats default 0 | length(email) default 0 || rate |\n";
    for (int i = 0; i < 4000; ++i)
        rules += fmt::format("  | {} to {} | {} to {} || 1% |\n", i % 50, 1000 - i % 70, i % 90,
                             1000 - i % 110);
    folder.write("long.rules", rules + "}\n");
    const Outcome outcome = rulec({"check", folder.name()});
    EXPECT_NE(outcome.results.find("note[RB2210]"), std::string::npos)
        << outcome.results.substr(0, 2000);
}

TEST_F(Verbs, WithoutTestsThatIsSaid) {
    Outcome outcome = rulec({"test", folder.name()});
    EXPECT_EQ(outcome.code, ExitCode::Fine);
    EXPECT_EQ(outcome.messages, "there are no tests\n");
}

TEST_F(Verbs, ATestOfRefusedRecordsFails) {
    folder.write("bad.rules", "test \"no origin\" {\n"
                              "  account { seats 5 }\n"
                              "  as_of 2026-03-01\n  expect design_icp.tier is B\n}\n");
    Outcome outcome = rulec({"test", folder.name()});
    EXPECT_EQ(outcome.code, ExitCode::Findings);
    EXPECT_NE(outcome.results.find("RB6106"), std::string::npos) << outcome.results;
}

TEST_F(Verbs, CompileWritesAPlanThatTheRuntimeLoads) {
    Outcome outcome = rulec({"compile", folder.name(), "-o", file("acme.rbk")});
    EXPECT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    auto plan = rulebook::plan::deserialize(read("acme.rbk"), "acme.rbk");
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(plan->name, "acme");
    EXPECT_EQ(plan->rules.size(), 2U);
}

TEST_F(Verbs, LayoutAndCommentsDoNotChangeTheContentHash) {
    auto hash = [this] {
        return nlohmann::json::parse(
                   rulec({"compile", folder.name(), "-o", file("acme.rbk"), "--format", "json"})
                       .results)["content_hash"]
            .get<std::string>();
    };
    std::string before = hash();
    folder.write("lists.rules", "// a comment\ndefine large\n  = seats >= 10\n\n"
                                "list free_mail from \"lists/free_mail.csv\"\n");
    fs::rename(file("triggers.rules"), file("a_triggers.rules"));
    EXPECT_EQ(hash(), before);
    folder.write("lists/free_mail.csv", "domain\ngmail.com\ngmx.de\n");
    EXPECT_NE(hash(), before);
}

TEST_F(Verbs, CompileRefusesOtherOutputsAndUnsoundRulebooks) {
    EXPECT_EQ(rulec({"compile", folder.name(), "-o", file("acme.exe")}).code, ExitCode::Unusable);
    EXPECT_EQ(rulec({"compile", folder.name(), "-o", file("none/acme.rbk")}).code,
              ExitCode::Unusable);
    EXPECT_EQ(rulec({"compile", folder.name()}).code, ExitCode::Unusable);
    folder.write("bad.rules", "define x = seets > 3\n");
    Outcome unsound = rulec({"compile", folder.name(), "-o", file("acme.rbk")});
    EXPECT_EQ(unsound.code, ExitCode::Findings);
    EXPECT_EQ(unsound.results, "");
    EXPECT_NE(unsound.messages.find("RB1203"), std::string::npos);
    EXPECT_FALSE(fs::exists(file("acme.rbk")));
}

TEST_F(Verbs, OwnersFollowWhoReadsWhat) {
    Outcome outcome = rulec({"owners", folder.name()});
    EXPECT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    std::string all = " @acme/marketing @acme/ops @acme/sales\n";
    EXPECT_EQ(outcome.results,
              file("fits/fit.rules") + " @acme/marketing\n" +          // its own rules
                  file("lists.rules") + " @acme/marketing\n" +         // who reads them
                  file("lists/free_mail.csv") + " @acme/marketing\n" + //
                  file("records.rules") + all +                        // read by all
                  file("triggers.rules") + " @acme/ops @acme/sales\n");
}

TEST_F(Verbs, OwnersOfPoliciesAndCalendarsAreThoseOfTheirTriggers) {
    folder.write("days.csv", "day\n2026-12-25\n");
    folder.write("calendar.rules", "calendar office { zone \"UTC\"  days mon to fri  "
                                   "hours 9:00 to 17:00  holidays \"days.csv\" }\n");
    folder.write("policy.rules", "policy outreach { owner marketing  at most 1 per 14 days }\n");
    folder.write("slow.rules",
                 "signal seen = events where name is \"seen\"\n"
                 "trigger slow { owner sales  policy outreach  on seen then seen within 9 working "
                 "hours of office  once  say \"x\" }\n");
    Outcome outcome = rulec({"owners", folder.name()});
    EXPECT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    const auto line = [&](const char* name, const char* teams) {
        return outcome.results.find(file(name) + teams + "\n") != std::string::npos;
    };
    EXPECT_TRUE(line("calendar.rules", " @acme/ops @acme/sales")) << outcome.results;
    EXPECT_TRUE(line("days.csv", " @acme/ops @acme/sales")) << outcome.results;
    EXPECT_TRUE(line("policy.rules", " @acme/marketing @acme/ops @acme/sales")) << outcome.results;
}

} // namespace
} // namespace rulec::tool
