// compare-credit: the same deals under every model, worked out by hand.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/rulec/json_schema.hpp"
#include "tests/unit/rulec/run_fixture.hpp"

namespace rulec::tool {
namespace {

using ::testing::HasSubstr;

class CompareCredit : public Run {
protected:
    CompareCredit() {
        rulebook.write("deals.rules", R"(
entity deal of account as deals known from created_at {
  id : text key  created_at : time  closed_at : time? known from closed_at  amount : money
}
entity touch of account as touches ordered by at { at : time  channel : text }
rates assist { unassisted 5% assisted 20% }
credit by_channel {
  owner sales
  for deals where closed_at is known  at closed_at  divide amount
  among touches in 90 days before closed_at
  parties channel
  split markov("weights/none.json")             when amount > $40
  split incremental(assist) to "call", rest to "ads"  otherwise
  at least 10% to "ads"
}
)");
        data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n"
                                "a,d1,2026-03-01,2026-03-20,100.00\n"
                                "a,d2,2026-03-01,2026-03-06,40.00\n");
        data.write("touches.csv", "account_id,at,channel\n"
                                  "a,2026-03-05,ads\na,2026-03-12,call\na,2026-03-13,call\n");
    }
    Outcome compare(const std::vector<std::string>& more = {}) const {
        auto arguments = flags("compare-credit");
        arguments.insert(arguments.end(), more.begin(), more.end());
        return rulec(arguments);
    }
};

// d1 has the touches ads, call, call; d2 has ads. As written the learnt weights are missing: of d1
// call gets three quarters, and of d2, too, though it touched it never.
TEST_F(CompareCredit, HandWorked) {
    const Outcome outcome = compare();
    EXPECT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    const std::string& text = outcome.results;
    EXPECT_THAT(text, HasSubstr("credit by_channel: 2 deals, USD 140.00\n"));
    const auto row = [&](const std::string& name) {
        const std::size_t at = text.find("\n  " + name + "  ");
        if (at == std::string::npos)
            return std::string("no row");
        std::string cells;
        for (const char letter :
             text.substr(at + name.size() + 3, text.find('\n', at + 1) - at - name.size() - 3))
            if (letter != ' ' || (!cells.empty() && cells.back() != ' '))
                cells += letter;
        return cells;
    };
    EXPECT_EQ(row("model"), "ads call unattributed all");
    EXPECT_EQ(row("as written"), "35.00 105.00 0.00 140.00");
    EXPECT_EQ(row("first"), "140.00 0.00 0.00 140.00");
    EXPECT_EQ(row("last"), "50.00 90.00 0.00 140.00"); // the floor gives ads 10.00 of d1
    EXPECT_EQ(row("equal"), "73.33 66.67 0.00 140.00");
    EXPECT_EQ(row("equal(by channel)"), "90.00 50.00 0.00 140.00");
    EXPECT_EQ(row("position(first 40%, middle 20%, last 40%)"), "80.00 60.00 0.00 140.00");
    EXPECT_EQ(row("incremental(assist) to call, rest to ads"), "35.00 105.00 0.00 140.00");
    // Nobody, but for the floor of a tenth.
    EXPECT_EQ(row("markov(\"weights/none.json\")"), "14.00 0.00 126.00 140.00");
    EXPECT_THAT(text, HasSubstr("markov(\"weights/none.json\") cannot divide 2 of the deals"));
    EXPECT_THAT(text,
                HasSubstr("  the rule's floors hold under every model: at least 10% to ads\n"));
}

// What a run lists and credits together are all deals; so it is here.
TEST_F(CompareCredit, DealsThatAreNotCreditedAreTold) {
    rulebook.write("deals.rules", R"(
entity deal of account as deals known from created_at {
  id : text key  created_at : time  paid_at : time?  amount : money?  won : bool?
}
entity touch of account as touches ordered by at { at : time  channel : text }
credit by_channel {
  owner sales  for deals where won  at paid_at  divide amount
  among touches  parties channel  split equal
}
)");
    data.write("deals.csv", "account_id,id,created_at,paid_at,amount,won\n"
                            "a,d1,2026-03-01,2026-03-10,100.00,yes\n"
                            "a,d2,2026-03-01,,40.00,yes\n"
                            "a,d3,2026-03-01,,2.50,yes\n"
                            "a,d4,2026-03-01,2026-03-06,,yes\n"
                            "a,d5,2026-03-01,2026-03-06,7.00,\n"
                            "a,d6,2026-03-01,2026-03-06,9.00,no\n");
    const std::string text = compare().results;
    EXPECT_THAT(text, HasSubstr("credit by_channel: 1 deal, USD 100.00\n"
                                "  1 deal not credited, 7.00: whether the rule is for it is "
                                "unknown\n"
                                "  2 deals not credited, 42.50: when to credit it is unknown\n"
                                "  1 deal not credited, 0.00 and 1 without an amount: its amount "
                                "is unknown\n\n"));
    EXPECT_THAT(run().results, HasSubstr("credit by_channel: 1 deal, USD 100.00; 4 deals not "
                                         "credited, 49.50 and 1 without an amount\n"));
    const auto json = nlohmann::json::parse(compare({"--format", "json"}).results);
    EXPECT_EQ(schema_faults(schema_of("compare-credit"), json), std::vector<std::string>());
    EXPECT_EQ(json["comparisons"][0]["not_credited"][1]["amount"], "42.50");
    data.write("deals.csv", "account_id,id,created_at,paid_at,amount,won\n"
                            "a,d2,2026-03-01,,40.00,yes\n");
    EXPECT_EQ(compare().results, "credit by_channel: 0 deals, USD 0.00\n"
                                 "  1 deal not credited, 40.00: when to credit it is unknown\n");
}

TEST_F(CompareCredit, ChangesHandsDealByDeal) {
    // What d1 moves from call to ads and d2 back must not cancel out.
    data.write("touches.csv", "account_id,at,channel\n"
                              "a,2026-03-05,call\na,2026-03-12,ads\na,2026-03-13,ads\n");
    data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n"
                            "a,d1,2026-03-01,2026-03-20,40.00\n"
                            "a,d2,2026-03-01,2026-03-06,40.00\n");
    const Outcome outcome = compare({"--format", "json"});
    // As written call gets 30.00 of each. By `last` ads get all of d1, 30.00 more; call gets 36.00
    // of d2, since ads keep their tenth: 6.00 more.
    EXPECT_THAT(outcome.results, HasSubstr(R"("model": "last",
          "cannot_divide": 0,
          "changes_hands": "36.00")"))
        << outcome.results;
}

TEST_F(CompareCredit, WritesEveryNumber) {
    const Outcome outcome = compare({"--out", out() + ".csv"});
    EXPECT_EQ(outcome.code, ExitCode::Fine) << outcome.messages;
    const std::string file = read_file(out() + ".csv", 1'000'000).value_or("(none)");
    EXPECT_THAT(file, HasSubstr("rule,model,party,deals,amount,difference,currency,floor\n"
                                "by_channel,as written,ads,2,35.00,0.00,USD,10%\n"));
    EXPECT_THAT(file, HasSubstr("by_channel,last,call,1,90.00,-15.00,USD,\n"));
}

TEST_F(CompareCredit, TellsOfFloorsByVersion) {
    rulebook.write("deals.rules", R"(
entity deal of account as deals known from at { id : text key  at : time  amount : money }
entity touch of account as touches ordered by at { at : time  channel : text }
credit by_channel until 2026-03-10 {
  owner sales  for deals  at at  divide amount  among touches  parties channel  split first
  at least 10% to "ads"  at least 2.5% to "call"
}
credit by_channel from 2026-03-10 {
  owner sales  for deals  at at  divide amount  among touches  parties channel  split first
  at least 20% to "ads"
}
)");
    data.write("deals.csv", "account_id,id,at,amount\na,d1,2026-03-06,100.00\n"
                            "a,d2,2026-03-20,100.00\n");
    const auto json = nlohmann::json::parse(compare({"--format", "json"}).results);
    EXPECT_EQ(schema_faults(schema_of("compare-credit"), json), std::vector<std::string>());
    EXPECT_EQ(json["comparisons"][0]["floors"], nlohmann::json::parse(R"([
        {"party":"ads","share":"10%","from":null,"until":"2026-03-10T00:00:00Z"},
        {"party":"call","share":"2.5%","from":null,"until":"2026-03-10T00:00:00Z"},
        {"party":"ads","share":"20%","from":"2026-03-10T00:00:00Z","until":null}])"));
    EXPECT_THAT(compare({"--out", out() + ".csv"}).results,
                HasSubstr("every model: at least 10% to ads, 2.5% to call; from "
                          "2026-03-10T00:00:00Z: at least 20% to ads\n"));
    EXPECT_THAT(read_file(out() + ".csv", 1'000'000).value_or("(none)"),
                HasSubstr(",USD,\"10%, 20%\"\n"));
}

TEST_F(CompareCredit, DoesNotDependOnThreads) {
    std::string accounts = "id,signed_up_at,seats,email\n";
    std::string deals = "account_id,id,created_at,closed_at,amount\n";
    std::string touches = "account_id,at,channel\n";
    for (int i = 0; i < 2'000; ++i) { // several pieces of work
        const std::string key = std::to_string(i);
        accounts += key + ",2026-03-01,3,\n";
        deals += fmt::format("{0},d{0},2026-03-01,2026-03-20,{1}.01\n", key, i % 97);
        for (int touch = 0; touch <= i % 4; ++touch)
            touches +=
                fmt::format("{},2026-03-0{},{}\n", key, 2 + touch, touch % 2 == 0 ? "ads" : "call");
    }
    data.write("accounts.csv", accounts);
    data.write("deals.csv", deals);
    data.write("touches.csv", touches);
    data.write("events.csv", "account_id,at,name\n");
    const Outcome one = compare({"--threads", "1"});
    EXPECT_THAT(one.results, HasSubstr("credit by_channel: 2000 deals"));
    EXPECT_EQ(compare({"--threads", "3"}).results, one.results);
}

TEST_F(CompareCredit, ReplacesNothingButComparisons) {
    const std::string touches = data.name() + "/touches.csv";
    const auto before = read_file(touches, 1'000'000);
    const Outcome outcome = compare({"--out", touches});
    EXPECT_EQ(outcome.code, ExitCode::Unusable);
    EXPECT_THAT(outcome.messages, HasSubstr("is there and holds no comparison"));
    EXPECT_EQ(read_file(touches, 1'000'000), before);
    EXPECT_EQ(compare({"--out", rulebook.name() + "/deals.rules"}).code, ExitCode::Unusable);
    EXPECT_EQ(compare({"--out", data.name()}).code, ExitCode::Unusable); // a folder
    for (int times = 0; times < 2; ++times) // a comparison may be made anew
        EXPECT_EQ(compare({"--out", out() + ".csv"}).code, ExitCode::Fine);
}

TEST_F(CompareCredit, SaysWhatCannotBeCompared) {
    EXPECT_THAT(compare({"--rule", "by_chanel"}).messages, HasSubstr("by_channel"));
    const Outcome fit = compare({"--rule", "design_icp"});
    EXPECT_EQ(fit.code, ExitCode::Unusable);
    EXPECT_THAT(fit.messages, HasSubstr("`design_icp` is no credit rule"));
    data.write("deals.csv", "account_id,id,created_at,closed_at,amount\n");
    EXPECT_EQ(compare().results, "no deal is credited\n");
    rulebook.write("deals.rules", "");
    const Outcome none = compare();
    EXPECT_EQ(none.code, ExitCode::Unusable);
    EXPECT_THAT(none.messages, HasSubstr("the rulebook has no credit rule"));
}

} // namespace
} // namespace rulec::tool
