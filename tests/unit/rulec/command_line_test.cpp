#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "runtime/data/rejects.hpp"
#include "tests/unit/rulec/rulec_run.hpp"
#include "tools/data/data_codes.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

std::vector<std::string> verb_names() {
    return {
#define RB_VERB(function, name, what) name,
#include "tools/rulec/verbs.def"
    };
}

TEST(CommandLine, WithoutVerbHelpGoesToMessages) {
    Outcome outcome = rulec({});
    EXPECT_EQ(outcome.code, ExitCode::Unusable);
    EXPECT_EQ(outcome.results, "");
    EXPECT_NE(outcome.messages.find("explain-code"), std::string::npos);
}

TEST(CommandLine, HelpIsAResult) {
    for (const std::string& verb : verb_names()) {
        Outcome outcome = rulec({verb, "--help"});
        EXPECT_EQ(outcome.code, ExitCode::Fine);
        EXPECT_EQ(outcome.messages, "");
        EXPECT_NE(outcome.results.find("Examples:"), std::string::npos) << verb;
        EXPECT_NE(outcome.results.find("--format text|json"), std::string::npos) << verb;
    }
}

TEST(CommandLine, WrongUsageSaysWhat) {
    Outcome verb = rulec({"versoin"});
    EXPECT_EQ(verb.code, ExitCode::Unusable);
    EXPECT_NE(verb.messages.find("did you mean `rulec version`?"), std::string::npos);
    Outcome format = rulec({"version", "--format", "xml"});
    EXPECT_EQ(format.code, ExitCode::Unusable);
    EXPECT_NE(format.messages.find("`xml` is none of text|json"), std::string::npos);
    EXPECT_EQ(rulec({"version", "--nonsense"}).code, ExitCode::Unusable);
}

// Like a disk that is full.
class FullBuffer : public std::streambuf {
protected:
    int overflow(int) override { return traits_type::eof(); }
};

TEST(CommandLine, ResultsThatCannotBeWrittenAreAnError) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"version"}, {"version", "--format", "json"}, {"--help"}}) {
        FullBuffer full;
        std::ostream results(&full);
        std::ostringstream messages;
        Console console{results, messages};
        EXPECT_EQ(run_rulec(arguments, console), ExitCode::Unusable);
        EXPECT_NE(messages.str().find("the results cannot be written to standard output"),
                  std::string::npos);
    }
}

TEST(CommandLine, NumbersHaveBounds) {
    for (const char* threads : {"0", "1025", "-1", "1.5", "many", "99999999999999999999"}) {
        const Outcome outcome = rulec({"run", ".", "--data", ".", "--threads", threads});
        EXPECT_EQ(outcome.code, ExitCode::Unusable);
        EXPECT_NE(outcome.messages.find("is no whole number from 1 to 1024"), std::string::npos)
            << outcome.messages;
    }
}

TEST(CommandLine, Version) {
    EXPECT_TRUE(rulec({"version"}).results.starts_with("rulec "));
    auto json = nlohmann::json::parse(rulec({"version", "--format", "json"}).results);
    EXPECT_TRUE(json["rulec"].is_string());
}

TEST(CommandLine, ExplainCode) {
    Outcome page = rulec({"explain-code", "rb9002"});
    EXPECT_EQ(page.code, ExitCode::Fine);
    EXPECT_TRUE(page.results.starts_with("# RB9002 (error): "));
    Outcome unknown = rulec({"explain-code", "RB900"});
    EXPECT_EQ(unknown.code, ExitCode::Unusable);
    EXPECT_NE(unknown.messages.find("did you mean `RB900"), std::string::npos);
    auto json = nlohmann::json::parse(rulec({"explain-code", "RB9002", "--format=json"}).results);
    EXPECT_EQ(json["severity"], "error");
    EXPECT_NE(rulec({"explain-code"}).results.find("RB9005 error"), std::string::npos);
    auto all = nlohmann::json::parse(rulec({"explain-code", "--format", "json"}).results);
    EXPECT_GE(all.size(), 5U);
}

TEST(CommandLine, EveryReasonOfARejectAndEveryWarningHasAPage) {
    std::set<std::string> codes = {
        "data.ragged",       "data.quote",         "data.too_long",        "data.malformed",
        "data.absent_table", "data.no_history",    "data.unusable_values", "data.dated_closings",
        "data.early_deals",  "data.later_records", "data.later_instant",   "data.unused_file",
        "data.unused_array", "data.changing_query"};
    for (int code = 0; code <= static_cast<int>(rulebook::data::RejectCode::ParentRejected); ++code)
        codes.emplace(rulebook::data::code_of(static_cast<rulebook::data::RejectCode>(code)));
    std::set<std::string> with_page;
    for (const auto& code : input::data_codes())
        with_page.emplace(code.code);
    EXPECT_EQ(with_page, codes);
    const std::string guide =
        read_file(RULEBOOK_SOURCE_DIR "/tools/data/DATA.md", 1'000'000).value();
    for (const std::string& code : codes) {
        const Outcome page = rulec({"explain-code", code});
        EXPECT_EQ(page.code, ExitCode::Fine) << code;
        EXPECT_TRUE(page.results.starts_with("# " + code + " (")) << page.results;
        EXPECT_NE(guide.find("| `" + code + "` |"), std::string::npos) << code;
    }
    EXPECT_NE(rulec({"explain-code", "data.orfan"}).messages.find("did you mean `data.orphan`"),
              std::string::npos);
}

} // namespace
} // namespace rulec::tool
