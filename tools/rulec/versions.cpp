#include "tools/rulec/versions.hpp"

#include "runtime/plan/serialize.hpp"
#include "runtime/time/zone.hpp"

namespace rulec::tool {

Versions tool_versions() {
    return {RULEBOOK_VERSION, std::string(rulebook::time::zone_data_version()),
            rulebook::plan::kFormatVersion};
}

} // namespace rulec::tool
