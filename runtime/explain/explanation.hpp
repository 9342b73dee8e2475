// Why a rule gave what it gave for one account: a line per clause, with its truth, the values that
// it saw and what it contributed. Structured for whoever writes JSON; render_text.hpp makes text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "runtime/plan/truth.hpp"

namespace rulebook::explain {

enum class LineKind : std::uint8_t {
#define RB_LINE_KIND(Name, spelling, words) Name,
#include "runtime/explain/line_kinds.def"
};

std::string_view spelling(LineKind kind);

using plan::Truth;

// A value, as people read it. `cause` says in words why it is unknown: "employees is unknown:
// missing in the data"; empty if it is known.
struct Named {
    std::string name; // as it reads in the source
    std::string value;
    std::string cause{};

    friend bool operator==(const Named&, const Named&) = default;
};

struct Line {
    LineKind kind = LineKind::Points;
    std::string text{}; // the clause as it reads in the source, or what the line is about
    std::string path{}; // of the source
    std::uint32_t line = 0;
    std::string because{};
    std::optional<Truth> truth{};              // none: the line has no condition
    std::string cause{};                       // of an unknown truth, in words
    std::optional<std::int64_t> points{};      // hundredths
    std::optional<std::int64_t> minor_units{}; // money
    std::string amount{};                      // the same, as people read it
    bool decides = false;      // the choice or row that was taken, the split that divided
    std::vector<Named> seen{}; // what the clause read
    std::vector<std::string> remarks{};

    friend bool operator==(const Line&, const Line&) = default;
};

struct Explanation {
    std::string rule;
    plan::RuleKind kind = plan::RuleKind::Fit;
    bool is_policy = false; // `rule` names a policy, and `kind` says nothing
    std::string doc;
    std::int64_t instant = 0;     // microseconds since 1970 UTC
    std::string zone;             // on whose clock texts tell times
    bool in_force = true;         // false: no version is, and there are no lines
    std::vector<Named> results{}; // "score", "tier", "unknowns"; "value"; a table's outputs; …
    std::vector<Line> lines{};

    friend bool operator==(const Explanation&, const Explanation&) = default;
};

std::string_view word_of_kind(const Explanation& explanation); // "fit", "trigger", "policy"

} // namespace rulebook::explain
