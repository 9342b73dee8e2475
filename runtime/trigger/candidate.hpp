// What triggers give for one account: candidates, judged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/interpret/row_context.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::trigger {

enum class Status : std::uint8_t { None, Suppressed, Control, Fired };

enum class Verdict : std::uint8_t {
#define RB_VERDICT(Name, id, status, words) Name = (id),
#include "runtime/trigger/verdicts.def"
};

std::string_view spelling(Status status); // "fired", "control", "suppressed", ""
Status status_of(Verdict verdict);
std::string_view words(Verdict verdict); // the cause; empty for Fired
// Whether it counts for `once`, `cooldown` and limits: both groups keep one rhythm.
bool counts(Status status);

// What brought a candidate about.
enum class Occasion : std::uint8_t { Event, Deadline, Edge };

std::string_view spelling(Occasion occasion); // "event", "deadline", "edge"

// Where a trigger stands before its conditions are asked.
struct Occurrence {
    std::int64_t instant = 0;
    std::int64_t start = 0; // of the match, the wait or the edge
    Occasion occasion = Occasion::Event;
    std::optional<interpret::Record> completing{}; // the pattern's last event

    friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

// An occurrence and what became of it. With status None it is no firing, only explained.
struct Candidate : Occurrence {
    std::uint32_t rule = 0;    // index in Plan::rules
    std::uint32_t version = 0; // index in Plan::triggers
    Verdict verdict = Verdict::Fired;
    plan::Value when{}; // Bool; true where the trigger has none; not judged: unknown
    // Bool, in the trigger's and the policy's order; as far as they were judged.
    std::vector<plan::Value> unless{};
    std::vector<plan::Value> suppress{};
    // Once, AtMost, Cooldown: the last firing that counts. PolicyLimit: of the policy.
    std::optional<std::int64_t> last_counted{};
    std::optional<std::uint32_t> limit{}; // AtMost, PolicyLimit: which one
    std::string message{};                // `say`; Fired and Control only

    Status status() const { return status_of(verdict); }

    friend bool operator==(const Candidate&, const Candidate&) = default;
};

} // namespace rulebook::trigger
