// A rulebook whose credit rule learns, and records whose journeys are those worked by hand: A>B (2
// conversions, 0 nulls), A (0, 1), B (1, 1), A>A>B>A (1, 1).
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {

inline constexpr const char* kJourneyRules = R"(rulebook acme {
  version "7"  timezone "UTC"  currency USD  about account
}
team marketing { name "Marketing"  reviewers "@acme/marketing" }
entity account { id : text key  created_at : time origin }
entity touch of account as touches ordered by at { at : time  channel : text?  minutes : int? }
entity deal of account as deals known from created_at {
  id         : text key
  created_at : time
  closed_at  : time? known from closed_at
  status     : enum { open, won, lost }? known from closed_at, open before
  amount     : money fixed
}
credit revenue {
  owner   marketing
  for     deals where status is won
  at      closed_at
  divide  amount
  among   touches in 90 days before closed_at
  parties channel
  split   markov("weights/revenue.json")
}
)";

class Journeys : public ::testing::Test {
protected:
    Journeys() {
        rulebook.write("acme.rules", kJourneyRules);
        add("AB", "won");
        add("AB", "won");
        add("A", "");
        add("B", "won");
        add("B", "lost");
        add("AABA", "won");
        add("AABA", "lost");
    }

    // An account with a touch a day from 1 March on, one a letter (`?`: without a channel), and a
    // deal of that status; empty: none.
    void add(const std::string& path, const std::string& status,
             const std::string& closed_at = "2026-03-20") {
        const std::string account = "a" + std::to_string(accounts.size());
        accounts.push_back(account + ",2026-01-01");
        for (std::size_t i = 0; i < path.size(); ++i)
            touches.push_back(account + ",2026-03-0" + std::to_string(i + 1) + "," +
                              (path[i] == '?' ? std::string() : path.substr(i, 1)) + ",");
        if (!status.empty())
            deals.push_back(account + ",d-" + account + ",2026-03-01," + closed_at + "," +
                            (status == "unknown" ? "" : status) + ",1000.00");
    }

    void write_data() const {
        data.write("accounts.csv", lines("id,created_at", accounts));
        data.write("touches.csv", lines("account_id,at,channel,minutes", touches));
        data.write("deals.csv", lines("account_id,id,created_at,closed_at,status,amount", deals));
    }

    std::string weights_path() const { return rulebook.name() + "/weights/revenue.json"; }
    std::string weights() const { return read_file(weights_path(), 1'000'000).value_or("(none)"); }

    Outcome learn(const std::vector<std::string>& more = {}) const {
        write_data();
        std::vector<std::string> arguments{
            "learn-credit", rulebook.name(), "--data",  data.name(), "--rule", "revenue",
            "-o",           weights_path(),  "--as-of", "2026-04-01"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return rulec(arguments);
    }
    Outcome learn_from_paths(const std::string& paths,
                             const std::vector<std::string>& more = {}) const {
        data.write("paths.csv", paths);
        std::vector<std::string> arguments{"learn-credit", "--paths", data.name() + "/paths.csv",
                                           "-o", weights_path()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return rulec(arguments);
    }

    static std::string lines(std::string text, const std::vector<std::string>& rows) {
        for (const std::string& row : rows)
            text += "\n" + row;
        return text + "\n";
    }

    TemporaryFolder rulebook;
    TemporaryFolder data;
    std::vector<std::string> accounts, touches, deals;
};

} // namespace rulec::tool
