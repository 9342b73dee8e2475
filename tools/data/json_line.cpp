#include "tools/data/json_line.hpp"

#include <utility>

#include <fmt/format.h>

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

    json::parser& parser(std::size_t depth) { return parsers[depth]; }

    simdjson::error_code open(std::string_view text, std::size_t depth, json::document& document) {
        return parser(depth)
            .iterate(text.data(), text.size(), text.size() + kBytesBehindLine)
            .get(document);
    }

    simdjson::error_code take_values(json::object object, JsonFault& fault);
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
        for (std::size_t column = 0; column < columns.size(); ++column) {
            if (columns[column] != name)
                continue;
            if (seen[column] && fault.code.empty())
                fault = {"data.malformed", fmt::format("the object has `{}` twice", name)};
            if (!seen[column])
                if (auto error = cell_text(field.value(), values[column]))
                    return error;
            seen[column] = true;
            if (fault.code.empty() && values[column].find('\0') != std::string::npos)
                fault = {"data.encoding", "it holds the character NUL", column, false,
                         values[column]};
            break;
        }
    }
    return simdjson::SUCCESS;
}

void JsonLine::Inside::record(json::object object, const std::string& parent_key,
                              const TakeRecord& take) {
    JsonFault fault;
    if (const auto error = take_values(object, fault))
        fault = {"data.malformed", std::string(words(error))};
    if (place.parent_field)
        values[*place.parent_field] = parent_key;
    take(values, fault);
}

// The key of the object, and the text of its next array; empty: it has none. Gives what is wrong
// with the object; empty if nothing.
std::string JsonLine::Inside::find_array(json::object object, std::size_t depth, std::string& key,
                                         std::string_view& array) {
    const bool last = depth + 1 == place.arrays.size();
    for (auto each : object) {
        json::field field;
        if (auto error = std::move(each).get(field))
            return std::string(words(error));
        std::string_view name;
        if (auto error = field.unescaped_key().get(name))
            return std::string(words(error));
        const bool is_array = name == place.arrays[depth];
        const bool is_key = last && name == place.parent_key;
        if (is_key) {
            if (auto error = cell_text(field.value(), key))
                return std::string(words(error));
        } else if (is_array) {
            json::value value = field.value();
            json::json_type type{};
            if (auto error = value.type().get(type))
                return std::string(words(error));
            if (type == json::json_type::null)
                continue;
            if (type != json::json_type::array)
                return fmt::format("`{}` is no array", place.arrays[depth]);
            if (array.data() != nullptr) // the records of one of them would be lost
                return fmt::format("the object has `{}` twice", place.arrays[depth]);
            if (auto error = raw_json(value, type, array))
                return std::string(words(error));
        }
    }
    return {};
}

void JsonLine::Inside::walk(std::string_view object, std::size_t depth,
                            const std::string& parent_key, const TakeRecord& take) {
    json::document document;
    json::object opened;
    if (open(object, depth * 2, document) || document.get_object().get(opened)) {
        take({}, {"data.malformed", "not a JSON object"});
        return;
    }
    if (depth == place.arrays.size())
        return record(opened, parent_key, take);
    std::string key;
    std::string_view array;
    if (const std::string fault = find_array(opened, depth, key, array); !fault.empty()) {
        take({}, {"data.malformed", fault});
        return;
    }
    if (array.data() == nullptr)
        return;
    found = found || depth + 1 == place.arrays.size();
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
        } else {
            std::string other;
            if (cell_text(value, other))
                return;
            take({},
                 {"data.malformed",
                  fmt::format("`{}` holds something that is no JSON object", place.arrays[depth]),
                  0, true, other});
            continue;
        }
        walk(text, depth + 1, parent_key, take);
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

bool JsonLine::found() const {
    return inside_->found;
}

} // namespace rulec::input
