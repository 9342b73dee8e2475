// A value: known, or unknown with its cause. There is no other non-value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace rulebook::plan {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xffffffff;

enum class Cause : std::uint8_t {
#define RB_CAUSE(Name, id, words) Name = (id),
#include "runtime/plan/causes.def"
};

std::string_view words(Cause cause);
std::optional<Cause> cause_from_id(std::int64_t id);

// The one non-value: why, and at which node of the plan it arose.
struct Unknown {
    Cause cause = Cause::MissingInput;
    NodeId origin = kNoNode;

    friend bool operator==(const Unknown&, const Unknown&) = default;
};

// Known: bool, 64-bit integer (int, percent, money, date, time, duration, enum, points), binary64,
// or text. The type is not held here: it is the type of the node or field that gave the value.
class Value {
public:
    Value() = default; // unknown: missing in the data
    Value(Unknown unknown) : held_(unknown) {}
    static Value of(bool value) { return Value(Held(value)); }
    static Value of(std::int64_t value) { return Value(Held(value)); }
    static Value of(double value) { return Value(Held(value)); }
    static Value of(std::string value) { return Value(Held(std::move(value))); }
    static Value unknown(Cause cause, NodeId origin) { return Value(Unknown{cause, origin}); }

    bool known() const { return !std::holds_alternative<Unknown>(held_); }
    const Unknown& why() const { return std::get<Unknown>(held_); }

    // Each requires that a known value of that representation is held.
    bool boolean() const { return std::get<bool>(held_); }
    std::int64_t integer() const { return std::get<std::int64_t>(held_); }
    double real() const { return std::get<double>(held_); }
    const std::string& text() const { return std::get<std::string>(held_); }

    // True only if known and true: the only way in which `when` and `where` match.
    bool is_true() const {
        const bool* held = std::get_if<bool>(&held_);
        return held != nullptr && *held;
    }
    bool is_false() const {
        const bool* held = std::get_if<bool>(&held_);
        return held != nullptr && !*held;
    }

    // Index of the alternative: 0 unknown, 1 bool, 2 integer, 3 real, 4 text (serialised).
    std::size_t alternative() const { return held_.index(); }

    friend bool operator==(const Value&, const Value&) = default;

private:
    using Held = std::variant<Unknown, bool, std::int64_t, double, std::string>;
    explicit Value(Held held) : held_(std::move(held)) {}
    Held held_;
};

} // namespace rulebook::plan
