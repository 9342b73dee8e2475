// A small rulebook and its data, run by `rulec run`.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/small_rulebook.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {

class Run : public ::testing::Test {
protected:
    Run() {
        write_small_rulebook(rulebook);
        data.write("accounts.csv", "id,signed_up_at,seats,email\n"
                                   "a,2026-03-01,14,ann@acme.example\nb,2026-03-01,3,\n");
        data.write("events.csv", "account_id,at,name\na,2026-03-02,demo.requested\n");
    }
    std::vector<std::string> flags(const std::string& verb) const {
        return {verb, rulebook.name(), "--data", data.name()};
    }
    Outcome run() const {
        auto arguments = flags("run");
        arguments.insert(arguments.end(), {"--out", out()});
        return rulec(arguments);
    }
    std::string out() const { return rulebook.name() + "/out"; }
    std::string read(const std::string& name) const {
        return read_file(out() + "/" + name, 1'000'000).value_or("(none)");
    }

    TemporaryFolder rulebook;
    TemporaryFolder data;
};

} // namespace rulec::tool
