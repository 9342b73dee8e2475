// From the text of a rulebook to what fires: random triggers are read, checked and lowered, and the
// machines give for them what the definition gives. RULEBOOK_CASES says how many (default: 1500),
// RULEBOOK_SEED where they begin.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "compiler/diagnostics/render.hpp"
#include "tests/generator/moments.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/schema_text.hpp"
#include "tests/oracle/history.hpp"
#include "tests/oracle/machine_engine.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulebook::oracle {
namespace {

using generator::kDay;
using generator::kFirstInstant;

constexpr std::int64_t kHour = kDay / 24;
constexpr std::size_t kTriggers = 4;
constexpr std::size_t kAccounts = 2;
constexpr std::size_t kMostEvents =
    5; // of a collection and account: matches are found by brute force

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* given = std::getenv(variable);
    return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

std::optional<plan::Plan> plan_of(const std::string& text) {
    rulec::tool::RulebookText rulebook;
    rulebook.directory = "generated";
    rulebook.files = {rulebook.sources.add("generated.rules", text)};
    rulec::Diagnostics diagnostics;
    auto made = rulec::tool::compile_rulebook(rulebook, diagnostics);
    for (const rulec::Diagnostic* one : diagnostics.sorted())
        if (one->severity == rulec::Severity::Error)
            ADD_FAILURE() << rulec::render_text(*one, rulebook.sources, rulec::Colour::Never);
    return std::move(made.plan);
}

// Instants on whole hours, in the first half of the time, and few events: what the definition can
// look at.
std::vector<generator::InputRecord> small_input(generator::Randomness& random,
                                                const plan::Schema& schema) {
    auto records = generator::random_input(random, schema, kAccounts);
    std::map<std::string, std::size_t> events;
    std::erase_if(records, [&](const generator::InputRecord& record) {
        const auto& entity = schema.entities[record.entity];
        return !record.history && entity.ordered_by &&
               ++events[entity.collection + record.values.parent_key.text()] > kMostEvents;
    });
    const auto settle = [](plan::Value& value) {
        if (!value.known())
            return;
        const std::int64_t hours = (value.integer() - kFirstInstant + kHour / 2) / kHour;
        value = plan::Value::of(kFirstInstant + hours / 2 * kHour);
    };
    for (generator::InputRecord& record : records) {
        if (record.history) {
            settle(record.values.fields[0]);
            continue;
        }
        const auto& fields = schema.entities[record.entity].fields;
        for (std::size_t i = 0; i < fields.size(); ++i)
            if (fields[i].type.is(plan::TypeKind::Time))
                settle(record.values.fields[i]);
    }
    return records;
}

class FromText : public ::testing::Test {
protected:
    // What the definition said of the triggers with the construct.
    void add(const plan::Plan& plan, const Answer& answer) {
        for (const Outcome& each : answer.outcomes) {
            add(plan, plan.triggers[each.version].on);
            const plan::Trigger& trigger = plan.triggers[each.version];
            ++seen_[std::string(name(each.cause))];
            ++seen_[trigger.policy ? "with a policy" : "without a policy"];
            if (plan.rules[each.rule].versions.size() > 1)
                ++seen_["of several versions"];
        }
        seen_["pending"] += answer.pending.size();
    }

    void add(const plan::Plan& plan, const plan::On& on) {
        switch (on.kind) {
        case plan::On::Kind::Pattern:
            ++seen_["pattern"];
            break;
        case plan::On::Kind::Without:
            ++seen_["wait"];
            add("wait of ", on.wait);
            break;
        case plan::On::Kind::Silence:
            ++seen_["silence"];
            add("wait of ", on.wait);
            break;
        case plan::On::Kind::Clock:
            ++seen_["clock"];
            if (plan.nodes[on.clock].op == plan::Op::StartOfDay)
                ++seen_["clock of a date"];
            break;
        case plan::On::Kind::Becomes:
            ++seen_[on.lasting ? "lasting" : "becomes"];
            break;
        }
        for (const plan::Pattern& pattern : on.patterns) {
            static constexpr std::string_view kKinds[] = {"",
                                                          "signal",
                                                          "then",
                                                          "and",
                                                          "or",
                                                          "times",
                                                          "different values",
                                                          "different buckets"};
            ++seen_[std::string(kKinds[static_cast<std::size_t>(pattern.kind)])];
            for (const plan::Extent& extent : pattern.within)
                add("within ", extent);
        }
    }

    void add(std::string_view what, const plan::Extent& extent) {
        static constexpr std::string_view kKinds[] = {"", "elapsed", "calendar", "the same",
                                                      "working"};
        ++seen_[std::string(what) + std::string(kKinds[static_cast<std::size_t>(extent.kind)])];
    }

    // Least counts are for 1500 cases.
    void expect(std::uint64_t least, std::initializer_list<std::string_view> whats) {
        for (const std::string_view what : whats)
            EXPECT_GE(seen_[std::string(what)] * 1500, least * cases_) << what;
    }

    const std::uint64_t first_ = number_from("RULEBOOK_SEED", 1);
    const std::uint64_t cases_ = number_from("RULEBOOK_CASES", 1500);
    std::map<std::string, std::uint64_t> seen_;
};

// What was not in force is counted and explained only.
Answer comparable(Answer answer, const std::optional<std::int64_t>& origin, std::int64_t as_of) {
    std::erase_if(answer.outcomes,
                  [](const Outcome& each) { return each.cause == Cause::NotInForce; });
    if (origin && *origin > as_of)
        answer.pending.clear(); // the account is not there yet
    return answer;
}

std::string shown(const plan::Plan& plan, const Answer& answer) {
    std::string text;
    for (const Outcome& each : answer.outcomes)
        text += "  " + plan.rules[each.rule].name + " hour " +
                std::to_string(static_cast<double>(each.instant - kFirstInstant) / kHour) +
                " from " + std::to_string(static_cast<double>(each.start - kFirstInstant) / kHour) +
                " " + std::string(name(each.cause)) + " " + each.message + "\n";
    for (const Pending& each : answer.pending)
        text += "  pending " + plan.rules[each.rule].name + " hour " +
                std::to_string((each.instant - kFirstInstant) / kHour) + "\n";
    return text;
}

TEST_F(FromText, TheMachinesGiveWhatTheDefinitionGives) {
    for (std::uint64_t seed = first_; seed < first_ + cases_; ++seed) {
        generator::Randomness random(seed);
        const std::string text =
            std::string(generator::kSchemaText) + generator::random_moments(random, kTriggers);
        const auto plan = plan_of(text);
        ASSERT_TRUE(plan.has_value()) << "seed " << seed << "\n" << text;
        const auto dataset = generator::dataset_of(plan->schema, small_input(random, plan->schema));
        ASSERT_EQ(dataset.rejects().size(), 0U) << dataset.rejects()[0].reason;
        Question question;
        question.from = kFirstInstant;
        question.as_of = kFirstInstant + random.between(15, 40) * kDay;
        question.step = kHour;
        question.microseconds = kTriggers + 2; // what fired is seen a microsecond later
        const auto prepared = interpret::PreparedPlan::prepare(*plan);
        ASSERT_TRUE(prepared.has_value()) << prepared.error().message;
        for (interpret::RowIndex root = 0; root < kAccounts; ++root) {
            const auto origin = History(*prepared, dataset, root, question.as_of).origin();
            const Answer wanted =
                comparable(answer(*plan, dataset, root, question), origin, question.as_of);
            add(*plan, wanted);
            for (const Expiry expiry : {Expiry::Never, Expiry::BeforeEachInstant}) {
                const Answer given =
                    comparable(answer_of_machines(*plan, dataset, root, question, expiry), origin,
                               question.as_of);
                ASSERT_TRUE(given.outcomes == wanted.outcomes && given.pending == wanted.pending)
                    << "seed " << seed << ", account " << root << "\n"
                    << text << "the definition:\n"
                    << shown(*plan, wanted) << "the machines:\n"
                    << shown(*plan, given);
            }
        }
    }
    for (const auto& [what, count] : seen_)
        std::cout << what << " " << count << "; ";
    std::cout << '\n';
    expect(150, {"pattern", "wait", "silence", "clock", "becomes", "signal", "or", "times",
                 "different values", "different buckets"});
    expect(150, {"within elapsed", "within calendar", "within the same", "wait of elapsed",
                 "wait of calendar"});
    expect(150, {"with a policy", "without a policy", "of several versions", "pending", "Fired",
                 "WhenFalse", "UnlessTrue", "PolicySuppresses"});
    expect(50, {"and", "then", "lasting", "clock of a date", "within working", "wait of working",
                "ControlGroup", "PolicyLimit", "Once"});
    expect(15, {"AtMost", "Cooldown"});
}

} // namespace
} // namespace rulebook::oracle
