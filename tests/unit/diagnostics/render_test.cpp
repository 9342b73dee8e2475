#include "compiler/diagnostics/render.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/fix.hpp"
#include "compiler/diagnostics/shown_text.hpp"

namespace rulec {
namespace {

struct Planted {
    static constexpr CodeInfo kInfo{"RB0000", Severity::Error, "no field `{}`", "name a field"};
    using Parameters = detail::Parameters<void(std::string_view)>;
};
struct PlantedWarning {
    static constexpr CodeInfo kInfo{"RB0001", Severity::Warning, "100%, really: {}", ""};
    using Parameters = detail::Parameters<void(std::string_view)>;
};

class Render : public ::testing::Test {
protected:
    Span find(FileId file, std::string_view words) {
        auto at = static_cast<std::uint32_t>(sources.text(file).find(words));
        return {file, at, at + static_cast<std::uint32_t>(words.size())};
    }
    std::string text() { return render_text(diagnostics, sources, Colour::Never); }

    Sources sources;
    Diagnostics diagnostics;
};

TEST_F(Render, TextUnderlinesAndHelps) {
    FileId file = sources.add("acme/fits.rules", "fit f {\n  points 5 when emplyees > 3\n}\n");
    diagnostics.emit<Planted>(find(file, "emplyees"), "emplyees")
        .help("did you mean `employees`?")
        .fix(find(file, "emplyees"), "employees");
    EXPECT_EQ(text(), "acme/fits.rules:2:17: error[RB0000]: no field `emplyees`\n"
                      "   2 |   points 5 when emplyees > 3\n"
                      "     |                 ^^^^^^^^\n"
                      "     = help: did you mean `employees`?\n"
                      "     = fix: replace `emplyees` with `employees`\n");
}

TEST_F(Render, TextPutsLabelsUnderTheirLines) {
    FileId file = sources.add("a.rules", "x : int\ny : int x : text\n");
    FileId other = sources.add("b.rules", "x is used\n");
    diagnostics.emit<Planted>(find(file, "x : text"), "x")
        .label(find(file, "y"), "beside it")
        .label(find(file, "x : int"), "declared here")
        .label(find(other, "x"));
    EXPECT_EQ(text(), "a.rules:2:9: error[RB0000]: no field `x`\n"
                      "   2 | y : int x : text\n"
                      "     |         ^^^^^^^^\n"
                      "     | - beside it\n"
                      "   1 | x : int\n"
                      "     | ------- declared here\n"
                      "     in b.rules:1:1\n"
                      "   1 | x is used\n"
                      "     | -\n"
                      "     = help: name a field\n");
}

TEST_F(Render, TabsAndWideCharactersKeepTheUnderlineInPlace) {
    FileId file = sources.add("a.rules", "\tname is \"日本\" wrong\n");
    diagnostics.emit<PlantedWarning>(find(file, "wrong"), "x");
    EXPECT_EQ(text(), "a.rules:1:15: warning[RB0001]: 100%, really: x\n"
                      "   1 |     name is \"日本\" wrong\n"
                      "     |                    ^^^^^\n");
}

TEST_F(Render, WhatIsMissingAtTheEndGetsOneCaret) {
    FileId file = sources.add("a.rules", "fit f {");
    diagnostics.emit<PlantedWarning>(Span{file, 7, 7}, "x").fix(Span{file, 7, 7}, " }");
    EXPECT_EQ(text(), "a.rules:1:8: warning[RB0001]: 100%, really: x\n"
                      "   1 | fit f {\n"
                      "     |        ^\n"
                      "     = fix: insert ` }` at a.rules:1:8\n");
}

TEST_F(Render, APlaceOfSeveralLinesIsUnderlinedOnItsFirst) {
    FileId file = sources.add("a.rules", "fit f {\n}\n");
    diagnostics.emit<PlantedWarning>(Span{file, 4, 9}, "x");
    EXPECT_EQ(text(), "a.rules:1:5: warning[RB0001]: 100%, really: x\n"
                      "   1 | fit f {\n"
                      "     |     ^^^\n");
}

TEST_F(Render, LongLinesAreCutAroundThePlace) {
    std::string line(1'000'000, 'a');
    line.replace(500'000, 3, "bad");
    FileId file = sources.add("a.rules", line);
    diagnostics.emit<PlantedWarning>(Span{file, 500'000, 500'003}, "x");
    std::string shown = text();
    EXPECT_LT(shown.size(), 1'000U);
    EXPECT_NE(shown.find("a.rules:1:500001:"), std::string::npos);
    std::size_t source = shown.find('\n') + 1;
    std::size_t marks = shown.find('\n', source) + 1;
    // The ellipsis is three bytes and one column.
    EXPECT_EQ(shown.find("bad", source) - source, shown.find("^^^") - marks + 2);
}

TEST_F(Render, RuleTextCannotSteerTheTerminal) {
    FileId file = sources.add("a.rules", "x \x1b[31m \xE2\x80\xAE y \xFF\n");
    diagnostics.emit<Planted>(find(file, "y"), "\x1b[2J").label(Span{file, 0, 1}, "\x1b]0;t\a");
    std::string shown = text();
    for (std::string_view bad : {"\x1b", "\xE2\x80\xAE", "\xFF", "\a"})
        EXPECT_EQ(shown.find(bad), std::string::npos);
    EXPECT_EQ(harmless("a\tb"), "a\xEF\xBF\xBD"
                                "b");
    EXPECT_EQ(harmless("日本 é"), "日本 é");
}

TEST_F(Render, ColoursAreOnlyAdded) {
    FileId file = sources.add("a.rules", "abc");
    diagnostics.emit<Planted>(Span{file, 0, 3}, "x");
    std::string coloured = render_text(diagnostics, sources, Colour::Always);
    EXPECT_NE(coloured.find("\x1b[1;31merror[RB0000]\x1b[0m"), std::string::npos);
    std::string stripped;
    for (std::size_t at = 0; at < coloured.size(); ++at) {
        if (coloured[at] == '\x1b')
            at = coloured.find('m', at);
        else
            stripped += coloured[at];
    }
    EXPECT_EQ(stripped, text());
}

TEST_F(Render, SummaryCounts) {
    EXPECT_EQ(summary(diagnostics), "");
    diagnostics.emit<Planted>(Span{}, "x");
    diagnostics.emit<PlantedWarning>(Span{}, "x");
    diagnostics.emit<PlantedWarning>(Span{}, "y");
    EXPECT_EQ(summary(diagnostics), "1 error, 2 warnings");
    EXPECT_EQ(text().substr(0, 13), "error[RB0000]") << "without a place there is only the message";
}

TEST_F(Render, JsonHoldsPlacesLabelsAndFixes) {
    FileId file = sources.add("a.rules", "é x\ny\n");
    diagnostics.emit<Planted>(find(file, "x"), "\xFF")
        .label(find(file, "y"), "l")
        .fix(find(file, "y"), "z");
    diagnostics.emit<PlantedWarning>(Span{}, "w");
    auto json = nlohmann::json::parse(render_json(diagnostics, sources));
    EXPECT_EQ(json["errors"], 1);
    EXPECT_EQ(json["warnings"], 1);
    EXPECT_TRUE(json["diagnostics"][0]["place"].is_null());
    const auto& first = json["diagnostics"][1];
    EXPECT_EQ(first["code"], "RB0000");
    EXPECT_EQ(first["message"], "no field `\xEF\xBF\xBD`");
    EXPECT_EQ(first["place"]["column"], 3);
    EXPECT_EQ(first["place"]["begin_byte"], 3);
    EXPECT_EQ(first["labels"][0]["place"]["line"], 2);
    EXPECT_EQ(first["fix"][0]["replacement"], "z");
}

TEST_F(Render, SarifNamesEachRuleOnce) {
    FileId file = sources.add("my rules/a.rules", "x\ny\n");
    diagnostics.emit<Planted>(find(file, "x"), "x").fix(find(file, "x"), "z");
    diagnostics.emit<Planted>(find(file, "y"), "y").label(find(file, "x"), "there");
    diagnostics.emit<PlantedWarning>(Span{}, "w");
    auto json = nlohmann::json::parse(render_sarif(diagnostics, sources, "1.2.3"));
    const auto& run = json["runs"][0];
    EXPECT_EQ(json["version"], "2.1.0");
    EXPECT_EQ(run["tool"]["driver"]["version"], "1.2.3");
    ASSERT_EQ(run["tool"]["driver"]["rules"].size(), 2U);
    ASSERT_EQ(run["results"].size(), 3U);
    for (const auto& result : run["results"])
        EXPECT_EQ(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"],
                  result["ruleId"]);
    const auto& where = run["results"][1]["locations"][0]["physicalLocation"];
    EXPECT_EQ(where["artifactLocation"]["uri"], "my%20rules/a.rules");
    EXPECT_EQ(where["region"]["startLine"], 1);
    const auto& change = run["results"][1]["fixes"][0]["artifactChanges"][0];
    EXPECT_EQ(change["replacements"][0]["insertedContent"]["text"], "z");
    EXPECT_EQ(run["results"][2]["relatedLocations"][0]["message"]["text"], "there");
}

TEST_F(Render, GithubEscapesWhatTheRunnerReads) {
    FileId file = sources.add("a,b:c.rules", "x\n");
    diagnostics.emit<PlantedWarning>(find(file, "x"), "two\nlines").help("do: this");
    EXPECT_EQ(render_github(diagnostics, sources),
              "::warning file=a%2Cb%3Ac.rules,line=1,endLine=1,col=1,endColumn=2,title=RB0001::"
              "100%25, really: two\uFFFDlines%0Ahelp: do: this\n");
}

TEST_F(Render, FixesAreAppliedWhereTheyDoNotMeet) {
    FileId file = sources.add("a.rules", "a = b and c = d");
    FileId other = sources.add("b.rules", "a = b");
    diagnostics.emit<Planted>(Span{file, 2, 3}, "1").fix(Span{file, 2, 3}, "is");
    diagnostics.emit<Planted>(Span{file, 12, 13}, "2")
        .fix(Span{file, 12, 13}, "is")
        .fix(Span{file, 15, 15}, "!");
    diagnostics.emit<Planted>(Span{file, 12, 15}, "3").fix(Span{file, 12, 15}, "overlaps");
    diagnostics.emit<Planted>(Span{other, 2, 3}, "4").fix(Span{other, 2, 3}, "is");
    FixedText fixed = apply_fixes(diagnostics, sources, file);
    EXPECT_EQ(fixed.text, "a is b and c is d!");
    EXPECT_EQ(fixed.applied, 2U);
    EXPECT_EQ(fixed.left, 1U);
    EXPECT_EQ(apply_fixes(diagnostics, sources, other).text, "a is b");
}

} // namespace
} // namespace rulec
