#include <algorithm>
#include <limits>
#include <memory>
#include <ostream>

#include <nlohmann/json.hpp>

#include "runtime/plan/serialize.hpp"
#include "tools/rulec/c_header.hpp"
#include "tools/rulec/code_request.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/native_library.hpp"
#include "tools/rulec/rule_name.hpp"
#include "tools/rulec/verb.hpp"
#include "tools/rulec/write_file.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::Plan;

struct Compile {
    std::string directory;
    std::string format;
    std::string output;
    std::string header;
    std::string cpu = std::string(spelling(rulebook::native::cpu_level_of_this_machine()));
    std::string emit = "file";
    std::vector<std::string> only;
    std::size_t threads = 1;

    bool is_plan() const { return output.ends_with(".rbk"); }
    bool is_shared() const { return output.ends_with(".so"); }
    bool is_native() const { return is_shared() || output.ends_with(".o"); }
};

std::vector<std::string> names_of_cpus() {
    std::vector<std::string> names;
    for (const auto level : rulebook::native::cpu_levels())
        names.emplace_back(spelling(level));
    return names;
}

void report(const Compile& given, const Plan& plan, std::size_t bytes, Console& console) {
    if (given.format == "json") {
        nlohmann::ordered_json json = {{"rulebook", plan.name},
                                       {"version", plan.version},
                                       {"content_hash", plan.content_hash},
                                       {"output", given.output},
                                       {"bytes", bytes},
                                       {"rules", plan.rules.size()},
                                       {"operations", plan.nodes.size()}};
        if (given.is_native())
            json["cpu"] = given.cpu;
        if (!given.header.empty())
            json["header"] = given.header;
        console.results << json.dump(2) << '\n';
        return;
    }
    console.results << given.output << ": " << plan.name << ' ' << plan.version << ", "
                    << plan.rules.size() << " rules, " << plan.nodes.size() << " operations, "
                    << bytes << " bytes\ncontent hash " << plan.content_hash << '\n';
}

// What the flags ask for does not go together; nothing: it does.
std::optional<rulebook::Error> mistake_in(const Compile& given) {
    if (given.emit != "file") {
        if (!given.header.empty())
            return rulebook::Error{"", "`--header` comes with native code, not with a listing",
                                   "leave `--emit` away"};
        return std::nullopt;
    }
    if (given.output.empty())
        return rulebook::Error{"", "where should it go?", "say `-o FILE`, or `--emit ir`"};
    if (!given.is_plan() && !given.is_native())
        return rulebook::Error{"", "`" + given.output + "` is no kind of output that is supported",
                               "name a file that ends with .rbk, .so or .o"};
    if (given.is_plan() && (!given.header.empty() || !given.only.empty()))
        return rulebook::Error{"", "`--header` and `--only` are for native code",
                               "name a file that ends with .so or .o"};
    return std::nullopt;
}

rulebook::Result<std::string> listing(const Compile& given, const Plan& plan) {
    // The newest versions of the rules.
    const auto request = code_request(plan, given.only, std::numeric_limits<std::int64_t>::max());
    return given.emit == "ir" ? codegen::ir_text(plan, request)
                              : codegen::assembly_text(plan, request);
}

rulebook::Result<std::string> content_of(const Compile& given, const Plan& plan) {
    if (given.emit != "file")
        return listing(given, plan);
    if (given.is_plan())
        return rulebook::plan::serialize(plan);
    NativeLibrary wanted;
    wanted.level = *rulebook::native::cpu_level_named(given.cpu); // one of the choices
    wanted.into = given.is_shared() ? LinkInto::SharedObject : LinkInto::Object;
    wanted.threads = given.threads;
    return native_library(plan, ahead_request(plan, given.only), wanted);
}

rulebook::Result<void> write(const Compile& given, const Plan& plan, const std::string& bytes) {
    if (given.header.empty())
        return write_file(given.output, bytes);
    const std::string header = c_header(plan, codegen::symbol_prefix(plan) + "_code");
    const FileToWrite files[] = {{given.output, bytes}, {given.header, header}};
    return write_files(files);
}

ExitCode run(const Compile& given, Console& console) {
    if (const auto mistake = mistake_in(given))
        return console.unusable(mistake->message, mistake->help);
    auto loaded = load_and_compile(given.directory, console);
    if (!loaded)
        return loaded.error();
    const Plan& plan = *loaded->made.plan;
    for (const std::string& name : given.only)
        if (std::ranges::find(plan.rules, name, &rulebook::plan::Rule::name) == plan.rules.end()) {
            const rulebook::Error error = no_rule_named(plan, name, false);
            return console.unusable(error.message, error.help);
        }
    const auto bytes = content_of(given, plan);
    if (!bytes)
        return console.unusable(bytes.error().message, bytes.error().help);
    if (given.output.empty()) {
        console.results << *bytes;
        return ExitCode::Fine;
    }
    if (auto written = write(given, plan, *bytes); !written)
        return console.unusable(written.error().message);
    report(given, plan, bytes->size(), console);
    return ExitCode::Fine;
}

} // namespace

Action declare_compile(Flags& flags) {
    auto given = std::make_shared<Compile>();
    flags.rulebook(given->directory);
    flags.option(
        "-o,--output", "FILE", given->output,
        "What to write: a plan (.rbk) that the runtime loads and interprets; or native "
        "code with the plan inside, which the runtime loads (.so) or a program links (.o)");
    flags.option("--header", "FILE", given->header,
                 "Write a C header for the native code, too: enums, fields, how to use it");
    flags.choice("--cpu", given->cpu, names_of_cpus(),
                 "The least processor that native code is for");
    flags.option("--only", "RULE", given->only,
                 "Native code for these rules and what they read; the others are interpreted");
    flags.choice(
        "--emit", given->emit, {"file", "ir", "asm"},
        "Instead: a listing of the code for this machine, as LLVM's intermediate form with "
        "the rules beside it, or as assembly; to the output, or printed");
    flags.threads(given->threads, "How many threads compile");
    flags.format(given->format);
    flags.example("rulec compile rules/acme -o acme.rbk", "for a service that runs the rules");
    flags.example("rulec compile rules/acme -o acme.so --header acme.h --cpu x86-64-v3",
                  "native code for servers since 2015");
    flags.example("rulec compile rules/acme --emit ir --only design_icp",
                  "what one rule is compiled to");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
