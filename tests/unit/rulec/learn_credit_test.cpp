#include <algorithm>
#include <iterator>
#include <sstream>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/unit/rulec/journeys_fixture.hpp"
#include "tests/unit/rulec/json_schema.hpp"

namespace rulec::tool {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

using LearnCredit = Journeys;

std::string omega_of(const std::string& weights, const std::string& party) {
    const json file = json::parse(weights);
    for (const json& each : file["weights"])
        if (each["party"] == party)
            return each["omega"];
    return "(none)";
}

json learnt(const std::string& weights) {
    return json::parse(weights)["learnt"];
}

// R(A) = 3/4, R(B) = 23/28; 21/44 and 23/44 of $1,000 are $477.27 and $522.73.
TEST_F(LearnCredit, WhatIsWorkedByHandComesOutAndDividesADeal) {
    const Outcome outcome = learn();
    ASSERT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    EXPECT_EQ(outcome.results, "acme 7, revenue as of 2026-04-01T00:00:00Z, lookback 90 days\n"
                               "journeys: 7 = 4 conversions + 3 nulls (4 won deals, 2 lost deals, "
                               "1 of 7 accounts without closed deal)\n"
                               "merged: 2 touches of the party of the touch before them\n\n"
                               "party    journeys  conversions  removal effect    weight\n"
                               "A               5            3          0.7500    47.73%\n"
                               "B               6            4          0.8214    52.27%\n"
                               "weights are in " +
                                   weights_path() + "\n");
    EXPECT_EQ(omega_of(weights(), "A"), "0.47727272727272729");
    EXPECT_EQ(omega_of(weights(), "B"), "0.52272727272727271");
    rulebook.write("divided.rules", R"(test "A, B, A" {
  account {
    created_at 2026-01-01
    touches [ { at 2026-03-01  channel "A" }, { at 2026-03-02  channel "B" }, { at 2026-03-03  channel "A" } ]
    deals   [ { created_at 2026-03-01  amount $1_000.00  status won  closed_at 2026-03-20 } ]
  }
  as_of 2026-04-01
  expect revenue gives "A" $477.27, "B" $522.73
}
)");
    const Outcome tested = rulec({"test", rulebook.name()});
    EXPECT_EQ(tested.code, ExitCode::Fine) << tested.results << tested.messages;
    EXPECT_THAT(rulec({"check", rulebook.name()}).results, Not(HasSubstr("RB4017")));
}

TEST_F(LearnCredit, NeitherThreadsNorTheOrderOfRowsMatter) {
    for (int i = 0; i < 700; ++i)
        add(i % 3 == 0 ? "CAB" : i % 3 == 1 ? "BCBD" : "DA", i % 5 == 0 ? "won" : "lost");
    ASSERT_EQ(learn().code, ExitCode::Fine);
    const std::string once = weights();
    std::ranges::reverse(accounts);
    std::ranges::reverse(touches);
    std::ranges::rotate(deals, deals.begin() + 100);
    for (const char* threads : {"1", "2", "7"}) {
        ASSERT_EQ(learn({"--threads", threads}).code, ExitCode::Fine);
        EXPECT_EQ(weights(), once) << threads;
    }
    std::vector<std::string> paths{"A>B,2,0", "A,0,1", "B,1,1", "A>A>B>A,1,1"};
    ASSERT_EQ(learn_from_paths(lines("path,conversions,nulls", paths)).code, ExitCode::Fine);
    const std::string in_order = weights();
    std::ranges::reverse(paths);
    paths.insert(paths.begin(), "A>B,1,0");
    paths.back() = "A>B,1,0";
    ASSERT_EQ(learn_from_paths(lines("path,conversions,nulls", paths)).code, ExitCode::Fine);
    EXPECT_EQ(weights(), in_order);
    EXPECT_EQ(omega_of(in_order, "A"), "0.47727272727272729");
}

// Whatever is closed later is not closed yet; what is unknown is told, not guessed.
TEST_F(LearnCredit, WhatIsNoJourneyIsCounted) {
    add("AB", "won", "2026-05-01"); // an account without a closed deal as of April
    add("AB", "unknown");           // nobody knows whether it was won
    add("A?B", "won");              // a touch of nobody
    add("", "won");                 // a conversion without touch
    add("", "");                    // neither touch nor deal: no journey
    ASSERT_EQ(learn().code, ExitCode::Fine);
    const json told = learnt(weights());
    EXPECT_EQ(told["journeys"], 10);
    EXPECT_EQ(told["conversions"], 6);
    EXPECT_EQ(told["without_touches"], 1);
    EXPECT_EQ(told["won_deals"], 6);
    EXPECT_EQ(told["lost_deals"], 2);
    EXPECT_EQ(told["accounts_without_closed_deal"], 2);
    EXPECT_EQ(told["left_out"]["deals_of_unknown_outcome"], 1);
    EXPECT_EQ(told["left_out"]["touches_of_unknown_party"], 1);
    EXPECT_EQ(told["rulebook_version"], "7");
    const Outcome outcome = learn();
    EXPECT_THAT(outcome.results, HasSubstr("left out: 1 closed deals of which it is unknown"));
    EXPECT_THAT(outcome.results, HasSubstr("left out: 1 touches whose party is unknown"));
    EXPECT_THAT(outcome.results, HasSubstr("without touches: 1 of them"));
}

// The filter holds, or does not, by the touch alone; where it asks the deal, and there is none, it
// is unknown.
TEST_F(LearnCredit, AFilterThatReadsTheDealIsUnknownWhereThereIsNone) {
    std::string rules = kJourneyRules;
    rules.replace(rules.find("touches in 90"), 7,
                  "touches where channel is \"A\" or at > deal.created_at + 1 day");
    rulebook.write("acme.rules", rules);
    add("BA", "");
    const Outcome outcome = learn();
    ASSERT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    const json told = learnt(weights());
    EXPECT_EQ(told["accounts_without_closed_deal"], 2); // over A alone
    EXPECT_EQ(told["left_out"]["touches_unknown_among"], 1);
}

TEST_F(LearnCredit, ChannelsWithoutConversionAreNamed) {
    add("XA", "lost");
    const Outcome outcome = learn();
    EXPECT_THAT(outcome.results, HasSubstr("\nin no conversion: X\n"));
    EXPECT_NE(omega_of(weights(), "X"), "0"); // it leads on to A, which converts
    add("AY", "lost");
    EXPECT_THAT(learn().results, HasSubstr("\nin no conversion: X, Y\n"));
    EXPECT_EQ(omega_of(weights(), "Y"), "0");
}

TEST_F(LearnCredit, PartiesOfATypeThatNoJourneyHasAreNamed) {
    std::string rules = kJourneyRules;
    rules.replace(rules.find("channel : text?"), 15, "channel : enum { A, B, Z }?");
    rulebook.write("acme.rules", rules);
    const Outcome outcome = learn();
    ASSERT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    EXPECT_THAT(outcome.results, HasSubstr("\nin no journey, so without weight: Z\n"));
    EXPECT_EQ(learn_from_paths("path,conversions,nulls\nA>Q,1,1\n",
                               {rulebook.name(), "--rule", "revenue"})
                  .messages,
              "rulec: error: " + data.name() + "/paths.csv: `Q` is no party of `revenue`\n" +
                  "     = help: its parties are: A, B, Z\n");
}

TEST_F(LearnCredit, CheckSaysThatTheRuleHasChangedSince) {
    ASSERT_EQ(learn().code, ExitCode::Fine);
    std::string rules = kJourneyRules;
    rules.replace(rules.find("90 days"), 7, "30 days");
    rulebook.write("acme.rules", rules);
    EXPECT_THAT(rulec({"check", rulebook.name()}).results, HasSubstr("RB4017"));
    // Other records, fields and rules are no matter.
    rules = kJourneyRules;
    rules.replace(rules.find("entity touch"), 0,
                  "entity visit of account as visits { region : enum { NA, EMEA } }\n");
    rules.replace(rules.find("{ at : time  channel"), 1, "{ length : int?  kind : enum { x, y }? ");
    rules += "define small = count(deals) < 3\nfit f { owner marketing  points 1 when small  score "
             "0 to 1 }\n";
    rulebook.write("acme.rules", rules);
    EXPECT_THAT(rulec({"check", rulebook.name()}).results, Not(HasSubstr("RB4017")));
}

TEST_F(LearnCredit, CheckNamesPartiesOfTheDataWithoutWeight) {
    ASSERT_EQ(learn().code, ExitCode::Fine);
    const std::vector<std::string> check{"check",     rulebook.name(), "--data",
                                         data.name(), "--as-of",       "2026-04-01"};
    EXPECT_THAT(rulec(check).results, Not(HasSubstr("RB4018")));
    add("ACB", "won");
    add("D", "");
    write_data();
    const Outcome outcome = rulec(check);
    EXPECT_THAT(outcome.results,
                HasSubstr("warning[RB4018]: `weights/revenue.json` has no weight for `C` and `D`, "
                          "which the data have"));
    EXPECT_EQ(outcome.code, ExitCode::Fine);
    EXPECT_EQ(rulec({"check", rulebook.name(), "--data", data.name() + "/nowhere"}).code,
              ExitCode::Unusable);
    EXPECT_EQ(rulec({"check", rulebook.name(), "--as-of", "2026-04-01"}).code, ExitCode::Unusable);
}

// The words of the command between the first backquotes that begin with `rulec`, without `rulec`.
std::vector<std::string> command_in(const std::string& text) {
    constexpr std::string_view kBegin = "`rulec ";
    const std::size_t begin = text.find(kBegin);
    if (begin == std::string::npos)
        return {};
    std::istringstream words(
        text.substr(begin + kBegin.size(), text.find('`', begin + 1) - begin - kBegin.size()));
    return {std::istream_iterator<std::string>(words), std::istream_iterator<std::string>()};
}

TEST_F(LearnCredit, ARunSaysThatWeightsAreMissingAndWhatWritesThem) {
    write_data();
    const auto run = [&](const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments{"run",       rulebook.name(), "--data",
                                           data.name(), "--out",         rulebook.name() + "/out",
                                           "--as-of",   "2026-04-01"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return rulec(arguments);
    };
    const Outcome before = run();
    EXPECT_THAT(before.messages, HasSubstr("warning[RB4015]: there is no file "
                                           "`weights/revenue.json`"));
    const json record = json::parse(read_file(rulebook.name() + "/out/run.json", 100'000).value());
    EXPECT_EQ(record["warnings"][0]["code"], "RB4015");
    const Outcome learnt = rulec(command_in(before.messages));
    EXPECT_EQ(learnt.code, ExitCode::Fine) << before.messages << learnt.messages;
    EXPECT_EQ(omega_of(weights(), "A"), "0.47727272727272729");
    EXPECT_THAT(run().messages, Not(HasSubstr("RB4015")));
}

TEST_F(LearnCredit, ARunIsSilentOfWeightsThatItDoesNotNeed) {
    write_data();
    rulebook.write("other.rules", "fit f { owner marketing  points 1 when count(deals) > 0  score "
                                  "0 to 1 }\n");
    const auto messages = [&](const std::string& verb, const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments{verb, rulebook.name(), "--data", data.name()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return rulec(arguments).messages;
    };
    const std::string out = rulebook.name() + "/out";
    EXPECT_THAT(messages("run", {"--out", out, "--only", "f"}), Not(HasSubstr("RB4015")));
    EXPECT_THAT(messages("run", {"--out", out, "--only", "revenue"}), HasSubstr("RB4015"));
    EXPECT_THAT(messages("compare-credit"), HasSubstr("RB4015"));
    std::string rules = kJourneyRules;
    rules.insert(rules.find("  for     deals"), "  allow RB4015 because \"not learnt yet\"\n");
    rulebook.write("acme.rules", rules);
    EXPECT_THAT(messages("run", {"--out", out}), Not(HasSubstr("RB4015")));
}

// Of every warning about weights the command does what it says, from where the caller stands.
TEST_F(LearnCredit, ChecksNameCommandsThatCanBePasted) {
    const auto learn_again = [&](const Outcome& check) {
        std::vector<std::string> command = command_in(check.results);
        std::ranges::replace(command, "DATA", data.name());
        const Outcome learnt = rulec(command);
        EXPECT_EQ(learnt.code, ExitCode::Fine) << check.results << learnt.messages;
    };
    write_data();
    learn_again(rulec({"check", rulebook.name()}));
    EXPECT_NE(weights(), "(none)");
    std::string rules = kJourneyRules;
    rules.replace(rules.find("90 days"), 7, "30 days");
    rulebook.write("acme.rules", rules);
    const Outcome changed = rulec({"check", rulebook.name()});
    EXPECT_THAT(changed.results, HasSubstr("RB4017"));
    learn_again(changed);
    add("ACB", "won");
    write_data();
    const Outcome lacking = rulec({"check", rulebook.name(), "--data", data.name()});
    EXPECT_THAT(lacking.results, HasSubstr("RB4018"));
    learn_again(lacking);
    EXPECT_EQ(rulec({"check", rulebook.name(), "--data", data.name()}).results, "");
}

TEST_F(LearnCredit, JsonIsWhatItsSchemaSays) {
    const Outcome outcome = learn({"--format", "json"});
    EXPECT_EQ(schema_faults(schema_of("learn-credit"), json::parse(outcome.results)),
              std::vector<std::string>());
    const Outcome of_paths =
        learn_from_paths("path,conversions,nulls\nA,1,1\n", {"--format", "json"});
    EXPECT_EQ(schema_faults(schema_of("learn-credit"), json::parse(of_paths.results)),
              std::vector<std::string>());
}

TEST_F(LearnCredit, WrongUsageIsToldAndWritesNothing) {
    write_data();
    const auto refused = [&](std::vector<std::string> arguments, const std::string& message) {
        arguments.insert(arguments.begin(), "learn-credit");
        arguments.insert(arguments.end(), {"-o", weights_path()});
        const Outcome outcome = rulec(arguments);
        EXPECT_EQ(outcome.code, ExitCode::Unusable) << message;
        EXPECT_THAT(outcome.messages, HasSubstr(message));
        EXPECT_EQ(weights(), "(none)");
    };
    const std::string folder = rulebook.name();
    refused({folder}, "there is nothing to learn from");
    refused({folder, "--data", data.name()}, "`--rule` is missing");
    refused({folder, "--data", data.name(), "--paths", "p.csv"}, "exclude each other");
    refused({folder, "--paths", "p.csv", "--as-of", "2026-04-01"}, "not about `--paths`");
    refused({folder, "--data", data.name(), "--rule", "revenu"}, "did you mean `revenue`?");
    refused({folder, "--data", data.name(), "--rule", "revenue", "--as-of", "2026-01-05"},
            "0 deals are won and 0 lost by 2026-01-05T00:00:00Z");
    refused({"--paths", "not/there.csv"}, "not/there.csv");
}

TEST_F(LearnCredit, OnlyWeightsAreWrittenOver) {
    write_data();
    const Outcome outcome = rulec({"learn-credit", rulebook.name(), "--data", data.name(), "--rule",
                                   "revenue", "-o", rulebook.name() + "/acme.rules"});
    EXPECT_EQ(outcome.code, ExitCode::Unusable);
    EXPECT_THAT(outcome.messages, HasSubstr("is there and holds no learnt weights"));
    EXPECT_EQ(read_file(rulebook.name() + "/acme.rules", 10'000).value_or(""), kJourneyRules);
}

// What a rule reads its weights from may be written anew even where nothing can be read there.
TEST_F(LearnCredit, DamagedWeightsAreWrittenOverWhereTheRuleReadsThem) {
    const std::string damaged = "{\"format\": \"rulebook-credit-weights/1\", \"weig";
    rulebook.write("weights/revenue.json", damaged);
    const Outcome check = rulec({"check", rulebook.name()});
    EXPECT_THAT(check.results, HasSubstr("error[RB4013]: `weights/revenue.json` cannot be used"));
    EXPECT_THAT(check.results,
                HasSubstr("mend it, or learn the weights anew: `rulec learn-credit " +
                          rulebook.name() + " --data DATA --rule revenue -o " + weights_path() +
                          "`"));
    ASSERT_EQ(learn().code, ExitCode::Fine) << learn().messages;
    EXPECT_EQ(omega_of(weights(), "A"), "0.47727272727272729");
    // Nothing says that this were weights.
    rulebook.write("weights/other.json", damaged);
    const std::string other = rulebook.name() + "/weights/other.json";
    const Outcome refused = rulec(
        {"learn-credit", rulebook.name(), "--data", data.name(), "--rule", "revenue", "-o", other});
    EXPECT_EQ(refused.code, ExitCode::Unusable);
    EXPECT_THAT(refused.messages, HasSubstr("is there and holds no learnt weights"));
    EXPECT_EQ(read_file(other, 1'000).value_or(""), damaged);
    EXPECT_EQ(learn_from_paths("path,conversions,nulls\nA,1,1\n").code, ExitCode::Fine);
    rulebook.write("weights/revenue.json", damaged); // without a rule nobody knows whose it is
    EXPECT_EQ(learn_from_paths("path,conversions,nulls\nA,1,1\n").code, ExitCode::Unusable);
}

TEST_F(LearnCredit, PathsTakeTheColumnsOfOtherToolsAndQuotes) {
    ASSERT_EQ(learn_from_paths("total_null;path;total_conversions;total_conversion_value\r\n"
                               "0; A > B ;2;3.5\r\n1;\"A\";0;0\r\n\r\n1;B;1;1\r\n1;A>A>B>A;1;2")
                  .code,
              ExitCode::Fine);
    EXPECT_EQ(omega_of(weights(), "A"), "0.47727272727272729");
}

TEST_F(LearnCredit, BadPathsAreRefusedWithTheirPlace) {
    const std::string head = "path,conversions,nulls\n";
    const auto refused = [&](const std::string& text, const std::string& message) {
        const Outcome outcome = learn_from_paths(text);
        EXPECT_EQ(outcome.code, ExitCode::Unusable) << text;
        EXPECT_THAT(outcome.messages, HasSubstr(message));
        EXPECT_EQ(weights(), "(none)");
    };
    refused("", "paths.csv:1: it is empty");
    refused("A>B,2,0\n", "paths.csv:1: there is no use for a column `A>B`");
    refused("path,conversions\nA,1\n", "paths.csv:1: there is no column `nulls`");
    refused("path,path,conversions,nulls\n", "paths.csv:1: a column stands twice");
    refused(head + "A,1\n", "paths.csv:2: 2 fields stand here, and 3 in the header");
    refused(head + "A,1,0\n\nA,1.5,0\n", "paths.csv:4: `1.5` is no number of journeys");
    refused(head + "A,-1,0\n", "paths.csv:2: `-1` is no number of journeys");
    refused(head + "A,1,\n", "paths.csv:2: `` is no number of journeys");
    refused(head + "A,99999999999999999999,0\n", "is no number of journeys");
    refused(head + "A>>B,1,0\n", "paths.csv:2: the path `A>>B` has an empty channel");
    refused(head + "\"A\nB\",1,0\n,1,0\n", "paths.csv:4: the path `` has an empty channel");
    refused(head + "\"A,1,0\n", "paths.csv:2: a quote is not closed");
    refused(head + "\"A\"B,1,0\n", "paths.csv:2: text follows a closing quote");
    refused(head + "A\xff,1,0\n", "it is not in UTF-8");
    refused(head + "A,0,3\n", "no journey converted");
    refused(head + "A,9007199254740993,3\n", "more than 2^53 steps");
}

} // namespace
} // namespace rulec::tool
