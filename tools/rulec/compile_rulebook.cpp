#include "tools/rulec/compile_rulebook.hpp"

namespace rulec::tool {

Compilation compile_rulebook(const RulebookText&, Diagnostics&) {
    return {};
}

} // namespace rulec::tool
