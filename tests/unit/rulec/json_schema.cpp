#include "tests/unit/rulec/json_schema.hpp"

#include <algorithm>
#include <fstream>
#include <set>

namespace rulec::tool {
namespace {

using nlohmann::json;

std::string type_name(const json& value) {
    if (value.is_number_integer())
        return "integer";
    return value.type_name(); // object, array, string, boolean, number, null
}

class Validator {
public:
    explicit Validator(const json& root) : root_(root) {}

    void validate(const json& schema, const json& value, const std::string& at) {
        known_keywords(schema, at);
        if (schema.contains("$ref"))
            follow(schema["$ref"], value, at);
        if (schema.contains("anyOf"))
            fit_any(schema["anyOf"], value, at);
        check_type(schema, value, at);
        if (schema.contains("enum") &&
            std::ranges::find(schema["enum"], value) == schema["enum"].end())
            fault(at, value.dump() + " is none of " + schema["enum"].dump());
        if (value.is_object())
            check_object(schema, value, at);
        if (value.is_array() && schema.contains("items"))
            for (std::size_t index = 0; index < value.size(); ++index)
                validate(schema["items"], value[index], at + '/' + std::to_string(index));
    }

    std::vector<std::string> faults;

private:
    void fault(const std::string& at, const std::string& what) {
        faults.push_back((at.empty() ? "/" : at) + ": " + what);
    }

    // `#/$defs/x` of this schema, or `check.schema.json#/$defs/x` of another verb's.
    void follow(const std::string& reference, const json& value, const std::string& at) {
        std::size_t hash = reference.find('#');
        json::json_pointer pointer(reference.substr(hash + 1));
        if (hash == 0) {
            validate(root_.at(pointer), value, at);
            return;
        }
        json other = schema_of(reference.substr(0, reference.find(".schema.json")));
        Validator validator(other);
        validator.validate(other.at(pointer), value, at);
        faults.insert(faults.end(), validator.faults.begin(), validator.faults.end());
    }

    // Where none fits, the faults of the one that nearly does.
    void fit_any(const json& schemas, const json& value, const std::string& at) {
        std::vector<std::string> fewest;
        for (std::size_t i = 0; i < schemas.size(); ++i) {
            Validator one(root_);
            one.validate(schemas[i], value, at);
            if (i == 0 || one.faults.size() < fewest.size())
                fewest = one.faults;
        }
        faults.insert(faults.end(), fewest.begin(), fewest.end());
    }

    void known_keywords(const json& schema, const std::string& at) {
        static const std::set<std::string> kKnown{
            "$schema",  "title",      "description",          "$defs", "$ref", "type", "anyOf",
            "required", "properties", "additionalProperties", "items", "enum"};
        for (const auto& [keyword, ignored] : schema.items())
            if (!kKnown.contains(keyword))
                fault(at, "the schema uses `" + keyword + "`, which is not checked");
    }

    void check_type(const json& schema, const json& value, const std::string& at) {
        if (!schema.contains("type"))
            return;
        json allowed = schema["type"].is_array() ? schema["type"] : json::array({schema["type"]});
        std::string type = type_name(value);
        bool fits = std::ranges::any_of(allowed, [&](const json& one) {
            return one == type || (one == "number" && type == "integer");
        });
        if (!fits)
            fault(at, "is " + type + ", not " + allowed.dump());
    }

    void check_object(const json& schema, const json& value, const std::string& at) {
        for (const json& name : schema.value("required", json::array()))
            if (!value.contains(name.get<std::string>()))
                fault(at, "lacks " + name.dump());
        const json properties = schema.value("properties", json::object());
        bool closed =
            schema.contains("additionalProperties") && schema["additionalProperties"] == false;
        for (const auto& [name, member] : value.items()) {
            if (properties.contains(name))
                validate(properties[name], member, at + '/' + name);
            else if (closed)
                fault(at, "has `" + name + "`, which the schema does not describe");
            else if (schema.contains("additionalProperties"))
                validate(schema["additionalProperties"], member, at + '/' + name);
        }
    }

    const json& root_;
};

} // namespace

std::vector<std::string> schema_faults(const json& schema, const json& value) {
    Validator validator(schema);
    validator.validate(schema, value, "");
    return validator.faults;
}

json schema_of(const std::string& verb) {
    std::ifstream in(std::string(RULEBOOK_SOURCE_DIR) + "/tools/rulec/schemas/" + verb +
                     ".schema.json");
    return json::parse(in);
}

} // namespace rulec::tool
