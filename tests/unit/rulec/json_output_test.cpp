// Every verb's JSON is what tools/rulec/schemas says, and every verb has a schema.
#include <sstream>

#include <gtest/gtest.h>

#include "tests/unit/rulec/json_schema.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"
#include "tools/rulec/verb.hpp"

namespace rulec::tool {
namespace {

using Faults = std::vector<std::string>;
using nlohmann::json;

Faults faults_of(const std::vector<std::string>& arguments) {
    std::ostringstream results;
    std::ostringstream messages;
    Console console{results, messages};
    std::vector<std::string> with_format = arguments;
    with_format.insert(with_format.end(), {"--format", "json"});
    run_rulec(with_format, console);
    json output = json::parse(results.str(), nullptr, false);
    if (output.is_discarded())
        return {"no JSON: " + results.str() + messages.str()};
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

} // namespace
} // namespace rulec::tool
