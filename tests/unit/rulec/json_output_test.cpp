// Every verb's JSON is what tools/rulec/schemas says, and every verb has a schema.
#include <gtest/gtest.h>

#include "tests/unit/rulec/json_schema.hpp"
#include "tests/unit/rulec/rulec_run.hpp"
#include "tests/unit/rulec/small_rulebook.hpp"

namespace rulec::tool {
namespace {

using Faults = std::vector<std::string>;
using nlohmann::json;

Faults faults_of(const std::vector<std::string>& arguments) {
    std::vector<std::string> with_format = arguments;
    with_format.insert(with_format.end(), {"--format", "json"});
    Outcome outcome = rulec(with_format);
    json output = json::parse(outcome.results, nullptr, false);
    if (output.is_discarded())
        return {"no JSON: " + outcome.results + outcome.messages};
    return schema_faults(schema_of(arguments[0]), output);
}

TEST(JsonSchema, SeesPlantedFaults) {
    json schema = json::parse(R"({"type":"object","required":["a"],"additionalProperties":false,
        "properties":{"a":{"$ref":"#/$defs/x"},"b":{"type":"array","items":{"enum":[1,2]}}},
        "$defs":{"x":{"type":["string","null"]}}})");
    EXPECT_EQ(schema_faults(schema, json::parse(R"({"a":"s","b":[1,2]})")), Faults());
    EXPECT_EQ(schema_faults(schema, json::parse(R"({"a":null})")), Faults());
    EXPECT_EQ(schema_faults(schema, json::parse(R"({"b":[]})")).size(), 1U);
    EXPECT_EQ(schema_faults(schema, json::parse(R"({"a":1})")).size(), 1U);
    EXPECT_EQ(schema_faults(schema, json::parse(R"({"a":"s","c":1})")).size(), 1U);
    EXPECT_EQ(schema_faults(schema, json::parse(R"({"a":"s","b":[1,3,4]})")).size(), 2U);
    EXPECT_EQ(schema_faults(schema, json::parse("[]")).size(), 1U);
    EXPECT_EQ(schema_faults(json::parse(R"({"minimum":3})"), json(1)).size(), 1U);
    json any = json::parse(R"({"anyOf":[{"type":"string"},{"$ref":"#/$defs/x"}],
        "$defs":{"x":{"type":"object","required":["a","b"]}}})");
    EXPECT_EQ(schema_faults(any, json("s")), Faults());
    EXPECT_EQ(schema_faults(any, json::parse(R"({"a":1,"b":2})")), Faults());
    EXPECT_EQ(schema_faults(any, json(3)).size(), 1U);
}

TEST(JsonOutput, EveryVerbHasASchema) {
    for (std::string verb : {
#define RB_VERB(function, name, what) name,
#include "tools/rulec/verbs.def"
         })
        EXPECT_NO_THROW(schema_of(verb)) << "write tools/rulec/schemas/" << verb << ".schema.json";
}

TEST(JsonOutput, VersionAndCodes) {
    EXPECT_EQ(faults_of({"version"}), Faults());
    EXPECT_EQ(faults_of({"explain-code", "RB9002"}), Faults());
    EXPECT_EQ(faults_of({"explain-code"}), Faults());
}

TEST(JsonOutput, CheckWithAndWithoutFindings) {
    TemporaryFolder folder;
    EXPECT_EQ(faults_of({"check", folder.name()}), Faults());
    folder.write("a.rules", "fit f { points 10 when a = b }\n");
    EXPECT_EQ(faults_of({"check", folder.name()}), Faults());
}

TEST(JsonOutput, TestCompileOwners) {
    TemporaryFolder folder;
    write_small_rulebook(folder);
    write_small_tests(folder);
    EXPECT_EQ(faults_of({"test", folder.name()}), Faults());
    EXPECT_EQ(faults_of({"owners", folder.name()}), Faults());
    EXPECT_EQ(faults_of({"compile", folder.name(), "-o", folder.name() + "/acme.rbk"}), Faults());
    write_failing_test(folder);
    EXPECT_EQ(faults_of({"test", folder.name()}), Faults());
}

TEST(JsonOutput, RunAndExplain) {
    TemporaryFolder folder;
    TemporaryFolder data;
    write_small_rulebook(folder);
    data.write("accounts.csv", "id,signed_up_at,seats,email\n"
                               "a,2026-03-01,14,ann@acme.example\nb,2026-03-01,3,\nc,never,,\n");
    data.write("events.csv", "account_id,at,name\na,2026-03-02,demo.requested\n");
    EXPECT_EQ(
        faults_of({"run", folder.name(), "--data", data.name(), "--out", folder.name() + "/out"}),
        Faults());
    EXPECT_EQ(faults_of({"run", folder.name(), "--data", data.name(), "--out",
                         folder.name() + "/series", "--as-of", "2026-03-02,latest"}),
              Faults());
    EXPECT_EQ(faults_of({"explain", folder.name(), "--data", data.name(), "--account", "a"}),
              Faults());
    EXPECT_EQ(faults_of({"explain", folder.name(), "--data", data.name(), "--account", "b",
                         "--why-not", "design_icp.tier is A"}),
              Faults());
    EXPECT_EQ(faults_of({"check", "--cost", folder.name()}), Faults());
}

TEST(JsonOutput, CompareCredit) {
    TemporaryFolder folder;
    TemporaryFolder data;
    write_small_rulebook(folder);
    folder.write("deals.rules", R"(
entity deal of account as deals known from at { id : text key  at : time  amount : money }
entity touch of account as touches ordered by at { at : time  channel : text }
credit by_channel {
  owner sales  for deals  at at  divide amount  among touches  parties channel  split first
}
)");
    data.write("accounts.csv", "id,signed_up_at,seats,email\na,2026-03-01,14,\n");
    data.write("events.csv", "account_id,at,name\n");
    data.write("deals.csv", "account_id,id,at,amount\na,d,2026-03-09,5\n");
    data.write("touches.csv", "account_id,at,channel\na,2026-03-02,ads\n");
    EXPECT_EQ(faults_of({"compare-credit", folder.name(), "--data", data.name()}), Faults());
}

} // namespace
} // namespace rulec::tool
