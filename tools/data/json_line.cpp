#include "tools/data/json_line.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

namespace rulec::input {
namespace {

namespace json = simdjson::ondemand;

constexpr int kDeepest = 512;

std::string_view words(simdjson::error_code error) {
    switch (error) {
    case simdjson::UTF8_ERROR:
        return "not text in UTF-8";
    case simdjson::UNCLOSED_STRING:
        return "a text is never closed";
    case simdjson::UNESCAPED_CHARS:
        return "a text holds a control character as it is";
    case simdjson::STRING_ERROR:
        return "a text holds an escape that JSON does not have";
    case simdjson::NUMBER_ERROR:
        return "a number is not written as JSON has it";
    case simdjson::INCORRECT_TYPE:
        return "a value is none that JSON has";
    case simdjson::TRAILING_CONTENT:
        return "something follows the object";
    case simdjson::DEPTH_ERROR:
        return "nested too deeply";
    case simdjson::EMPTY:
        return "empty";
    default:
        return "not well-formed JSON: a bracket, comma, colon or quote is missing or too much";
    }
}

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

// Takes digits off the front; whether there were any.
bool take_digits(std::string_view& text) {
    const auto end = std::ranges::find_if_not(text, is_digit);
    const auto count = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(count);
    return count > 0;
}

bool is_number(std::string_view text) {
    if (text.starts_with('-'))
        text.remove_prefix(1);
    const bool leading_zero = text.starts_with('0') && text.size() > 1 && is_digit(text[1]);
    if (leading_zero || !take_digits(text))
        return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (!take_digits(text))
            return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('+') || text.starts_with('-'))
            text.remove_prefix(1);
        if (!take_digits(text))
            return false;
    }
    return text.empty();
}

std::string_view trimmed(std::string_view text) {
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    return text.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

// simdjson looks at what it is asked for only, so everything is asked for.
simdjson::error_code check(json::value value, int depth);

simdjson::error_code check(json::object object, int depth) {
    for (auto each : object) {
        json::field field;
        if (auto error = std::move(each).get(field))
            return error;
        std::string_view key;
        if (auto error = field.unescaped_key().get(key))
            return error;
        if (auto error = check(field.value(), depth + 1))
            return error;
    }
    return simdjson::SUCCESS;
}

simdjson::error_code check(json::array array, int depth) {
    for (auto each : array) {
        json::value value;
        if (auto error = std::move(each).get(value))
            return error;
        if (auto error = check(value, depth + 1))
            return error;
    }
    return simdjson::SUCCESS;
}

simdjson::error_code check(json::value value, int depth) {
    if (depth > kDeepest)
        return simdjson::DEPTH_ERROR;
    json::json_type type{};
    if (auto error = value.type().get(type))
        return error;
    switch (type) {
    case json::json_type::object: {
        json::object object;
        if (auto error = value.get_object().get(object))
            return error;
        return check(object, depth);
    }
    case json::json_type::array: {
        json::array array;
        if (auto error = value.get_array().get(array))
            return error;
        return check(array, depth);
    }
    case json::json_type::string: {
        std::string_view text;
        return value.get_string().get(text);
    }
    case json::json_type::number: {
        const bool sound = is_number(trimmed(value.raw_json_token()));
        double number = 0; // moves on; a number too large for it is one all the same
        (void)value.get_double().get(number);
        return sound ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
    }
    case json::json_type::boolean: {
        bool truth = false;
        return value.get_bool().get(truth);
    }
    case json::json_type::null: {
        bool null = false;
        if (auto error = value.is_null().get(null))
            return error;
        return null ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
    }
    }
    return simdjson::TAPE_ERROR;
}

// The text of an object or array.
simdjson::error_code raw_json(json::value value, json::json_type type, std::string_view& text) {
    if (type == json::json_type::array) {
        json::array array;
        if (auto error = value.get_array().get(array))
            return error;
        return array.raw_json().get(text);
    }
    json::object object;
    if (auto error = value.get_object().get(object))
        return error;
    return object.raw_json().get(text);
}

// A value as the text of a cell.
simdjson::error_code cell_text(json::value value, std::string& text) {
    json::json_type type{};
    if (auto error = value.type().get(type))
        return error;
    std::string_view view;
    switch (type) {
    case json::json_type::string:
        if (auto error = value.get_string().get(view))
            return error;
        break;
    case json::json_type::null:
        break;
    case json::json_type::object:
    case json::json_type::array: {
        if (auto error = raw_json(value, type, view))
            return error;
        view = trimmed(view);
        break;
    }
    default:
        view = trimmed(value.raw_json_token());
    }
    text = view;
    return simdjson::SUCCESS;
}

} // namespace

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
    simdjson::error_code find_array(json::object object, std::size_t depth, std::string& key,
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

// The key of the object, and the text of its next array; empty: it has none.
simdjson::error_code JsonLine::Inside::find_array(json::object object, std::size_t depth,
                                                  std::string& key, std::string_view& array) {
    const bool last = depth + 1 == place.arrays.size();
    for (auto each : object) {
        json::field field;
        if (auto error = std::move(each).get(field))
            return error;
        std::string_view name;
        if (auto error = field.unescaped_key().get(name))
            return error;
        const bool is_array = name == place.arrays[depth];
        const bool is_key = last && name == place.parent_key;
        std::string text;
        if (is_key) {
            if (auto error = cell_text(field.value(), key))
                return error;
        } else if (is_array) {
            json::value value = field.value();
            json::json_type type{};
            if (auto error = value.type().get(type))
                return error;
            if (type == json::json_type::null)
                continue;
            if (type != json::json_type::array)
                return simdjson::INCORRECT_TYPE;
            if (auto error = raw_json(value, type, array))
                return error;
        }
    }
    return simdjson::SUCCESS;
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
    if (const auto error = find_array(opened, depth, key, array)) {
        take({}, {"data.malformed", error == simdjson::INCORRECT_TYPE
                                        ? fmt::format("`{}` is no array", place.arrays[depth])
                                        : std::string(words(error))});
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
        error = check(object, 0);
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
