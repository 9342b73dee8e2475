#include "tools/data/json_line.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "runtime/value/nearest_name.hpp"
#include "tools/data/json_value.hpp"

namespace rulec::input {

namespace json = simdjson::ondemand;

struct JsonLine::Inside {
    std::vector<std::string> columns;
    NestedPlace place;
    std::vector<json::parser> parsers; // one for each depth, the last for checks
    std::vector<std::string> values;
    std::vector<bool> seen;
    bool found = false;
    std::vector<std::string> judged; // keys that no column asks for
    std::vector<MisspeltArray> misspelt;

    json::parser& parser(std::size_t depth) { return parsers[depth]; }

    simdjson::error_code open(std::string_view text, std::size_t depth, json::document& document) {
        return parser(depth)
            .iterate(text.data(), text.size(), text.size() + kBytesBehindLine)
            .get(document);
    }

    bool at_last(std::size_t depth) const { return depth + 1 == place.arrays.size(); }
    simdjson::error_code take_values(json::object object, JsonFault& fault);
    simdjson::error_code judge(const std::string& name, json::value value);
    std::string find_array(json::object object, std::size_t depth, std::string& key,
                           std::string_view& array);
    void walk(std::string_view object, std::size_t depth, const std::string& parent_key,
              const TakeRecord& take);
    void walk_array(std::string_view array, std::size_t depth, const std::string& parent_key,
                    const TakeRecord& take);
    void record(json::object object, const std::string& parent_key, const TakeRecord& take);
};

simdjson::error_code JsonLine::Inside::take_values(json::object object, JsonFault& fault) {
    for (std::string& value : values)
        value.clear();
    seen.assign(seen.size(), false);
    for (auto each : object) {
        json::field field;
        if (auto error = std::move(each).get(field))
            return error;
        std::string_view key;
        if (auto error = field.unescaped_key().get(key))
            return error;
        const std::string name(key); // a later text overwrites the view
        bool wanted = false;
        for (std::size_t column = 0; column < columns.size(); ++column) {
            if (columns[column] != name)
                continue;
            wanted = true;
            if (seen[column] && fault.code.empty())
                fault = {"data.malformed", fmt::format("the object has `{}` twice", name)};
            if (!seen[column])
                if (auto error = cell_text(field.value(), values[column]))
                    return error;
            seen[column] = true;
            break;
        }
        if (!wanted && !place.below.empty())
            if (auto error = judge(name, field.value()))
                return error;
    }
    return simdjson::SUCCESS;
}

// Each name is judged where it first holds an array of objects.
simdjson::error_code JsonLine::Inside::judge(const std::string& name, json::value value) {
    if (std::ranges::find(place.below, name) != place.below.end() ||
        std::ranges::find(judged, name) != judged.end())
        return simdjson::SUCCESS;
    json::json_type type{};
    if (auto error = value.type().get(type))
        return error;
    if (type != json::json_type::array)
        return simdjson::SUCCESS;
    std::string_view array;
    if (auto error = raw_json(value, type, array))
        return error;
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t first = array.find_first_not_of(kBlanks, 1);
    if (first == std::string_view::npos || array[first] != '{')
        return simdjson::SUCCESS;
    constexpr std::size_t kMostJudged = 100; // where keys are data, there is no end of them
    if (judged.size() < kMostJudged)
        judged.push_back(name);
    if (auto nearest = rulebook::nearest_name(name, place.below);
        nearest && judged.size() < kMostJudged)
        misspelt.push_back({name, *std::move(nearest), {}, 0});
    return simdjson::SUCCESS;
}

void JsonLine::Inside::record(json::object object, const std::string& parent_key,
                              const TakeRecord& take) {
    JsonFault fault;
    if (const auto error = take_values(object, fault))
        fault = {"data.malformed", std::string(words(error))};
    fault.parent = parent_key;
    if (place.parent_field)
        values[*place.parent_field] = parent_key;
    take(values, fault);
}

// The key of the object, and the text of its next array; empty: it has none. Gives what is wrong
// with the array; empty if nothing.
std::string JsonLine::Inside::find_array(json::object object, std::size_t depth, std::string& key,
                                         std::string_view& array) {
    std::string fault;
    for (auto each : object) {
        json::field field;
        if (auto error = std::move(each).get(field))
            return std::string(words(error));
        std::string_view name;
        if (auto error = field.unescaped_key().get(name))
            return std::string(words(error));
        const bool is_array = name == place.arrays[depth];
        if (at_last(depth) && name == place.parent_key) {
            if (auto error = cell_text(field.value(), key))
                return std::string(words(error));
        } else if (is_array) {
            json::value value = field.value();
            json::json_type type{};
            if (auto error = value.type().get(type))
                return std::string(words(error));
            if (type == json::json_type::null)
                continue;
            if (type != json::json_type::array) {
                fault = fmt::format("`{}` is no array", place.arrays[depth]);
                continue; // the key may come behind it
            }
            if (array.data() != nullptr) // the records of one of them would be lost
                fault = fmt::format("the object has `{}` twice", place.arrays[depth]);
            if (auto error = raw_json(value, type, array))
                return std::string(words(error));
        }
    }
    return fault;
}

void JsonLine::Inside::walk(std::string_view object, std::size_t depth,
                            const std::string& parent_key, const TakeRecord& take) {
    json::document document;
    json::object opened;
    if (open(object, depth * 2, document) || document.get_object().get(opened))
        return;
    if (depth == place.arrays.size())
        return record(opened, parent_key, take);
    std::string key;
    std::string_view array;
    if (const std::string fault = find_array(opened, depth, key, array); !fault.empty()) {
        if (at_last(depth))
            take({}, {.code = "data.malformed", .reason = fault, .parent = key});
        return;
    }
    if (array.data() == nullptr)
        return;
    found = found || at_last(depth);
    walk_array(array, depth, key, take);
}

void JsonLine::Inside::walk_array(std::string_view array, std::size_t depth,
                                  const std::string& parent_key, const TakeRecord& take) {
    json::document document;
    json::array elements;
    if (open(array, depth * 2 + 1, document) || document.get_array().get(elements))
        return;
    for (auto each : elements) {
        json::value value;
        json::json_type type{};
        std::string_view text;
        if (std::move(each).get(value) || value.type().get(type))
            return;
        if (type == json::json_type::object) {
            if (raw_json(value, type, text))
                return;
            walk(text, depth + 1, parent_key, take);
            continue;
        }
        std::string other;
        if (cell_text(value, other))
            return;
        if (at_last(depth))
            take({}, {.code = "data.malformed",
                      .reason = fmt::format("`{}` holds something that is no JSON object",
                                            place.arrays[depth]),
                      .value = other,
                      .parent = parent_key});
    }
}

JsonLine::JsonLine(std::vector<std::string> columns, NestedPlace place)
    : inside_(std::make_unique<Inside>()) {
    inside_->values.resize(columns.size());
    inside_->seen.resize(columns.size());
    inside_->columns = std::move(columns);
    inside_->found = place.arrays.empty();
    inside_->parsers = std::vector<json::parser>(place.arrays.size() * 2 + 2);
    inside_->place = std::move(place);
}
JsonLine::JsonLine(JsonLine&&) noexcept = default;
JsonLine::~JsonLine() = default;

std::string_view JsonLine::fault(std::string_view line) {
    json::document document;
    json::object object;
    auto error = inside_->open(line, inside_->parsers.size() - 1, document);
    if (!error) {
        error = document.get_object().get(object);
        if (error == simdjson::INCORRECT_TYPE)
            return "not a JSON object";
    }
    if (!error)
        error = check(object);
    const char* behind = nullptr;
    if (!error && !document.current_location().get(behind))
        error = simdjson::TRAILING_CONTENT;
    return error ? words(error) : std::string_view();
}

void JsonLine::records(std::string_view line, const TakeRecord& take) {
    inside_->walk(line, 0, {}, take);
}

const std::vector<MisspeltArray>& JsonLine::misspelt() const {
    return inside_->misspelt;
}

bool JsonLine::found() const {
    return inside_->found;
}

} // namespace rulec::input
