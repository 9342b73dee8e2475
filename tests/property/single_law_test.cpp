// A rulebook that is asked about one record gives what a run over all gives: over random rules and
// records, with native code, straight or by way of a data set, and interpreted.
#include <iostream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/codegen/compile.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/single/scorer.hpp"
#include "tests/generator/expressions.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/schema_text.hpp"
#include "tests/property/compiled_rulebook.hpp"

namespace rulebook::generator {
namespace {

using plan::TypeKind;

constexpr std::size_t kRulebooks = 120;
constexpr std::size_t kAccounts = 15;

std::string random_rules(Randomness& random) {
    Expressions expressions(random);
    const int depth = random.one_in(3) ? 2 : 1; // deep ones hardly ever do without collections
    const auto condition = [&] { return expressions.condition(Subject::Account, depth); };
    std::string text(kSchemaText);
    text += "fit fit {\n  owner sales\n";
    text += fmt::format("  out when {}\n", condition());
    for (int clause = 0; clause < 5; ++clause)
        text += fmt::format("  points {} when {}\n", random.between(-30, 30), condition());
    text += "  points 0 to 10 as seats goes from 3 to 90\n";
    text += "  score 0 to 60\n  tier A from 40, B from 20, C otherwise\n}\n";
    text += fmt::format("decide route -> text {{\n  owner sales\n  choose \"one\" when {}\n"
                        "  choose \"two\" when {}\n  choose \"other\" when fit.tier >= B\n}}\n",
                        condition(), condition());
    text += fmt::format("table offer -> (size: int) {{\n  owner sales\n  hit first\n"
                        "  | seats | email || size |\n  | {} | any || 1 |\n"
                        "  | any | ({}, {}) || 2 |\n  | > 700 | is missing || 3 |\n}}\n",
                        expressions.range(TypeKind::Int), expressions.literal(TypeKind::Text),
                        expressions.literal(TypeKind::Text));
    return text;
}

// The account's fields as they are known at the instant, and its users.
void fill(single::Record& record, const data::Dataset& dataset, data::RowIndex row,
          std::int64_t instant) {
    const plan::Schema& schema = dataset.schema();
    record.clear();
    for (plan::FieldIndex i = 0; i < schema.root_entity().fields.size(); ++i) {
        const plan::Field& field = schema.root_entity().fields[i];
        const plan::Value value =
            field.tracked
                ? dataset.tracked_value(schema.root, row, i, instant).value_or(plan::Value())
                : dataset.value(schema.root, row, i);
        switch (value.alternative()) {
        case 1:
            record.set_bool(i, value.boolean());
            break;
        case 2:
            record.set_integer(i, value.integer());
            break;
        case 3:
            record.set_real(i, value.real());
            break;
        case 4:
            record.set_text(i, value.text());
            break;
        default:
            record.set_unknown(i);
        }
    }
}

void add_elements(single::Record& record, const data::Dataset& dataset, data::RowIndex row) {
    const plan::Schema& schema = dataset.schema();
    for (plan::EntityIndex entity = 0; entity < schema.entities.size(); ++entity) {
        if (schema.entities[entity].parent != schema.root)
            continue;
        const data::RowRange children = dataset.children(entity, row);
        for (data::RowIndex child = children.first; child < children.last; ++child) {
            std::vector<plan::Value> fields;
            for (plan::FieldIndex i = 0; i < schema.entities[entity].fields.size(); ++i)
                fields.push_back(dataset.value(entity, child, i));
            record.add_element(entity, std::move(fields));
        }
    }
}

struct Seen {
    std::size_t records = 0, direct = 0;
};

class Case {
public:
    explicit Case(std::size_t seed)
        : random_(seed), text_(random_rules(random_)), plan_(compiled(text_)),
          dataset_(dataset_of(plan_.schema, flat_input())) {}

    void check(Seen& seen) {
        engine::RunOptions options;
        options.as_of = kLastInstant;
        const auto run = engine::run(plan_, dataset_, options);
        ASSERT_TRUE(run);
        auto code = rulec::codegen::compile(
            plan_, {.instant = kLastInstant, .rules = {0, 1, 2}, .values = {}},
            rulec::codegen::Optimization::None);
        ASSERT_TRUE(code);
        compare(*run, *std::move(code), seen);
        Seen interpreted;
        compare(*run, std::nullopt, interpreted);
    }

private:
    // What a record that is asked about does not have is left out: histories, records of records.
    std::vector<InputRecord> flat_input() {
        auto input = random_input(random_, plan_.schema, kAccounts);
        std::erase_if(input, [&](const InputRecord& record) {
            const auto parent = plan_.schema.entities[record.entity].parent;
            return record.history || (parent && *parent != plan_.schema.root);
        });
        return input;
    }

    void compare(const engine::Results& run, std::optional<native::Code> code, Seen& seen) {
        const auto rulebook = single::Rulebook::make(plan_, std::move(code));
        ASSERT_TRUE(rulebook);
        single::Scorer scorer(*rulebook);
        for (std::size_t place = 0; place < run.accounts.size(); ++place) {
            fill(scorer.record(), dataset_, run.accounts[place], kLastInstant);
            add_elements(scorer.record(), dataset_, run.accounts[place]);
            scorer.evaluate(kLastInstant);
            ++seen.records;
            seen.direct += scorer.was_direct() ? 1 : 0;
            compare(run, place, scorer);
            ASSERT_FALSE(::testing::Test::HasFailure()) << text_;
        }
    }

    void compare(const engine::Results& run, std::size_t place, single::Scorer& scorer) const {
        const engine::FitColumns& fit = run.fits[0];
        const auto answer = scorer.fit(fit.rule);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->score, fit.score[place]);
        EXPECT_EQ(answer->tier, fit.tier[place]);
        EXPECT_EQ(answer->out, fit.out[place] != 0);
        EXPECT_EQ(answer->unknowns, fit.unknowns[place]);
        ASSERT_EQ(answer->hits.size(), 1U);
        EXPECT_EQ(answer->hits[0], fit.hits[place]);
        const auto decision = scorer.decision(run.decisions[0].rule);
        ASSERT_TRUE(decision);
        EXPECT_EQ(decision->choice, run.decisions[0].clause[place]);
        EXPECT_EQ(decision->value, run.decisions[0].value[place]);
        const auto table = scorer.table(run.tables[place].rule);
        ASSERT_TRUE(table);
        EXPECT_EQ(table->rows, run.tables[place].rows);
        EXPECT_EQ(table->outputs, run.tables[place].outputs);
    }

    Randomness random_;
    std::string text_;
    plan::Plan plan_;
    data::Dataset dataset_;
};

TEST(Single, GivesWhatARunGives) {
    Seen seen;
    for (std::size_t seed = 1; seed <= kRulebooks && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Case(seed).check(seen);
    }
    std::cout << seen.records << " records, " << seen.direct << " straight\n";
    EXPECT_GT(seen.direct * 20, seen.records) << "one in 20";
    EXPECT_LT(seen.direct * 20, seen.records * 19) << "and one in 20 not";
}

} // namespace
} // namespace rulebook::generator
