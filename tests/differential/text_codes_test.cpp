// Texts of a column in which hardly one comes twice are compared by codes, too, though they are not
// in order and equal ones have several.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/differential/comparison.hpp"
#include "tests/differential/engine.hpp"
#include "tests/generator/schema_text.hpp"

namespace rulebook::differential {
namespace {

constexpr std::size_t kAccounts = 150'000;
constexpr std::string_view kRules = R"(
decide is_it     -> bool { owner sales  choose email is "u7@x.com" otherwise }
decide is_not    -> bool { owner sales  choose email is not "u149998@x.com" otherwise }
decide is_any    -> bool { owner sales  choose email in ("u3@x.com", "twice", "none") otherwise }
decide is_twice  -> bool { owner sales  choose email is "twice" otherwise }
decide is_nobody -> bool { owner sales  choose email is "nobody" otherwise }
decide has_seven -> bool { owner sales  choose email contains "7" otherwise }
)";

// Every thousandth has an address that others have.
std::vector<generator::InputRecord> accounts(const plan::Schema& schema) {
    const auto email = schema.root_entity().field_named("email");
    std::vector<generator::InputRecord> records(kAccounts);
    for (std::size_t i = 0; i < kAccounts; ++i) {
        generator::InputRecord& record = records[i];
        record.table = "accounts";
        record.entity = schema.root;
        for (const plan::Field& field : schema.root_entity().fields)
            record.values.fields.push_back(
                field.optional ? plan::Value() : plan::Value::of(generator::kFirstInstant));
        record.values.fields[*schema.root_entity().key] = plan::Value::of(fmt::format("k{:06}", i));
        if (i % 11 != 0)
            record.values.fields[*email] = plan::Value::of(
                i % 1000 == 999 ? std::string("twice") : fmt::format("u{}@x.com", i));
        record.values.row = i + 1;
    }
    return records;
}

TEST(TextCodes, OfMostlyDistinctTextsAreComparedRightly) {
    const std::string text = std::string(generator::kSchemaText) + std::string(kRules);
    const auto plan = compiled(text);
    ASSERT_TRUE(plan);
    const auto example = case_of(text, accounts(plan->schema));
    ASSERT_TRUE(example);
    const auto email = example->plan.schema.root_entity().field_named("email");
    const data::Column& column = example->dataset.table(example->plan.schema.root).column(*email);
    ASSERT_FALSE(column.dictionary().is_sorted()) << "it is no such column";
    const auto oracle = Oracle::of(*example, nodes_of_roots(example->plan));
    rulec::codegen::Request request;
    request.instant = generator::kLastInstant;
    request.values = oracle->nodes();
    // The first rows and the last, in order and not.
    std::vector<Question> together, strewn;
    for (data::RowIndex row = 0; row < 12'000; ++row)
        together.push_back({row, request.instant});
    for (data::RowIndex row = 1; row < 12'000; row += 7)
        strewn.push_back({static_cast<data::RowIndex>(kAccounts - row), request.instant});
    for (const Engine& engine : engines()) {
        const auto code = engine.compile(example->plan, request);
        ASSERT_TRUE(code);
        const auto found = difference(*code, *oracle, together, strewn);
        EXPECT_FALSE(found) << found->what << " of row " << found->question.root << ": expected "
                            << found->expected << ", found " << found->found;
    }
    std::size_t twice = 0;
    for (const auto& [question, answer] : oracle->answers())
        for (const plan::Value& value : answer.values)
            twice += value.is_true() ? 1 : 0;
    EXPECT_GT(twice, 20);
}

} // namespace
} // namespace rulebook::differential
