// What explain::why_not says would make a condition true does so, once the data really have it.
// RULEBOOK_CASES says over how many random rulebooks (default: 120).
#include <cstdlib>

#include <gtest/gtest.h>

#include "runtime/explain/reads.hpp"
#include "runtime/explain/why_not.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulebook::generator {
namespace {

using explain::FieldChange;
using explain::WhyNot;

std::size_t cases() {
    const char* wanted = std::getenv("RULEBOOK_CASES");
    return wanted == nullptr ? 120 : static_cast<std::size_t>(std::atoi(wanted));
}

std::optional<plan::Plan> plan_of(const std::string& text) {
    rulec::tool::RulebookText rulebook;
    rulebook.directory = "generated";
    rulebook.files = {rulebook.sources.add("generated.rules", text)};
    rulec::Diagnostics diagnostics;
    return std::move(rulec::tool::compile_rulebook(rulebook, diagnostics).plan);
}

// Conditions of the root: of clauses, choices, triggers.
std::vector<plan::NodeId> conditions(const plan::Plan& plan) {
    std::vector<plan::NodeId> nodes;
    for (const plan::Fit& fit : plan.fits)
        for (const plan::PointsClause& clause : fit.clauses)
            nodes.push_back(clause.when);
    for (const plan::Decision& decision : plan.decisions)
        for (const plan::Choice& choice : decision.choices)
            nodes.push_back(choice.when);
    for (const plan::Trigger& trigger : plan.triggers)
        nodes.push_back(trigger.when);
    std::erase(nodes, plan::kNoNode);
    return nodes;
}

plan::Value value_of(const plan::Plan& plan, const data::Dataset& dataset, plan::NodeId node,
                     data::RowIndex account) {
    const auto prepared = interpret::PreparedPlan::prepare(plan);
    interpret::Evaluator evaluator(*prepared, dataset);
    const interpret::Record root{plan.schema.root, account};
    interpret::RowContext row;
    row.instant = kLastInstant;
    row.frames = {&root, 1};
    return evaluator.evaluate(node, row);
}

// The input with the changes made to one account.
std::vector<InputRecord> changed(std::vector<InputRecord> input, const plan::Schema& schema,
                                 const std::string& key, const std::vector<FieldChange>& changes) {
    const plan::FieldIndex key_field = *schema.root_entity().key;
    for (InputRecord& record : input)
        if (record.entity == schema.root && !record.history &&
            record.values.fields[key_field].text() == key)
            for (const FieldChange& change : changes)
                record.values.fields[change.field] = change.to;
    return input;
}

struct Seen {
    std::size_t answers = 0, of_one = 0, of_more = 0, without = 0, already_true = 0;
};

void check_answers(const plan::Plan& plan, const std::vector<InputRecord>& input, plan::NodeId node,
                   const WhyNot& found, const std::string& key, Seen& seen) {
    if (found.truth == explain::Truth::True) {
        ++seen.already_true;
        EXPECT_TRUE(found.changes.empty());
        return;
    }
    seen.without += found.changes.empty() ? 1 : 0;
    for (const auto& changes : found.changes) {
        ++seen.answers;
        ++(changes.size() == 1 ? seen.of_one : seen.of_more);
        EXPECT_EQ(changes.size(), found.most_fields);
        const data::Dataset dataset =
            dataset_of(plan.schema, changed(input, plan.schema, key, changes));
        const data::RowIndex account = dataset.find_key(plan.schema.root, key);
        ASSERT_NE(account, data::kNoRow) << "the data could have these values";
        EXPECT_TRUE(value_of(plan, dataset, node, account).is_true())
            << explain::render_text(plan, found);
    }
}

TEST(WhyNotLaw, WhatIsSaidToMakeItTrueDoesSo) {
    Seen seen;
    for (std::size_t seed = 1; seed <= cases() && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Randomness random(seed);
        const auto plan = plan_of(random_rulebook(random));
        ASSERT_TRUE(plan.has_value());
        const std::vector<InputRecord> input = random_input(random, plan->schema, 2);
        const data::Dataset dataset = dataset_of(plan->schema, input);
        if (dataset.size(plan->schema.root) == 0)
            continue;
        const auto prepared = interpret::PreparedPlan::prepare(*plan);
        interpret::Evaluator evaluator(*prepared, dataset);
        const std::string key = dataset.key_text(plan->schema.root, 0);
        for (const plan::NodeId node : conditions(*plan)) {
            const WhyNot found = explain::why_not(evaluator, node, 0, kLastInstant, nullptr);
            EXPECT_EQ(explain::truth_of(value_of(*plan, dataset, node, 0)), found.truth)
                << "nothing that was supposed stays";
            check_answers(*plan, input, node, found, key, seen);
        }
    }
    EXPECT_GT(seen.of_one, cases() / 2) << "answers were found";
    EXPECT_GT(seen.of_more, 0U);
    EXPECT_GT(seen.without, 0U);
    EXPECT_GT(seen.already_true, 0U);
}

} // namespace
} // namespace rulebook::generator
