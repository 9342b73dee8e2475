// What the tool was built from. Results depend on more than the tool: every version that can change
// one is here, and in `run.json`.
#pragma once

#include <string>

namespace rulec::tool {

struct Versions {
    std::string rulec;
    std::string zone_data;    // of the IANA database, compiled in
    unsigned plan_format = 0; // of compiled rulebooks that it writes and reads
};

Versions tool_versions();

} // namespace rulec::tool
