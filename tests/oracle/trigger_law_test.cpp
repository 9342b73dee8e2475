// The machines of runtime/trigger give what the definition gives, over random rulebooks and
// histories. RULEBOOK_CASES says how many (default: 3000 of each kind), RULEBOOK_SEED where they
// begin (default: 0).
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "runtime/plan/validate.hpp"
#include "tests/oracle/machine_engine.hpp"
#include "tests/oracle/random_case.hpp"

namespace rulebook::oracle {
namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* given = std::getenv(variable);
    return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

// What was not in force is counted and explained only; how is not the language's matter.
Answer comparable(Answer answer, const Case& example) {
    std::erase_if(answer.outcomes,
                  [](const Outcome& each) { return each.cause == Cause::NotInForce; });
    if (example.since > example.question.as_of)
        answer.pending.clear(); // the account is not there yet
    return answer;
}

Answer expected(const Case& example) {
    return comparable(answer(example.plan.plan, example.dataset(), 0, example.question), example);
}

Answer given(const Case& example, Expiry expiry) {
    return comparable(
        answer_of_machines(example.plan.plan, example.dataset(), 0, example.question, expiry),
        example);
}

std::vector<std::string> identities_of(const Case& example) {
    return identities(example.plan.plan, example.dataset(), 0, example.question);
}

bool same(const Answer& one, const Answer& other) {
    return one.outcomes == other.outcomes && one.pending == other.pending;
}

std::string shown(const Case& example, const Answer& answer) {
    std::string text;
    for (const Outcome& each : answer.outcomes)
        text += "  " + example.plan.plan.rules[each.rule].name + " (version " +
                std::to_string(each.version) + ") at " + shown_instant(each.instant) + " start " +
                shown_instant(each.start) +
                (each.completing ? " completed by " + std::to_string(each.completing->entity) +
                                       ":" + std::to_string(each.completing->row)
                                 : "") +
                " " + std::string(name(each.cause)) +
                (each.message.empty() ? "" : " \"" + each.message + "\"") + "\n";
    for (const Pending& each : answer.pending)
        text += "  pending " + example.plan.plan.rules[each.rule].name + " (version " +
                std::to_string(each.version) + ") " + shown_instant(each.instant) + "\n";
    return text;
}

std::string disagreement(const Case& example, std::uint64_t seed, Expiry expiry) {
    const Case small = shrunk(example, [&](const Case& smaller) {
        return !same(expected(smaller), given(smaller, expiry));
    });
    return "seed " + std::to_string(seed) + "\n" + described(small) + "the definition:\n" +
           shown(small, expected(small)) + "the machines:\n" + shown(small, given(small, expiry));
}

// How often each thing happened: laws that hold of nothing say nothing.
class Tally {
public:
    void add(const Answer& answer) {
        for (const Outcome& each : answer.outcomes) {
            ++seen_[std::string(name(each.cause))];
            if (is_firing(each.cause) && !counts(each.cause))
                ++seen_["suppressed"];
            ++seen_[each.occasion == Occasion::Event      ? "event"
                    : each.occasion == Occasion::Deadline ? "deadline"
                                                          : "edge"];
        }
        seen_["wait passed"] += answer.waits_passed;
        seen_["wait closed"] += answer.waits_closed;
        seen_["pending"] += answer.pending.size();
    }
    void add(const std::string& what) { ++seen_[what]; }
    void expect(const std::string& what, std::uint64_t least) {
        EXPECT_GE(seen_[what], least) << what;
    }

private:
    std::map<std::string, std::uint64_t> seen_;
};

class TriggerLaws : public ::testing::Test {
protected:
    const std::uint64_t first_ = number_from("RULEBOOK_SEED", 0);
    const std::uint64_t cases_ = number_from("RULEBOOK_CASES", 3000);
    Tally tally_;

    // Least counts are per 1000 cases.
    void expect(const std::string& what, std::uint64_t per_thousand) {
        tally_.expect(what, per_thousand * cases_ / 1000);
    }

    // One disagreement is enough.
    void compare(const Wanted& wanted) {
        compare([&](generator::Randomness& random) { return random_case(random, wanted); });
    }
    template <class Make>
        requires std::invocable<Make, generator::Randomness&>
    void compare(Make make) {
        for (std::uint64_t seed = first_; seed < first_ + cases_; ++seed) {
            generator::Randomness random(seed);
            const Case example = make(random);
            ASSERT_EQ(plan::validate(example.plan.plan), std::nullopt) << described(example);
            const Answer wants = expected(example);
            tally_.add(wants);
            add_kinds(example, wants);
            for (const Expiry expiry : {Expiry::Never, Expiry::BeforeEachInstant})
                ASSERT_TRUE(same(given(example, expiry), wants))
                    << (expiry == Expiry::Never ? "" : "with expiry, ")
                    << disagreement(example, seed, expiry);
        }
    }

    void add_kinds(const Case& example, const Answer& answer) {
        for (const Outcome& each : answer.outcomes)
            switch (example.plan.plan.triggers[each.version].on.kind) {
            case plan::On::Kind::Pattern:
                tally_.add("of a pattern");
                break;
            case plan::On::Kind::Without:
                tally_.add("of a wait");
                break;
            case plan::On::Kind::Silence:
                tally_.add("of a silence");
                break;
            case plan::On::Kind::Clock:
                tally_.add("of a clock");
                break;
            case plan::On::Kind::Becomes:
                tally_.add(example.plan.plan.triggers[each.version].on.lasting ? "of what lasts"
                                                                               : "of an edge");
            }
    }
};

TEST_F(TriggerLaws, TheMachinesGiveWhatTheDefinitionGives) {
    compare({});
    for (const char* often : {"Fired", "suppressed", "event", "deadline"})
        expect(often, 100);
    for (const char* what :
         {"of a pattern", "of a wait", "of a silence", "of a clock", "of an edge", "of what lasts",
          "wait passed", "wait closed", "edge", "pending", "ControlGroup", "WhenFalse"})
        expect(what, 20);
    for (const char* seldom : {"WhenUnknown", "UnlessTrue", "UnlessUnknown", "Once", "AtMost",
                               "Cooldown", "PolicySuppresses", "PolicyUnknown", "PolicyLimit"})
        expect(seldom, 2);
}

// Without conditions, so that more of each pattern is seen; more events.
TEST_F(TriggerLaws, OfPatternsAndWaitsAlone) {
    compare({.most_events = 13, .most_triggers = 2, .conditions = false, .patterns_only = true});
    expect("Fired", 500);
    expect("wait passed", 50);
    expect("wait closed", 50);
}

// Aggregates are carried on from instant to instant.
TEST_F(TriggerLaws, OfElements) {
    compare(random_elements_case);
    expect("of an edge", 100);
    expect("of what lasts", 50);
}

TEST_F(TriggerLaws, OfWindows) {
    compare(random_windows_case);
    expect("of an edge", 100);
    expect("of what lasts", 50);
}

// Points that fade move with every instant: they are looked at when events come and once a day.
TEST_F(TriggerLaws, OfWhatFades) {
    compare(random_fading_case);
    expect("of an edge", 100);
    expect("of what lasts", 100);
}

// G3: `run --as-of T1` is the rows of `run --as-of T2` with instant <= T1.
TEST_F(TriggerLaws, ALaterRunSaysTheSameOfWhatWas) {
    for (std::uint64_t seed = first_; seed < first_ + cases_; ++seed) {
        generator::Randomness random(seed);
        Case example = random_case(random, {});
        const Answer whole = given(example, Expiry::Never);
        for (std::size_t cut = 0; cut < whole.outcomes.size(); cut += 3) {
            example.question.as_of = whole.outcomes[cut].instant;
            auto prefix = whole.outcomes;
            std::erase_if(
                prefix, [&](const Outcome& each) { return each.instant > example.question.as_of; });
            ASSERT_EQ(given(example, Expiry::Never).outcomes, prefix) << described(example);
            tally_.add("cut");
        }
    }
    expect("cut", 300);
}

TEST_F(TriggerLaws, TheOrderOfTheRowsDoesNotMatter) {
    for (std::uint64_t seed = first_; seed < first_ + cases_; ++seed) {
        generator::Randomness random(seed);
        Case example = random_case(random, {});
        const Answer in_order = given(example, Expiry::Never);
        const auto known_as = identities_of(example);
        random.shuffle(example.events);
        random.shuffle(example.deals);
        const Answer shuffled = given(example, Expiry::Never);
        ASSERT_TRUE(same(in_order, shuffled)) << described(example);
        ASSERT_EQ(identities_of(example), known_as) << described(example);
        ASSERT_EQ(std::set(known_as.begin(), known_as.end()).size(), known_as.size())
            << "two firings of one identity\n"
            << described(example);
        tally_.add(in_order);
    }
    expect("Fired", 100);
}

} // namespace
} // namespace rulebook::oracle
