// Holds JSON against the part of JSON Schema that tools/rulec/schemas uses: type, required,
// properties, additionalProperties: false, items, enum, $ref into $defs. Another keyword is a fault
// of the schema, so that none is silently ignored.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace rulec::tool {

// What is wrong, each with the JSON pointer of the place; empty if nothing is.
std::vector<std::string> schema_faults(const nlohmann::json& schema, const nlohmann::json& json);

// The schema in tools/rulec/schemas, by the verb's name.
nlohmann::json schema_of(const std::string& verb);

} // namespace rulec::tool
