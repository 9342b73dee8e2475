#include "tools/rulec/versions.hpp"

namespace rulec::tool {

Versions tool_versions() {
    return {RULEBOOK_VERSION};
}

} // namespace rulec::tool
