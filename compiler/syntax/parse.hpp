// Rule text → syntax tree.
#pragma once

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/syntax/ast.hpp"

namespace rulec {

// Diagnostics of one file beyond this many are counted and not shown.
inline constexpr std::size_t kMaximumDiagnosticsPerFile = 100;

// Reads any bytes: what can be read is in the result, what cannot is in the diagnostics, and then
// File::complete is false. Clauses and declarations with a mistake are left out as a whole. Time
// and memory are bounded by the caps on size, words and nesting (text_check.hpp, scan.hpp,
// nesting.hpp). One thread at a time: what the parser learns of the grammar
// is shared by the process.
ast::File parse_file(FileId file, const Sources& sources, Diagnostics& diagnostics);

// A place that the grammar reads in two ways.
struct Ambiguity {
    Span span;
    std::string rule; // of the grammar
};

// For tests of the grammar: reads the file in the parser's exact mode, which is slow. Mistakes in
// the file are not reported here.
std::vector<Ambiguity> find_ambiguities(FileId file, const Sources& sources);

} // namespace rulec
