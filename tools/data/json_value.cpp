#include "tools/data/json_value.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace rulec::input {

namespace json = simdjson::ondemand;

namespace {

constexpr int kDeepest = 512;

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

} // namespace

simdjson::error_code check(json::object object) {
    return check(object, 0);
}

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

} // namespace rulec::input
