// Names and texts as SQL writes them.
#pragma once

#include <string>
#include <string_view>

namespace rulec::input {

std::string sql_text(std::string_view text); // 'it''s'
std::string sql_name(std::string_view name); // "User ID"

} // namespace rulec::input
