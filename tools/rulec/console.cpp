#include "tools/rulec/console.hpp"

#include <cstdlib>
#include <iostream>
#include <string>
#include <unistd.h>

#include "compiler/diagnostics/shown_text.hpp"

namespace rulec::tool {

ExitCode Console::unusable(std::string_view message, std::string_view help, std::string_view code) {
    messages << "rulec: " << (colour_messages ? "\x1b[1;31merror\x1b[0m" : "error")
             << (code.empty() ? "" : "[" + std::string(code) + "]") << ": " << harmless(message)
             << '\n';
    if (!help.empty())
        messages << "     = help: " << harmless(help) << '\n';
    return ExitCode::Unusable;
}

Console process_console() {
    const char* no_colour = std::getenv("NO_COLOR");
    bool colour_wanted = no_colour == nullptr || *no_colour == '\0';
    bool results = ::isatty(STDOUT_FILENO) == 1;
    bool messages = ::isatty(STDERR_FILENO) == 1;
    return {std::cout, std::cerr, results && colour_wanted, messages && colour_wanted, messages};
}

} // namespace rulec::tool
