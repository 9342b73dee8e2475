#include "tools/rulec/flags.hpp"

#include <charconv>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace rulec::tool {
namespace {

std::string with_default(const std::string& help, const std::string& value) {
    return value.empty() ? help : help + " (default: " + value + ")";
}

// What is given is no empty text, as an unset variable of a shell makes one.
void refuse_empty(CLI::Option* option, const std::string& what) {
    option->check([what](const std::string& given) -> std::string {
        return given.empty() ? "it is empty; say " + what : "";
    });
}

} // namespace

void Flags::positional(const std::string& name, std::string& value, const std::string& help) {
    refuse_empty(app_.add_option(name, value, with_default(help, value))->type_name(""), name);
}

void Flags::required_positional(const std::string& name, std::string& value,
                                const std::string& help) {
    refuse_empty(app_.add_option(name, value, help)->required()->type_name(""), name);
}

void Flags::flag(const std::string& name, bool& value, const std::string& help) {
    app_.add_flag(name, value, help);
}

void Flags::option(const std::string& name, const std::string& value_name, std::string& value,
                   const std::string& help) {
    refuse_empty(app_.add_option(name, value, with_default(help, value))->type_name(value_name),
                 value_name);
}

void Flags::required_option(const std::string& name, const std::string& value_name,
                            std::string& value, const std::string& help) {
    refuse_empty(app_.add_option(name, value, help)->required()->type_name(value_name), value_name);
}

void Flags::option(const std::string& name, const std::string& value_name,
                   std::vector<std::string>& values, const std::string& help) {
    refuse_empty(app_.add_option(name, values, help)->type_name(value_name), value_name);
}

void Flags::number(const std::string& name, const std::string& value_name, std::size_t& value,
                   std::size_t least, std::size_t most, const std::string& help) {
    auto in_range = [least, most](const std::string& given) -> std::string {
        std::size_t number = 0;
        const auto read = std::from_chars(given.data(), given.data() + given.size(), number);
        const bool whole = read.ec == std::errc() && read.ptr == given.data() + given.size();
        return whole && number >= least && number <= most
                   ? ""
                   : fmt::format("`{}` is no whole number from {} to {}", given, least, most);
    };
    app_.add_option(name, value, with_default(help, std::to_string(value)))
        ->type_name(value_name)
        ->check(in_range);
}

void Flags::threads(std::size_t& value, const std::string& help) {
    constexpr std::size_t kMost = 1024;
    number("--threads", "N", value, 1, kMost, help);
}

void Flags::choice(const std::string& name, std::string& value,
                   const std::vector<std::string>& choices, const std::string& help) {
    std::string names;
    for (const std::string& choice : choices)
        names += (names.empty() ? "" : "|") + choice;
    // A check of our own: the library's lists the choices in a form that reads badly in messages.
    auto one_of = [choices, names](const std::string& given) -> std::string {
        bool found = std::find(choices.begin(), choices.end(), given) != choices.end();
        return found ? "" : "`" + given + "` is none of " + names;
    };
    app_.add_option(name, value, with_default(help, value))->type_name(names)->check(one_of);
}

void Flags::format(std::string& value, const std::vector<std::string>& further) {
    std::vector<std::string> choices{"text", "json"};
    choices.insert(choices.end(), further.begin(), further.end());
    value = "text";
    choice("--format", value, choices, "How results are reported");
}

void Flags::rulebook(std::string& directory) {
    directory = ".";
    positional("DIR", directory, "The rulebook: a folder of *.rules files");
}

void Flags::example(const std::string& command, const std::string& what) {
    if (examples_.empty())
        examples_ = "Examples:";
    examples_ += "\n  " + command;
    std::size_t padding = command.size() < 50 ? 50 - command.size() : 0;
    examples_ += std::string(padding, ' ') + "  " + what;
    app_.footer(examples_);
}

} // namespace rulec::tool
