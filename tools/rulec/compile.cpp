#include <memory>
#include <ostream>

#include <nlohmann/json.hpp>

#include "runtime/plan/serialize.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/verb.hpp"
#include "tools/rulec/write_file.hpp"

namespace rulec::tool {
namespace {

struct Compile {
    std::string directory;
    std::string format;
    std::string output;
};

void report(const Compile& given, const rulebook::plan::Plan& plan, std::size_t bytes,
            Console& console) {
    if (given.format == "json") {
        nlohmann::ordered_json json = {{"rulebook", plan.name},
                                       {"version", plan.version},
                                       {"content_hash", plan.content_hash},
                                       {"output", given.output},
                                       {"bytes", bytes},
                                       {"rules", plan.rules.size()},
                                       {"operations", plan.nodes.size()}};
        console.results << json.dump(2) << '\n';
        return;
    }
    console.results << given.output << ": " << plan.name << ' ' << plan.version << ", "
                    << plan.rules.size() << " rules, " << plan.nodes.size() << " operations, "
                    << bytes << " bytes\ncontent hash " << plan.content_hash << '\n';
}

ExitCode run(const Compile& given, Console& console) {
    if (!given.output.ends_with(".rbk"))
        return console.unusable("`" + given.output + "` is no kind of output that is supported yet",
                                "name a file that ends with .rbk");
    auto loaded = load_and_compile(given.directory, console);
    if (!loaded)
        return loaded.error();
    const rulebook::plan::Plan& plan = *loaded->made.plan;
    std::string bytes = rulebook::plan::serialize(plan);
    if (auto written = write_file(given.output, bytes); !written)
        return console.unusable(written.error().message);
    report(given, plan, bytes.size(), console);
    return ExitCode::Fine;
}

} // namespace

Action declare_compile(Flags& flags) {
    auto given = std::make_shared<Compile>();
    flags.rulebook(given->directory);
    flags.required_option("-o,--output", "FILE", given->output,
                          "What to write: a plan (.rbk) that the runtime loads");
    flags.format(given->format);
    flags.example("rulec compile rules/acme -o acme.rbk", "for a service that runs the rules");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
