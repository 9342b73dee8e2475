#include "tools/rulec/verb.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <ostream>

#include <CLI/CLI.hpp>

#include "runtime/value/nearest_name.hpp"
#include "tools/rulec/log.hpp"
#include "tools/rulec/versions.hpp"

namespace rulec::tool {
namespace {

struct Verb {
    std::string_view name;
    std::string_view what;
    Action (*declare)(Flags&);
};

constexpr Verb kVerbs[] = {
#define RB_VERB(function, name, what) {name, what, declare_##function},
#include "tools/rulec/verbs.def"
};

class CommandLine {
public:
    CommandLine() {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", "rulec " + tool_versions().rulec, "Print the version");
        app_.add_flag("--verbose", verbose_,
                      "Tell on standard error what is done and how long it takes");
        for (const Verb& verb : kVerbs) {
            CLI::App* sub = app_.add_subcommand(std::string(verb.name), std::string(verb.what));
            Flags flags(*sub);
            actions_.push_back(verb.declare(flags));
        }
    }

    ExitCode run(std::span<const std::string> arguments, Console& console) {
        try {
            // The library reads them from the last to the first.
            app_.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
        } catch (const CLI::Success& asked_for_help) {
            app_.exit(asked_for_help, console.results, console.messages);
            return ExitCode::Fine;
        } catch (const CLI::ParseError& error) {
            return wrong_usage(arguments, error, console);
        }
        set_log_level(verbose_ ? LogLevel::Everything : LogLevel::Warnings);
        for (std::size_t index = 0; index < actions_.size(); ++index)
            if (app_.got_subcommand(std::string(kVerbs[index].name)))
                return actions_[index](console);
        return ExitCode::Unusable;
    }

private:
    ExitCode wrong_usage(std::span<const std::string> arguments, const CLI::ParseError& error,
                         Console& console) {
        auto word = std::ranges::find_if(
            arguments, [](const std::string& argument) { return !argument.starts_with('-'); });
        if (word == arguments.end()) {
            console.messages << app_.help();
            return ExitCode::Unusable;
        }
        if (std::ranges::find(kVerbs, *word, &Verb::name) != std::end(kVerbs))
            return console.unusable(error.what(), "`rulec " + *word + " --help` shows the flags");
        std::vector<std::string_view> names;
        for (const Verb& verb : kVerbs)
            names.push_back(verb.name);
        auto meant = rulebook::nearest_name(*word, names);
        return console.unusable("there is no verb `" + *word + "`",
                                meant ? "did you mean `rulec " + *meant + "`?"
                                      : "`rulec --help` lists the verbs");
    }

    CLI::App app_{"Rulebook: checks, tests and runs rules about fit, triggers and revenue credit",
                  "rulec"};
    bool verbose_ = false;
    std::vector<Action> actions_;
};

} // namespace

// A reader must not take what a full disk or a closed pipe cut short for the whole.
static ExitCode flushed(ExitCode code, Console& console) {
    errno = 0;
    console.results.flush();
    if (console.results)
        return code;
    return console.unusable("the results cannot be written to standard output" +
                            (errno != 0 ? std::string(": ") + std::strerror(errno) : ""));
}

ExitCode run_rulec(std::span<const std::string> arguments, Console& console) {
    try {
        const ExitCode code = CommandLine().run(arguments, console);
        return flushed(code, console);
    } catch (const std::bad_alloc&) {
        return console.unusable("out of memory");
    } catch (const std::exception& error) {
        return console.unusable(std::string("internal error: ") + error.what(),
                                "this is a fault of the tool, please report it");
    }
}

} // namespace rulec::tool
