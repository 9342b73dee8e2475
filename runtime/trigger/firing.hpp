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

enum class Status : std::uint8_t { None, Suppressed, Fired };

enum class Verdict : std::uint8_t {
#define RB_VERDICT(Name, id, status, words) Name = (id),
#include "runtime/trigger/verdicts.def"
};

std::string_view spelling(Status status); // "fired", "suppressed", ""
Status status_of(Verdict verdict);
std::string_view words(Verdict verdict); // the cause; empty for Fired

// A completed match and what became of it. With status None it is no firing, only explained.
struct Candidate {
    std::uint32_t rule = 0;       // index in Plan::rules
    std::uint32_t version = 0;    // index in Plan::triggers
    std::int64_t instant = 0;     // of the completing event
    std::int64_t start = 0;       // of the match
    interpret::Record completing; // the event
    Verdict verdict = Verdict::Fired;
    plan::Value when{};                // Bool; true where the trigger has none; not judged: unknown
    std::vector<plan::Value> unless{}; // Bool, in the trigger's order; as far as it was judged
    // Once, AtMost, Cooldown: the last firing that counts.
    std::optional<std::int64_t> last_counted{};
    std::string message{}; // `say`; Fired only

    Status status() const { return status_of(verdict); }

    friend bool operator==(const Candidate&, const Candidate&) = default;
};

} // namespace rulebook::trigger
