// Expected diagnostics, stated in a case as comment lines above the line that they are about:
//
//     // error[RB1203] 17-25: no field `emplyees` of account | help: did you mean `employees`?
//       points 30 when emplyees > 3
//
// The severity and the code are written by hand; what follows is rendered, and rewritten by the
// update mode. What has no place in a text is stated in the first file of the case, with the word
// `nowhere` behind the code.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/diagnostics/source.hpp"

namespace rulebook::corpus {

struct Annotation {
    rulec::Severity severity = rulec::Severity::Error;
    std::string code;
    std::string rendered;     // what stands behind `[RB1203]`, trimmed
    std::uint32_t line = 0;   // of the comment, from 1
    std::uint32_t about = 0;  // the next line that is no annotation
    std::uint32_t indent = 0; // bytes before `//`

    bool is_nowhere() const { return rendered.starts_with("nowhere"); }
};

// Those of one text, in order.
std::vector<Annotation> annotations_in(std::string_view text);

// Column range, message, help, labels and fix of a diagnostic as the rest of an annotation. Lines
// are told relative to its own, so that a case can be edited above.
std::string rendered(const rulec::Diagnostic& diagnostic, const rulec::Sources& sources);

// The text with the annotations of these lines (from 1) rewritten; line breaks stay as they are.
std::string with_rendered(std::string_view text, const std::vector<Annotation>& annotations,
                          const std::map<std::uint32_t, std::string>& rendered_by_line);

} // namespace rulebook::corpus
