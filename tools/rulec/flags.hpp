// The flags of a verb, declared once: parsing, help with defaults, and shell completion follow from
// the declaration. Keeps the command-line library out of the verbs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace CLI { // NOLINT(readability-identifier-naming): the name that CLI11 has
class App;
class Option;
} // namespace CLI

namespace rulec::tool {

// Values are written when the command line is read; the variables must live until then. What a
// variable holds when it is declared is the default, and help shows it.
class Flags {
public:
    explicit Flags(CLI::App& app) : app_(app) {}

    void positional(const std::string& name, std::string& value, const std::string& help);
    void required_positional(const std::string& name, std::string& value, const std::string& help);

    void flag(const std::string& name, bool& value, const std::string& help);
    // `--data DIR`; `value_name` is the DIR.
    void option(const std::string& name, const std::string& value_name, std::string& value,
                const std::string& help);
    void required_option(const std::string& name, const std::string& value_name, std::string& value,
                         const std::string& help);
    // May be repeated, or given several values at once.
    void option(const std::string& name, const std::string& value_name,
                std::vector<std::string>& values, const std::string& help);
    // A whole number from `least` to `most`.
    void number(const std::string& name, const std::string& value_name, std::size_t& value,
                std::size_t least, std::size_t most, const std::string& help);
    // `--threads N`.
    void threads(std::size_t& value, const std::string& help);
    void choice(const std::string& name, std::string& value,
                const std::vector<std::string>& choices, const std::string& help);

    // `--format`, how results are reported: text and json for every verb, and what it has besides.
    void format(std::string& value, const std::vector<std::string>& further = {});
    // The rulebook: a folder, by default the current one.
    void rulebook(std::string& directory);
    // Shown at the end of the help.
    void example(const std::string& command, const std::string& what);

private:
    CLI::App& app_;
    std::string examples_;
};

} // namespace rulec::tool
