#include <cerrno>
#include <cstring>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

#include "compiler/codegen/compile.hpp"

namespace rulec::codegen {

// A page that is written first and run then, as code is loaded.
rulebook::Result<void> may_make_code() {
    const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    void* const page =
        ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    const bool may = page != MAP_FAILED && ::mprotect(page, size, PROT_READ | PROT_EXEC) == 0;
    const int why = errno;
    if (page != MAP_FAILED)
        ::munmap(page, size);
    if (may)
        return {};
    return rulebook::make_error(
        "native.memory",
        std::string("this process may not make executable memory: ") + std::strerror(why),
        "native code that was compiled ahead of time (`rulec compile -o rulebook.so`) may be "
        "allowed still");
}

} // namespace rulec::codegen
