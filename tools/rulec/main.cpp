// The command-line tool. Verbs are listed in verbs.def, each in a file of its name.
#include <string>
#include <vector>

#include "tools/rulec/aside_names.hpp"
#include "tools/rulec/verb.hpp"

int main(int count, char** values) {
    rulec::tool::remove_asides_on_signals();
    std::vector<std::string> arguments(values + (count > 0 ? 1 : 0), values + count);
    rulec::tool::Console console = rulec::tool::process_console();
    return static_cast<int>(rulec::tool::run_rulec(arguments, console));
}
