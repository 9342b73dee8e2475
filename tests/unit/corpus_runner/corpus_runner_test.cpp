// The runner must see every kind of fault: a check that never fails is worth nothing.
#include <gtest/gtest.h>

#include "tests/corpus/runner/annotation.hpp"
#include "tests/corpus/runner/compare.hpp"
#include "tests/corpus/runner/coverage.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"

namespace rulebook::corpus {
namespace {

using rulec::Severity;
using rulec::Span;

struct Planted {
    static constexpr rulec::CodeInfo kInfo{"RB0000", Severity::Error, "planted {}", "row help"};
    using Parameters = rulec::detail::Parameters<void(std::string_view)>;
};
struct PlantedWarning {
    static constexpr rulec::CodeInfo kInfo{"RB0001", Severity::Warning, "planted {}", ""};
    using Parameters = rulec::detail::Parameters<void(std::string_view)>;
};

TEST(Annotations, AreCommentLinesAboutTheNextLine) {
    auto found = annotations_in("// error[RB0001] 1-2: text\n"
                                "  // warning[RB0002]\r\n"
                                "line three\n"
                                "x // error[RB0003] not at the beginning of a line\n"
                                "// error[RB03] no code\n"
                                "// errors[RB0004]\n"
                                "// note[RB0005]");
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].code, "RB0001");
    EXPECT_EQ(found[0].rendered, "1-2: text");
    EXPECT_EQ(found[0].line, 1U);
    EXPECT_EQ(found[0].about, 3U);
    EXPECT_EQ(found[1].severity, Severity::Warning);
    EXPECT_EQ(found[1].rendered, "");
    EXPECT_EQ(found[1].indent, 2U);
    EXPECT_EQ(found[1].about, 3U);
    EXPECT_EQ(found[2].severity, Severity::Note);
    EXPECT_EQ(found[2].about, 8U) << "the end of the file";
}

class CompareCase : public ::testing::Test {
protected:
    void take(std::string text) {
        file = case_text.rulebook.sources.add("case.rules", std::move(text));
        case_text.own = {file};
        case_text.rulebook.files = {file};
    }
    Span find(std::string_view words) {
        auto at = static_cast<std::uint32_t>(case_text.rulebook.sources.text(file).find(words));
        return {file, at, at + static_cast<std::uint32_t>(words.size())};
    }
    Comparison compared(const std::string& name) {
        Case of{"area/" + name, {}, {}, false};
        return compare(of, case_text, diagnostics);
    }

    CaseText case_text;
    rulec::FileId file = 0;
    rulec::Diagnostics diagnostics;
};

TEST_F(CompareCase, AgreesWhereAllIsStated) {
    take("// error[RB0000] 3-4: planted a | help: row help\n"
         "// error[RB0000] 5-6: planted b | help: row help\n"
         "  x y\n");
    diagnostics.emit<Planted>(find("y"), "b");
    diagnostics.emit<Planted>(find("x y").to(find("x")), "a");
    Comparison comparison = compared("bad_case");
    EXPECT_EQ(comparison.failures, std::vector<std::string>());
    EXPECT_EQ(comparison.expectations, 2U);
    EXPECT_EQ(comparison.codes, std::set<std::string>{"RB0000"});
}

TEST_F(CompareCase, SeesWhatIsNotStated) {
    take("x\n");
    diagnostics.emit<Planted>(find("x"), "a");
    EXPECT_EQ(compared("bad_case").failures.size(), 1U);
    EXPECT_EQ(compared("bad_case").outdated, 0U);
}

TEST_F(CompareCase, SeesWhatDoesNotCome) {
    take("// error[RB0000]\nx\n");
    EXPECT_EQ(compared("case").failures.size(), 1U);
}

TEST_F(CompareCase, SeesAnotherLineAnotherCodeAnotherSeverity) {
    take("// error[RB0000]\nx\ny\n");
    diagnostics.emit<Planted>(find("y"), "on the wrong line");
    EXPECT_EQ(compared("bad_case").failures.size(), 2U);
    diagnostics = {};
    diagnostics.emit<PlantedWarning>(find("x"), "another code");
    EXPECT_EQ(compared("case").failures.size(), 2U);
}

TEST_F(CompareCase, TheNameSaysWhetherThereAreErrors) {
    take("x\n");
    EXPECT_EQ(compared("case").failures.size(), 0U);
    EXPECT_EQ(compared("bad_case").failures.size(), 1U);
    take("// error[RB0000] 1-2: planted a | help: row help\nx\n");
    diagnostics.emit<Planted>(Span{file, 49, 50}, "a");
    EXPECT_EQ(compared("bad_case").failures.size(), 0U);
    EXPECT_EQ(compared("case").failures.size(), 1U);
}

TEST_F(CompareCase, UpdatesRenderedTextOnly) {
    take("first\r\n  // error[RB0000] old words\r\n  x\r\n\r\nlast");
    diagnostics.emit<Planted>(find("x"), "a").label(find("first"), "above").fix(find("x"), "y\n");
    Comparison comparison = compared("bad_case");
    EXPECT_EQ(comparison.failures.size(), 1U);
    EXPECT_EQ(comparison.outdated, 1U);
    EXPECT_EQ(comparison.updates[file],
              "first\r\n  // error[RB0000] 3-4: planted a | help: row help | label -2:1-6: above "
              "| fix 3-4: `y\\n`\r\n  x\r\n\r\nlast");
}

TEST_F(CompareCase, WhatHasNoPlaceIsStatedAsSuch) {
    take("x\n");
    diagnostics.emit<Planted>(Span{}, "a");
    EXPECT_EQ(compared("bad_case").failures.size(), 1U);
    take("// error[RB0000] nowhere: planted a | help: row help\nx\n");
    EXPECT_EQ(compared("bad_case").failures, std::vector<std::string>());
    diagnostics = {};
    diagnostics.emit<Planted>(find("x"), "a");
    EXPECT_EQ(compared("bad_case").failures.size(), 2U) << "another place than stated";
}

TEST_F(CompareCase, OfSharedFilesOnlyErrorsCount) {
    take("x\n");
    rulec::FileId shared = case_text.rulebook.sources.add("shared/a.rules", "y\n");
    diagnostics.emit<PlantedWarning>(Span{shared, 0, 1}, "a");
    EXPECT_EQ(compared("case").failures.size(), 0U);
    diagnostics.emit<Planted>(Span{shared, 0, 1}, "a");
    EXPECT_EQ(compared("bad_case").failures.size(), 1U);
}

TEST(Cases, AreFilesAndFolders) {
    rulec::tool::TemporaryFolder root;
    root.write("fit/one.rules", "// with shared/a.rules\nx");
    root.write("fit/bad_two/b.rules", "b");
    root.write("fit/bad_two/a.rules", "a");
    root.write("fit/bad_two/lists/l.csv", "l");
    root.write("fit/notes.md", "no case");
    root.write("shared/a.rules", "shared");
    root.write("runner/x.rules", "no case");
    auto cases = find_cases(root.path(), {});
    ASSERT_TRUE(cases);
    ASSERT_EQ(cases->size(), 2U);
    const Case& folder = cases->at(0);
    const Case& single = cases->at(1);
    EXPECT_EQ(folder.name, "fit/bad_two");
    EXPECT_TRUE(folder.must_fail());
    EXPECT_EQ(folder.own.size(), 2U);
    EXPECT_EQ(load_case(folder, root.path())->rulebook.read("lists/l.csv").value(), "l");
    EXPECT_FALSE(single.must_fail());
    auto text = load_case(single, root.path());
    ASSERT_TRUE(text);
    EXPECT_EQ(text->own.size(), 1U);
    ASSERT_EQ(text->rulebook.files.size(), 2U);
    EXPECT_EQ(text->rulebook.sources.text(text->rulebook.files[1]), "shared");
    std::vector<std::string> filter{"one"};
    EXPECT_EQ(find_cases(root.path(), filter)->size(), 1U);
    EXPECT_FALSE(find_cases(root.path() / "none", {}));
}

TEST(Cases, AMissingSharedFileIsAnError) {
    rulec::tool::TemporaryFolder root;
    root.write("fit/one.rules", "// with shared/none.rules\nx");
    EXPECT_FALSE(load_case(find_cases(root.path(), {})->at(0), root.path()));
}

TEST(Coverage, NamesEveryFault) {
    const rulec::CodeInfo codes[] = {Planted::kInfo, PlantedWarning::kInfo};
    EXPECT_EQ(coverage_faults(codes, {"RB0000", "RB0001"}, {}).size(), 0U);
    EXPECT_EQ(coverage_faults(codes, {"RB0000"}, {}).size(), 1U);
    EXPECT_EQ(coverage_faults(codes, {"RB0000"}, {{"RB0001", "why"}}).size(), 0U);
    EXPECT_EQ(coverage_faults(codes, {"RB0000"}, {{"RB0001", ""}}).size(), 1U);
    EXPECT_EQ(coverage_faults(codes, {"RB0000", "RB0001"}, {{"RB0001", "why"}}).size(), 1U);
    EXPECT_EQ(coverage_faults(codes, {"RB0000", "RB0001"}, {{"RB0002", "why"}}).size(), 1U);
    auto exempt = read_exemptions("# comment\n\nRB0001 why so\nRB0002\n");
    EXPECT_EQ(exempt.size(), 2U);
    EXPECT_EQ(exempt["RB0001"], "why so");
    EXPECT_EQ(exempt["RB0002"], "");
}

} // namespace
} // namespace rulebook::corpus
