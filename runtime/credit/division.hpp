// Dividing the amount of one deal among parties and their touches, exactly.
//
// Formulas: section 8 of the language reference. The shares are exact fractions, floors are applied
// to them, and the amount is rounded once, by largest remainder: what a deal gives adds up to its
// amount to the minor unit, always. Pure; safe to call from several threads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/credit/model.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::credit {

// A split in source order, with what its condition says about the deal.
struct OfferedModel {
    const Model* model = nullptr;
    DealFacts facts{};
    plan::Value condition{}; // Bool; true where the split has none
};

// What a division says beside who gets how much. Fractions of large numbers take longer to write
// down than to divide by.
enum class Detail : std::uint8_t {
    Amounts,  // no share of touches, no by_model, nothing exact but the parties' shares
    Explained // everything
};

struct Division {
    enum class Basis : std::uint8_t {
        Model,   // `model` divided it
        NoTouch, // the rule's `without touches`, or nobody
        EveryModelPassed
    };
    // A fraction as people read it, "2/3", and rounded half to even to millionths.
    struct Share {
        std::string fraction;
        std::int64_t millionths = 0;
    };
    struct Passed {
        std::size_t model = 0; // index in the offered models
        PassReason reason = PassReason::ConditionFalse;
    };
    struct TouchAmount {
        std::size_t touch = 0; // index in the touches
        Share share;           // of the party's amount
        std::int64_t amount = 0;
    };
    struct PartyAmount {
        Party party;
        Share by_model;                    // before floors
        std::optional<std::int64_t> floor; // millionths
        bool raised = false;               // to its floor
        Share share;                       // after floors
        std::string exact_amount;          // of |amount|, in minor units, as a fraction
        // The same in ten-thousandths of a unit, rounded down; whether that left nothing; and
        // whether it is a whole unit.
        static constexpr int kPartsOfAUnit = 10'000;
        Int128 exact_parts = 0;
        bool whole_parts = true;
        bool exact_whole = true;
        bool rounded_up = false; // it got one of the units that rounding down had left
        std::int64_t amount = 0; // minor units, with the deal's sign
        std::vector<TouchAmount> touches;
    };

    Basis basis = Basis::Model;
    std::size_t model = 0;              // Basis::Model: index in the offered models
    std::vector<Passed> passed;         // the models before it
    std::vector<PartyAmount> parties;   // earliest first touch first, those without touch last
    std::int64_t units_by_rounding = 0; // minor units that rounding down had left
};

// amount: minor units, of either sign. `touches` in order. `floors` add up to 100% at most.
// `without_touches`: who gets the deal if there is no touch; Unattributed where the rule does not
// say. Requires models without fault (fault_of). Parties that take part with nothing are listed
// with amount 0.
Division divide(std::int64_t amount, std::span<const Touch> touches,
                std::span<const OfferedModel> models, std::span<const PartyPart> floors,
                const Party& without_touches, Detail detail = Detail::Explained);

} // namespace rulebook::credit
