// Texts that are meant to hurt: whatever the bytes, reading ends soon and says what is wrong.
#include <chrono>
#include <random>

#include <gtest/gtest.h>

#include "tests/unit/syntax/parsing.hpp"

namespace rulec::testing {
namespace {

// Generous: these run beside other work, and under sanitizers.
constexpr double kSecondsForSmall = 10;
constexpr double kSecondsForLarge = 60;

std::string repeat(const std::string& part, std::size_t times) {
    std::string out;
    out.reserve(part.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += part;
    return out;
}

Parsed timed(std::string text, double limit) {
    auto begin = std::chrono::steady_clock::now();
    Parsed parsed = parse(std::move(text));
    std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(taken.count(), limit);
    return parsed;
}

// A letter with very many marks, in an order that is not theirs.
TEST(Hostile, MarksOnOneLetter) {
    const Parsed parsed =
        timed("define a = \"e" + repeat("\u0301\u0323", 300'000) + "\"", kSecondsForSmall);
    EXPECT_EQ(parsed.codes(), "RB0017");
}

// Parts that open, or wait for what follows; each is repeated far beyond every cap.
TEST(Hostile, DepthBombs) {
    const std::string before = "define a = ";
    for (const std::string part :
         {"(", "not ", "- ", "-", "if a then ", "if a then b else ", "f(", "f(a where ",
          "x default -", "x as of -", "x as of ", "at least 1 of (", "T fired since ",
          "f(a in last ", "a in (", "not if a then not "}) {
        Parsed parsed = timed(before + repeat(part, 100'000) + "x", kSecondsForSmall);
        EXPECT_TRUE(parsed.diagnostics.has_errors()) << part;
        EXPECT_FALSE(parsed.file.complete) << part;
        EXPECT_EQ(parsed.text_of_pieces().size(), before.size() + part.size() * 100'000 + 1);
    }
    for (const std::string& text : std::vector<std::string>{
             "fit f { " + repeat("group g { ", 100'000), "trigger t { on " + repeat("(", 100'000),
             "test \"t\" { account { " + repeat("a [ { ", 100'000),
             "table t -> (a: b) {\n| x || a |\n| " + repeat("not ", 100'000) + "1 || b |\n}",
             repeat("{", 100'000), repeat("}", 100'000), repeat(")", 100'000),
             repeat("fit f {\n", 50'000)}) {
        Parsed parsed = timed(text, kSecondsForSmall);
        EXPECT_TRUE(parsed.diagnostics.has_errors()) << text.substr(0, 40);
    }
}

// Just below the cap everything works; just above it is told.
TEST(Hostile, NestingAtTheCap) {
    auto nested = [](std::size_t depth) {
        return parse("define a = " + repeat("(", depth) + "x" + repeat(")", depth)).codes();
    };
    EXPECT_EQ(nested(256), "");
    EXPECT_EQ(nested(257), "RB0006");
    auto negated = [](std::size_t depth) {
        return parse("define a = " + repeat("not ", depth) + "x").codes();
    };
    EXPECT_EQ(negated(256), "");
    EXPECT_EQ(negated(257), "RB0006");
}

// Nothing nests in these, however long they are.
TEST(Hostile, LongIsNotDeep) {
    for (const std::string& text : std::vector<std::string>{
             "define a = x" + repeat(" and not y", 5'000),
             "define a = x" + repeat(" or y is not z", 5'000),
             "define a = f(x" + repeat(", -1", 5'000) + ")",
             repeat("define a = if x then 1 else -2\n", 3'000), repeat("define a = not x\n", 3'000),
             repeat("define a = x as of 7 days ago\n", 3'000),
             "fit f {\n" + repeat("points -25 when not a\n", 3'000) + "}",
             "test \"t\" {\n" + repeat("expect not x\n", 3'000) + "}",
             "enum e { a" + repeat(", b", 20'000) + " }", "define a = x" + repeat(" + y", 900)}) {
        Parsed parsed = timed(text, kSecondsForSmall);
        EXPECT_EQ(parsed.codes(), "") << text.substr(0, 40);
    }
}

TEST(Hostile, DeepExpressionsWithoutNesting) {
    EXPECT_EQ(timed("define a = x" + repeat(" + y", 100'000), kSecondsForSmall).codes(), "RB0007");
    EXPECT_EQ(timed("define a = x" + repeat(".y", 100'000), kSecondsForSmall).codes(), "RB0007");
}

TEST(Hostile, LargeFiles) {
    Parsed large = timed(repeat("define a = 1\n", 100'000'000 / 13), kSecondsForLarge);
    EXPECT_EQ(large.codes(), "RB0001");
    EXPECT_EQ(large.file.tokens.size(), 1U);
    Parsed words = timed(repeat("a ", 8'000'000), kSecondsForLarge);
    EXPECT_EQ(words.codes(), "RB0005");
    EXPECT_EQ(words.text_of_pieces().size(), 16'000'000U);
    EXPECT_EQ(timed("// " + repeat("x", 16'000'000), kSecondsForLarge).codes(), "");
    EXPECT_EQ(timed("define a = \"" + repeat("x", 16'000'000), kSecondsForLarge).codes(), "RB0014");
    EXPECT_EQ(timed("define a = " + repeat("9", 1'000'000), kSecondsForLarge).codes(), "RB0019");
    EXPECT_EQ(timed(repeat("/* ", 4'000'000), kSecondsForLarge).codes(), "RB0016");
}

TEST(Hostile, RandomBytes) {
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
        std::string text;
        for (unsigned i = random() % 5'000; i > 0; --i)
            text.push_back(static_cast<char>(random() % (round % 2 == 0 ? 256 : 128)));
        Parsed parsed = timed(text, kSecondsForSmall);
        EXPECT_EQ(parsed.text_of_pieces(), text);
        EXPECT_LE(parsed.diagnostics.count(Severity::Error), kMaximumDiagnosticsPerFile);
    }
}

// Real rules with parts cut out, doubled, swapped: near to what people write.
TEST(Hostile, DamagedRules) {
    std::mt19937 random(2);
    auto files = rule_files("tests/unit/syntax/language");
    for (int round = 0; round < 1'500; ++round) {
        std::string text = read_file(files[static_cast<std::size_t>(round) % files.size()]);
        for (unsigned damage = 1 + random() % 4; damage > 0; --damage) {
            std::size_t from = random() % text.size();
            std::size_t length = 1 + random() % (random() % 4 == 0 ? 80 : 6);
            std::string part = text.substr(from, length);
            std::size_t to = random() % text.size();
            switch (random() % 3) {
            case 0:
                text.erase(from, length);
                break;
            case 1:
                text.insert(to, part);
                break;
            default:
                text.replace(to, std::min(length, text.size() - to), part);
            }
            if (text.empty())
                text = "x";
        }
        Parsed parsed = timed(text, kSecondsForSmall);
        EXPECT_EQ(parsed.text_of_pieces(), text);
        EXPECT_EQ(parsed.file.complete, !parsed.diagnostics.has_errors()) << text;
    }
}

// Words of the language in any order: the parser's way through everything that could be a mistake.
TEST(Hostile, RandomWords) {
    std::mt19937 random(3);
    std::vector<std::string> words;
    for (const std::string& path : rule_files("tests/unit/syntax/language")) {
        Parsed parsed = parse(read_file(path));
        for (const ast::Token& token : parsed.file.tokens)
            if (token.kind != ast::TokenKind::Space)
                words.emplace_back(parsed.sources.text({parsed.file.file, token.begin, token.end}));
    }
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (unsigned i = random() % 400; i > 0; --i)
            text += words[random() % words.size()] + (random() % 8 == 0 ? "\n" : " ");
        timed(text, kSecondsForSmall);
    }
}

} // namespace
} // namespace rulec::testing
