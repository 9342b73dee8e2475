// How JSON and SARIF name places. Internal to this folder: nothing else includes it.
#pragma once

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/source.hpp"

namespace rulec::detail {

using Json = nlohmann::ordered_json;

// Rule text may hold malformed UTF-8; it is replaced rather than refused.
inline std::string dump(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

struct Region {
    Position begin;
    Position end; // exclusive
};

inline Region region(Span span, const Sources& sources) {
    return {sources.position(span.file, span.begin), sources.position(span.file, span.end)};
}

} // namespace rulec::detail
