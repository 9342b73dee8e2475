// Deals that are divided over columns get what they get one by one, under every model that they are
// compared by, too: over random rulebooks, whose filters of touches are of every kind, and random
// records.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <tuple>

#include <gtest/gtest.h>
#include <unistd.h>

#include "compiler/codegen/credit_code.hpp"
#include "runtime/credit/columns/column_credit.hpp"
#include "runtime/engine/credit_comparison.hpp"
#include "runtime/native/load_library.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tests/property/compiled_rulebook.hpp"
#include "tools/rulec/code_request.hpp"
#include "tools/rulec/native_library.hpp"

namespace rulebook::generator {
namespace {

using credit::columns::AccountDeal;
using credit::columns::ColumnCounts;
using credit::columns::VersionColumns;

std::size_t cases() {
    const char* wanted = std::getenv("RULEBOOK_CASES");
    return wanted == nullptr ? 300 : static_cast<std::size_t>(std::atoi(wanted));
}

// What stands behind `from`.
void replace(std::string& text, std::size_t from, std::string_view before, std::string_view after) {
    const std::size_t at = text.find(before, from);
    ASSERT_NE(at, std::string::npos) << before;
    text.replace(at, before.size(), after);
}

// A random rulebook whose credit rule filters touches, looks at them, and divides large amounts.
std::string varied(Randomness& random) {
    std::string text = random_rulebook(random);
    replace(text, 0, "channel : text?", "channel : text?  partner : text?");
    const std::size_t rule = text.find("credit shares");
    if (random.one_in(6))
        replace(text, rule, "divide amount", "divide amount * 1_000_000_000");
    const std::size_t touches = text.find("among touches", rule);
    if (random.one_in(3))
        replace(text, touches, " days before", " calendar days before");
    if (random.one_in(4)) { // may be later than the run; then all touches until it
        replace(text, rule, "at closed_at",
                random.pick({"at account.trial_ends", "at max(account.deals.created_at)"}));
        const std::size_t window = text.find(" in ", touches);
        text.erase(window, text.find('\n', window) - window);
    }
    replace(text, rule, "among touches",
            random.pick({"among touches", "among touches where channel is not \"ads\"",
                         "among touches where channel is not \"ads\" or cost > $20",
                         "among touches where account.region is north",
                         "among touches where cost < deal.amount",
                         "among touches where age(touch.at) < 20 days"}));
    if (random.one_in(2) && text.find("(by channel", rule) != std::string::npos)
        replace(text, rule, "(by channel", "(by partner");
    if (random.one_in(3))
        replace(text, rule, "flag large when", "flag large when count(touches) in 1 to 2 or");
    return text;
}

std::vector<credit::DealCredit> one_by_one(const credit::CreditShapes& shapes,
                                           interpret::Evaluator& evaluator,
                                           interpret::RowIndex root, std::int64_t as_of,
                                           const interpret::FiredLookup& fired) {
    auto deals = credit::credit_deals(shapes, evaluator, root, as_of, &fired);
    std::ranges::sort(deals, {}, [](const credit::DealCredit& deal) {
        const std::int64_t at = deal.at.known() ? deal.at.integer() : 0;
        return std::tuple(!deal.at.known(), at, deal.rule, deal.deal);
    });
    return deals;
}

void expect_same_parties(const credit::columns::ColumnCredit& columns,
                         const VersionColumns& version, const AccountDeal& got,
                         const credit::DealCredit& wanted) {
    const credit::columns::DividedDeals& divided = columns.divided(got);
    const auto rows = divided.parties_of[got.row];
    ASSERT_EQ(rows.last - rows.first, wanted.division.parties.size());
    for (std::uint32_t i = 0; i < wanted.division.parties.size(); ++i) {
        const credit::Division::PartyAmount& party = wanted.division.parties[i];
        const std::uint32_t row = rows.first + i;
        EXPECT_TRUE(version.parties.party(divided.party[row]).same_as(party.party));
        EXPECT_EQ(divided.share[row], party.share.millionths);
        EXPECT_EQ(divided.amount[row], party.amount);
        const auto touches = divided.touches_of(row);
        ASSERT_EQ(touches.last - touches.first, party.touches.size());
        for (std::uint32_t touch = 0; touch < party.touches.size(); ++touch) {
            EXPECT_EQ(columns.touch_of(got, divided.touch[touches.first + touch]),
                      wanted.taken[party.touches[touch].touch]);
            EXPECT_EQ(divided.touch_amount[touches.first + touch], party.touches[touch].amount);
        }
    }
}

void expect_same(const credit::columns::ColumnShapes& shapes,
                 const credit::columns::ColumnCredit& columns, const AccountDeal& got,
                 const credit::DealCredit& wanted) {
    EXPECT_EQ(got.rule, wanted.rule);
    EXPECT_EQ(got.version, wanted.version);
    ASSERT_EQ(got.deal, wanted.deal);
    EXPECT_EQ(got.at.has_value(), wanted.at.known());
    if (got.alone) {
        EXPECT_EQ(got.alone->credited(), wanted.credited());
        return;
    }
    ASSERT_TRUE(wanted.credited());
    EXPECT_EQ(got.amount, wanted.amount.integer());
    const bool no_touch = wanted.division.basis == credit::Division::Basis::NoTouch;
    EXPECT_EQ(columns.divided(got).outcomes[got.row] == credit::columns::Outcome::NoTouch,
              no_touch);
    if (!no_touch) {
        EXPECT_EQ(got.model, wanted.division.model);
    }
    EXPECT_EQ(got.unseen, !wanted.unseen.empty());
    ASSERT_EQ(got.flags.size(), wanted.flags.size());
    for (std::size_t i = 0; i < got.flags.size(); ++i)
        EXPECT_EQ(got.flags[i], wanted.flags[i].is_true());
    expect_same_parties(columns, shapes.versions()[got.place], got, wanted);
}

// Of what there is to see, so that the law does not hold of nothing.
struct Seen {
    ColumnCounts counts;
    std::size_t by_filter[4] = {};
    std::size_t flags = 0;
    std::size_t compiled = 0;   // expressions
    std::size_t from_files = 0; // of them
};

enum class Compiled : std::uint8_t { No, Yes, ByFile }; // what deals and touches are asked

// From a file of native code, which is gone before the code is used.
Result<native::CreditCode> loaded_credits(const plan::Plan& plan) {
    const auto bytes = rulec::tool::native_library(plan, rulec::tool::ahead_request(plan, {}), {});
    if (!bytes)
        return tl::unexpected(bytes.error());
    const auto path = std::filesystem::temp_directory_path() /
                      ("rulebook-credits-" + std::to_string(getpid()) + ".so");
    std::ofstream(path, std::ios::binary) << *bytes;
    auto library = native::load_library(path.string());
    std::filesystem::remove(path);
    if (!library)
        return tl::unexpected(library.error());
    return std::move(library->credits);
}

void check(const plan::Plan& plan, const data::Dataset& dataset, std::int64_t as_of,
           Compiled compiled, Seen& seen) {
    const auto prepared = interpret::PreparedPlan::prepare(plan);
    const auto shapes = credit::CreditShapes::prepare(plan);
    ASSERT_TRUE(prepared && shapes);
    std::vector<std::uint32_t> rules;
    for (const credit::CreditShapes::Rule& rule : shapes->rules())
        rules.push_back(rule.index);
    const credit::columns::ColumnShapes columns(*shapes, dataset, rules);
    interpret::Evaluator evaluator(*prepared, dataset);
    credit::columns::ColumnCredit credit(columns, evaluator);
    native::CreditCode code;
    if (compiled != Compiled::No) {
        auto made = compiled == Compiled::ByFile
                        ? loaded_credits(plan)
                        : rulec::codegen::compile_credits(plan, {as_of, rules},
                                                          rulec::codegen::Optimization::None);
        ASSERT_TRUE(made.has_value()) << made.error().message;
        code = *std::move(made);
        credit.take_up(code, *prepared, as_of);
        credit.begin(0, static_cast<interpret::RowIndex>(dataset.size(plan.schema.root)), as_of);
        for (const auto* programs : {&code.claims, &code.parts, &code.filters})
            for (const native::CreditCode::OfVersion& each : *programs)
                seen.compiled += each.code.program.values.size();
    }
    // Something fires every five days.
    const interpret::FiredLookup fired = [](std::uint32_t, std::int64_t instant) {
        return std::optional(instant - instant % (5 * kDay));
    };
    for (interpret::RowIndex root = 0; root < dataset.size(plan.schema.root); ++root) {
        const auto wanted = one_by_one(*shapes, evaluator, root, as_of, fired);
        const auto got = credit.credit(root, as_of, &fired);
        ASSERT_EQ(got.size(), wanted.size());
        for (std::size_t i = 0; i < got.size(); ++i) {
            expect_same(columns, credit, got[i], wanted[i]);
            seen.flags += static_cast<std::size_t>(std::ranges::count(got[i].flags, true));
        }
    }
    seen.counts.by_columns += credit.counts().by_columns;
    seen.counts.too_large += credit.counts().too_large;
    seen.counts.otherwise += credit.counts().otherwise;
    for (const VersionColumns& version : columns.versions())
        seen.by_filter[static_cast<std::size_t>(version.filter)] += credit.counts().by_columns;
}

constexpr std::size_t kSeedsOfAFile = 25; // since making files takes long

Seen check_all(Compiled asked) {
    Seen seen;
    for (std::size_t seed = 1; seed <= cases() && !testing::Test::HasFailure(); ++seed) {
        Randomness random(seed);
        const std::string text = varied(random);
        SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text);
        const plan::Plan plan = compiled(text);
        const data::Dataset dataset =
            dataset_of(plan.schema, random_input(random, plan.schema, seed == 1 ? 3'000 : 16));
        const bool by_file = asked == Compiled::Yes && seed % kSeedsOfAFile == 0;
        const auto before = seen.compiled;
        check(plan, dataset, kFirstInstant + random.between(20, 276) * kDay / 4,
              by_file ? Compiled::ByFile : asked, seen);
        seen.from_files += by_file ? seen.compiled - before : 0;
    }
    std::cout << seen.counts.by_columns << " deals over columns, " << seen.counts.too_large
              << " too large, " << seen.counts.otherwise << " otherwise; " << seen.flags
              << " flags\n";
    EXPECT_GT(seen.counts.by_columns, 2 * cases());
    EXPECT_GT(seen.counts.too_large, cases() / 100);
    EXPECT_GT(seen.counts.otherwise, cases() / 4);
    EXPECT_GT(seen.flags, cases() / 10);
    for (const std::size_t deals : seen.by_filter)
        EXPECT_GT(deals, cases() / 10);
    return seen;
}

TEST(CreditColumns, GiveWhatOneByOneGives) {
    check_all(Compiled::No);
}

TEST(CreditColumns, GiveItByCompiledCode) {
    const Seen seen = check_all(Compiled::Yes);
    std::cout << seen.compiled << " expressions compiled, " << seen.from_files
              << " of them in files\n";
    EXPECT_GT(seen.compiled, 4 * cases());
    EXPECT_GT(seen.from_files, cases() / kSeedsOfAFile);
}

void expect_same(const engine::CreditComparison& by_columns,
                 const engine::CreditComparison& one_by_one) {
    EXPECT_EQ(by_columns.rule, one_by_one.rule);
    EXPECT_EQ(by_columns.currency.code(), one_by_one.currency.code());
    EXPECT_EQ(by_columns.deals, one_by_one.deals);
    EXPECT_TRUE(by_columns.amount == one_by_one.amount);
    ASSERT_EQ(by_columns.uncredited.size(), one_by_one.uncredited.size());
    for (std::size_t i = 0; i < by_columns.uncredited.size(); ++i) {
        const engine::UncreditedSum& got = by_columns.uncredited[i];
        const engine::UncreditedSum& wanted = one_by_one.uncredited[i];
        EXPECT_TRUE(got.cause == wanted.cause && got.deals == wanted.deals &&
                    got.without_amount == wanted.without_amount && got.amount == wanted.amount);
    }
    ASSERT_EQ(by_columns.models.size(), one_by_one.models.size());
    for (std::size_t i = 0; i < by_columns.models.size(); ++i) {
        const engine::ComparedModel& got = by_columns.models[i];
        const engine::ComparedModel& wanted = one_by_one.models[i];
        EXPECT_EQ(got.name, wanted.name);
        EXPECT_EQ(got.passed, wanted.passed) << got.name;
        EXPECT_TRUE(got.moved == wanted.moved) << got.name;
    }
    ASSERT_EQ(by_columns.parties.size(), one_by_one.parties.size());
    for (std::size_t i = 0; i < by_columns.parties.size(); ++i) {
        const engine::ComparedParty& got = by_columns.parties[i];
        const engine::ComparedParty& wanted = one_by_one.parties[i];
        ASSERT_TRUE(got.party.same_as(wanted.party));
        EXPECT_EQ(got.party.name, wanted.party.name);
        ASSERT_EQ(got.by_model.size(), wanted.by_model.size());
        for (std::size_t model = 0; model < got.by_model.size(); ++model) {
            EXPECT_EQ(got.by_model[model].deals, wanted.by_model[model].deals);
            EXPECT_TRUE(got.by_model[model].amount == wanted.by_model[model].amount)
                << got.party.name << " by " << by_columns.models[model].name;
        }
    }
}

// How many deals go over columns where they are compared.
std::size_t compared_by_columns(const plan::Plan& plan, const data::Dataset& dataset,
                                std::int64_t as_of) {
    const auto prepared = interpret::PreparedPlan::prepare(plan);
    const auto shapes = credit::CreditShapes::prepare(plan);
    credit::Comparisons comparisons;
    std::vector<std::uint32_t> rules;
    for (const credit::CreditShapes::Rule& rule : shapes->rules()) {
        rules.push_back(rule.index);
        comparisons.emplace(rule.index, *credit::Comparison::prepare(*shapes, rule));
    }
    const credit::columns::ColumnShapes columns(*shapes, dataset, rules, &comparisons);
    interpret::Evaluator evaluator(*prepared, dataset);
    credit::columns::ColumnCredit credit(columns, evaluator);
    const interpret::FiredLookup never = [](std::uint32_t, std::int64_t) {
        return std::optional<std::int64_t>();
    };
    for (interpret::RowIndex root = 0; root < dataset.size(plan.schema.root); ++root)
        credit.credit(root, as_of, &never);
    return credit.counts().by_columns;
}

TEST(CreditColumns, CompareAsOneByOne) {
    std::size_t by_columns = 0;
    std::size_t passed = 0;
    for (std::size_t seed = 1; seed <= cases() && !HasFailure(); ++seed) {
        Randomness random(seed);
        const std::string text = varied(random);
        SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text);
        const plan::Plan plan = compiled(text);
        const data::Dataset dataset =
            dataset_of(plan.schema, random_input(random, plan.schema, 16));
        engine::RunOptions options;
        options.as_of = kFirstInstant + random.between(20, 276) * kDay / 4;
        const auto compared = engine::compare_credit(plan, dataset, options);
        options.scan = false;
        const auto wanted = engine::compare_credit(plan, dataset, options);
        ASSERT_TRUE(compared && wanted);
        ASSERT_EQ(compared->size(), wanted->size());
        for (std::size_t i = 0; i < wanted->size(); ++i) {
            expect_same((*compared)[i], (*wanted)[i]);
            for (const engine::ComparedModel& model : (*compared)[i].models)
                passed += model.passed;
        }
        by_columns += compared_by_columns(plan, dataset, *options.as_of);
    }
    std::cout << by_columns << " deals compared over columns, " << passed
              << " times a model passed\n";
    EXPECT_GT(by_columns, 2 * cases());
    EXPECT_GT(passed, cases() / 10);
}

} // namespace
} // namespace rulebook::generator
