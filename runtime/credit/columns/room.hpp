// Where a deal is divided: arrays that are large enough for its touches and parties. Internal to
// this folder.
#pragma once

#include <algorithm>
#include <vector>

#include "runtime/credit/columns/column_division.hpp"
#include "runtime/credit/columns/exact_parts.hpp"

namespace rulebook::credit::columns {

// The touches that are taken for a deal, in order.
struct Taken {
    const std::int64_t* instants = nullptr;
    const Code* parties = nullptr;
    RowIndex first = 0;
    std::uint32_t count = 0;

    RowIndex row(std::uint32_t i) const { return first + i; }
};

// What a model gives: numerators of the touches and of parties that it names, all of `whole`.
template <class Number>
struct Weighed {
    Number whole = 0;        // 0: no touch has a positive weight
    NamedPart named[2] = {}; // incremental
    std::uint32_t named_count = 0;
    bool fits = true;
};

// In the numbers of one width.
template <class Number>
struct NumberRoom {
    std::vector<Number> weights;    // by touch
    std::vector<Number> sums;       // by slot
    std::vector<Number> parts;      // by place of the party
    std::vector<Number> remainders; // of parties, or of touches of one
    std::vector<Number> gathered;   // weights of the touches of one party after the other

    void grow(std::size_t touches, std::size_t parties) {
        weights.resize(touches);
        gathered.resize(touches);
        sums.resize(parties);
        parts.resize(parties);
        remainders.resize(std::max(touches, parties));
    }
};

struct Room {
    static constexpr std::uint32_t kNoSlot = 0xffffffff;

    // A slot is a party of the deal, in the order in which parties come up.
    std::vector<std::uint32_t> slot_of_code; // kNoSlot between deals
    std::vector<std::uint32_t> count_of_key; // 0 between deals
    std::vector<Code> keys;                  // that the deal's touches have

    std::vector<std::uint32_t> slots;                  // by touch
    std::vector<std::uint32_t> listed;                 // touches by party
    std::vector<Code> codes;                           // by slot
    std::vector<std::uint32_t> firsts, counts, places; // by slot; places: of its next touch
    std::vector<std::uint64_t> floors;                 // by slot, millionths
    std::vector<std::uint8_t> raised;                  // by slot
    std::vector<std::uint32_t> order, ranks;           // slots in the order of ties
    std::vector<std::uint64_t> amounts, touch_amounts;
    std::vector<std::uint32_t> sorted;
    std::vector<std::uint64_t> held; // milestones
    std::vector<std::uint8_t> holds;
    NumberRoom<Narrow> narrow;
    NumberRoom<Broad> broad;
    std::size_t touches = 0;
    Want want = Want::Touches;

    template <class Number>
    NumberRoom<Number>& numbers() {
        if constexpr (sizeof(Number) == sizeof(Narrow))
            return narrow;
        else
            return broad;
    }

    // For a deal of so many touches, and parties beside theirs.
    void grow(std::size_t wanted, std::size_t others) {
        if (wanted < touches)
            return;
        touches = 2 * wanted + 16;
        const std::size_t parties = touches + others + 1;
        for (auto* each : {&slots, &listed})
            each->resize(touches);
        for (auto* each : {&firsts, &counts, &places, &order, &ranks, &codes})
            each->resize(parties);
        for (auto* each : {&floors, &amounts})
            each->resize(parties);
        raised.resize(parties);
        touch_amounts.resize(touches);
        held.resize(touches);
        holds.resize(touches);
        sorted.resize(parties);
        narrow.grow(touches, parties);
        broad.grow(touches, parties);
    }
};

} // namespace rulebook::credit::columns
