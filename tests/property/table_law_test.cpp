// The rows of a decision table that native code finds by its index are those that the interpreter
// finds one by one: over random tables of all sizes and records.
#include <iostream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/codegen/compile.hpp"
#include "runtime/batch/chunk.hpp"
#include "runtime/engine/run.hpp"
#include "tests/generator/expressions.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/schema_text.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulebook::generator {
namespace {

using plan::TypeKind;

constexpr std::size_t kTables =
    400; // of which some are refused, as rows that can both match of `unique`
constexpr std::size_t kAccounts = 60;

struct Head {
    std::string_view text;
    TypeKind kind;
};

class RandomTable {
public:
    explicit RandomTable(Randomness& random) : random_(random), expressions_(random) {}

    std::string text() {
        const std::size_t columns = 1 + random_.below(4);
        const std::size_t rows = random_.one_in(5) ? 1 + random_.below(300) : 1 + random_.below(12);
        for (std::size_t i = 0; i < columns; ++i)
            heads_.push_back(random_.pick(heads_to_choose_));
        std::string text = fmt::format(
            "table offer -> (offered: plan, size: int) {{\n  owner sales\n  hit {}\n  |",
            random_.pick({"first", "first", "unique", "any", "priority"}));
        for (const Head& head : heads_)
            text += fmt::format(" {} |", head.text);
        text += "| offered | size |\n";
        for (std::size_t row = 0; row < rows; ++row)
            text += line();
        if (random_.one_in(2))
            text += "  | otherwise || free | 0 |\n";
        return text + "}\n";
    }

private:
    std::string line() {
        std::string text = "  |";
        for (const Head& head : heads_)
            text += fmt::format(" {} |", cell(head.kind));
        return text + fmt::format("| {} | {} |\n", random_.pick({"free", "team", "enterprise"}),
                                  random_.below(3));
    }

    std::string cell(TypeKind kind) {
        if (random_.one_in(4))
            return "any";
        if (random_.one_in(9))
            return random_.one_in(2) ? "is missing" : "not (is missing)";
        if (kind == TypeKind::Bool)
            return std::string(random_.pick({"true", "false"}));
        if (kind == TypeKind::Enum)
            return std::string(random_.pick({"team", "(free, team)", ">= basic", "not basic"}));
        if (kind == TypeKind::Text)
            return fmt::format("({}, {})", expressions_.literal(kind), expressions_.literal(kind));
        if (random_.one_in(8))
            return fmt::format("when {}", expressions_.condition(Subject::Account, 1));
        if (random_.one_in(2))
            return expressions_.range(kind);
        return fmt::format("{} {}", random_.pick({"<", "<=", ">", ">="}),
                           expressions_.literal(kind));
    }

    const std::vector<Head> heads_to_choose_{
        {"seats", TypeKind::Int},     {"weight", TypeKind::Int},   {"limit", TypeKind::Int},
        {"revenue", TypeKind::Money}, {"ratio", TypeKind::Number}, {"discount", TypeKind::Percent},
        {"active", TypeKind::Bool},   {"plan", TypeKind::Enum},    {"email", TypeKind::Text},
        {"renewal", TypeKind::Date},  {"seats * 2", TypeKind::Int}};

    Randomness& random_;
    Expressions expressions_;
    std::vector<Head> heads_;
};

std::optional<plan::Plan> compiled(const std::string& text, rulec::Diagnostics& diagnostics) {
    rulec::tool::RulebookText rulebook;
    rulebook.directory = "generated";
    rulebook.files = {rulebook.sources.add("generated.rules", text)};
    return rulec::tool::compile_rulebook(rulebook, diagnostics).plan;
}

struct Seen {
    std::size_t tables = 0, native = 0, matched = 0, unmatched = 0;
};

void check(const plan::Plan& plan, Randomness& random, Seen& seen) {
    const data::Dataset dataset =
        dataset_of(plan.schema, random_input(random, plan.schema, kAccounts));
    const auto code =
        rulec::codegen::compile(plan, {.instant = kLastInstant, .rules = {0}, .values = {}},
                                rulec::codegen::Optimization::None);
    ASSERT_TRUE(code) << code.error().message;
    engine::RunOptions options;
    options.as_of = kLastInstant;
    const auto interpreted = engine::run(plan, dataset, options);
    options.native = [&] { return &*code; };
    const auto native = engine::run(plan, dataset, options);
    ASSERT_TRUE(interpreted && native);
    EXPECT_EQ(interpreted->tables, native->tables);
    ++seen.tables;
    seen.native += code->program.tables.size();
    for (const engine::TableRow& row : native->tables)
        ++(row.rows.empty() ? seen.unmatched : seen.matched);
}

TEST(Table, NativeCodeFindsTheRowsThatTheInterpreterFinds) {
    Seen seen;
    for (std::size_t seed = 1; seed <= kTables && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Randomness random(seed);
        const std::string text = std::string(kSchemaText) + RandomTable(random).text();
        rulec::Diagnostics diagnostics;
        if (const auto plan = compiled(text, diagnostics)) {
            check(*plan, random, seen);
            EXPECT_FALSE(HasFailure()) << text;
        }
    }
    std::cout << seen.tables << " tables, " << seen.native << " native; " << seen.matched
              << " accounts matched, " << seen.unmatched << " did not\n";
    EXPECT_GT(seen.tables, kTables / 4);
    EXPECT_GT(seen.native * 10, seen.tables * 9);
    EXPECT_GT(seen.matched, seen.tables * 5);
    EXPECT_GT(seen.unmatched, seen.tables * 5);
}

} // namespace
} // namespace rulebook::generator
