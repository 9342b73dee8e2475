// Reads rule texts for the tests of compiler/syntax.
#pragma once

#include <string>
#include <vector>

#include "compiler/syntax/parse.hpp"

namespace rulec::testing {

struct Parsed {
    Sources sources;
    Diagnostics diagnostics;
    ast::File file;

    // "RB0101 RB0103", in the order of the file.
    std::string codes() const;
    // The text of the first diagnostic's place.
    std::string first_place() const;
    const Diagnostic& first() const { return *diagnostics.sorted().at(0); }
    // The only declaration, which must be of that kind.
    template <class Kind>
    const Kind& only() const {
        return std::get<Kind>(file.declarations.at(0));
    }
    // The pieces laid end to end.
    std::string text_of_pieces() const;
};

Parsed parse(std::string text);

// Every `*.rules` below a folder of the project, in order.
std::vector<std::string> rule_files(const std::string& folder);
std::string read_file(const std::string& path);

} // namespace rulec::testing
