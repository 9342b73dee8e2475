// Rule text: scanned, parsed, checked, lowered, its tests run.
#include <cstdint>

#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/run_tests.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    rulec::tool::RulebookText text;
    text.directory = "fuzz";
    text.read = [](std::string_view) -> rulebook::Result<std::string> {
        return std::string("key,value\na,1\n");
    };
    text.files = {
        text.sources.add("fuzz.rules", std::string(reinterpret_cast<const char*>(bytes), size))};
    rulec::Diagnostics diagnostics;
    const auto made = rulec::tool::compile_rulebook(text, diagnostics);
    if (made.plan)
        rulec::tool::run_tests(text, made, "", diagnostics);
    return 0;
}
