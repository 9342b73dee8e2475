// The values of one line of JSON, by simdjson. Internal to this folder.
#pragma once

#include <string>
#include <string_view>

#include <simdjson.h>

namespace rulec::input {

// What is wrong with a line, for people.
std::string_view words(simdjson::error_code error);

// simdjson looks at what it is asked for only, so everything is asked for.
simdjson::error_code check(simdjson::ondemand::object object);

// The text of an object or array.
simdjson::error_code raw_json(simdjson::ondemand::value value, simdjson::ondemand::json_type type,
                              std::string_view& text);

// A value as the text of a cell.
simdjson::error_code cell_text(simdjson::ondemand::value value, std::string& text);

} // namespace rulec::input
