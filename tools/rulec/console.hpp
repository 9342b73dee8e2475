// Where a verb writes: results on one stream, messages on the other.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string_view>

namespace rulec::tool {

// What the shell gets to see.
enum class ExitCode : std::uint8_t {
    Fine = 0,
    Findings = 1, // errors, failed tests, rejects, breached gates
    Unusable = 2, // wrong usage, or input that cannot be read
};

// Refers to streams that outlive it. Not thread-safe.
struct Console {
    std::ostream& results;  // standard output
    std::ostream& messages; // standard error
    bool colour_results = false;
    bool colour_messages = false;
    bool progress = false; // long work may draw a bar on `messages`

    // `rulec: error: …`, and a help line if there is one. Gives the exit code for it.
    // `code`, where it has one that `rulec explain-code` knows: `rulec: error[data.too_long]: …`.
    ExitCode unusable(std::string_view message, std::string_view help = {},
                      std::string_view code = {});
};

// The process's streams; colour and progress only on a terminal, no colour where NO_COLOR is set.
Console process_console();

} // namespace rulec::tool
