// The weights that models give to the touches of a deal, as integers: a template for each model, so
// that nothing is asked touch by touch. Internal to this folder.
#pragma once

#include <limits>
#include <numeric>
#include <type_traits>

#include "runtime/credit/columns/room.hpp"

namespace rulebook::credit::columns {

template <plan::SplitModel kind>
using ModelTag = std::integral_constant<plan::SplitModel, kind>;

// What a model looks at.
struct Weighing {
    const ColumnModel& model;
    const TouchColumns& touches;
    const FactColumns& facts;
    std::uint32_t deal; // row
    Taken taken;        // at least one
    Room& room;
};

template <class Number>
Weighed<Number> all_equal(const Weighing& deal, Number* weights) {
    std::fill_n(weights, deal.taken.count, Number{1});
    return {.whole = deal.taken.count};
}

template <class Number>
Weighed<Number> weigh(ModelTag<plan::SplitModel::First>, const Weighing& deal, Number* weights) {
    std::fill_n(weights, deal.taken.count, Number{0});
    weights[0] = 1;
    return {.whole = 1};
}

template <class Number>
Weighed<Number> weigh(ModelTag<plan::SplitModel::Last>, const Weighing& deal, Number* weights) {
    std::fill_n(weights, deal.taken.count, Number{0});
    weights[deal.taken.count - 1] = 1;
    return {.whole = 1};
}

// Counts the touches of each key; gives a multiple of every count, 0 if that is large. The counts
// are forgotten by forget_keys.
inline std::uint64_t count_keys(const Weighing& deal) {
    const std::span<const Code> keys = deal.touches.keys[deal.model.key];
    Room& room = deal.room;
    room.keys.clear();
    for (std::uint32_t i = 0; i < deal.taken.count; ++i) {
        const Code key = keys[deal.taken.row(i)];
        if (room.count_of_key[key]++ == 0)
            room.keys.push_back(key);
    }
    constexpr std::uint64_t kMost = std::uint64_t{1} << 31;
    std::uint64_t multiple = 1;
    for (const Code key : room.keys) {
        multiple = std::lcm(multiple, std::uint64_t{room.count_of_key[key]});
        if (multiple >= kMost)
            return 0;
    }
    return multiple;
}

inline void forget_keys(const Weighing& deal) {
    for (const Code key : deal.room.keys)
        deal.room.count_of_key[key] = 0;
}

template <class Number>
Weighed<Number> weigh(ModelTag<plan::SplitModel::Equal>, const Weighing& deal, Number* weights) {
    if (!deal.model.by_key)
        return all_equal(deal, weights);
    const std::span<const Code> keys = deal.touches.keys[deal.model.key];
    const std::uint64_t per_key = count_keys(deal);
    for (std::uint32_t i = 0; per_key != 0 && i < deal.taken.count; ++i)
        weights[i] = per_key / deal.room.count_of_key[keys[deal.taken.row(i)]];
    forget_keys(deal);
    return {.whole = Number{per_key} * deal.room.keys.size(), .fits = per_key != 0};
}

template <class Number>
Weighed<Number> weigh(ModelTag<plan::SplitModel::Position>, const Weighing& deal, Number* weights) {
    const ColumnModel& model = deal.model;
    const std::uint32_t count = deal.taken.count;
    if (count == 1 || (count == 2 && model.first + model.last == 0))
        return all_equal(deal, weights);
    const std::uint64_t middles = count == 2 ? 1 : count - 2;
    std::fill_n(weights, count, Number{model.middle});
    weights[0] = model.first * middles;
    weights[count - 1] = model.last * middles;
    return {.whole = (model.first + model.last + (count == 2 ? 0 : model.middle)) * middles};
}

// See credit::weigh.
template <class Number>
Weighed<Number> weigh(ModelTag<plan::SplitModel::Milestones>, const Weighing& deal,
                      Number* weights) {
    const ColumnModel& model = deal.model;
    const std::uint32_t count = deal.taken.count;
    std::uint64_t* held = deal.room.held.data();
    std::uint8_t* holds = deal.room.holds.data();
    std::fill_n(held, count, std::uint64_t{0});
    std::fill_n(holds, count, std::uint8_t{0});
    if (model.first_touch) {
        held[0] = *model.first_touch;
        holds[0] = 1;
    }
    for (std::size_t i = 0; i < model.milestones.size(); ++i) {
        if (deal.facts.milestone_known[i][deal.deal] == 0)
            continue;
        const std::int64_t* begin = deal.taken.instants;
        const std::int64_t* later =
            std::upper_bound(begin, begin + count, deal.facts.milestones[i][deal.deal]);
        if (later == begin)
            continue;
        held[later - begin - 1] += model.milestones[i];
        holds[later - begin - 1] = 1;
    }
    const auto rest = static_cast<std::uint64_t>(std::count(holds, holds + count, 0));
    const std::uint64_t rest_touches = std::max<std::uint64_t>(rest, 1);
    Number whole = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        weights[i] = holds[i] != 0 ? held[i] * rest_touches : model.others;
        whole += weights[i];
    }
    return whole == 0 ? all_equal(deal, weights) : Weighed<Number>{.whole = whole};
}

template <class Number>
Weighed<Number> weigh(ModelTag<plan::SplitModel::Decay>, const Weighing& deal, Number* weights) {
    const HalvingWeights& halving = *deal.model.halving;
    const std::uint32_t count = deal.taken.count;
    const auto last = static_cast<std::uint64_t>(deal.taken.instants[count - 1]);
    Number whole = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        weights[i] = halving(last - static_cast<std::uint64_t>(deal.taken.instants[i]));
        whole += weights[i];
    }
    return {.whole = whole};
}

template <class Number>
Weighed<Number> weigh(ModelTag<plan::SplitModel::Weights>, const Weighing& deal, Number* weights) {
    const std::span<const Code> keys = deal.touches.keys[deal.model.key];
    const std::uint32_t count = deal.taken.count;
    if (deal.model.weight_bits + bits_of(Narrow{count}) > kProductBits<Number>)
        return {.fits = false};
    Number whole = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        weights[i] = deal.model.weights[keys[deal.taken.row(i)]];
        whole += weights[i];
    }
    return whole == 0 ? all_equal(deal, weights) : Weighed<Number>{.whole = whole};
}

template <class Number>
Weighed<Number> weigh(ModelTag<plan::SplitModel::Markov>, const Weighing& deal, Number* weights) {
    const std::span<const Code> keys = deal.touches.keys[deal.model.key];
    const std::uint32_t count = deal.taken.count;
    const std::uint64_t per_key = count_keys(deal);
    const unsigned bits = deal.model.weight_bits + bits_of(per_key) + bits_of(Narrow{count});
    const bool fits = per_key != 0 && bits <= kProductBits<Number>;
    Number whole = 0;
    for (std::uint32_t i = 0; fits && i < count; ++i) {
        const Code key = keys[deal.taken.row(i)];
        weights[i] = Number{deal.model.weights[key]} * (per_key / deal.room.count_of_key[key]);
        whole += weights[i];
    }
    forget_keys(deal);
    return {.whole = whole, .fits = fits};
}

template <class Number>
Weighed<Number> weigh(ModelTag<plan::SplitModel::Fixed>, const Weighing& deal, Number* weights) {
    std::fill_n(weights, deal.taken.count, Number{0});
    return {.whole = deal.model.whole};
}

// See credit::weigh.
template <class Number>
Weighed<Number> weigh(ModelTag<plan::SplitModel::Incremental>, const Weighing& deal,
                      Number* weights) {
    const auto assisted = static_cast<std::uint64_t>(deal.facts.assisted[deal.deal]);
    const auto unassisted = static_cast<std::uint64_t>(deal.facts.unassisted[deal.deal]);
    const std::uint64_t added = assisted > unassisted ? assisted - unassisted : 0;
    const std::uint64_t rest = assisted - added;
    if (deal.model.rest) {
        std::fill_n(weights, deal.taken.count, Number{0});
        return {.whole = assisted,
                .named = {{deal.model.assisted, added}, {*deal.model.rest, rest}},
                .named_count = 2};
    }
    std::fill_n(weights, deal.taken.count, Number{rest});
    return {.whole = Number{assisted} * deal.taken.count,
            .named = {{deal.model.assisted, added * deal.taken.count}},
            .named_count = 1};
}

} // namespace rulebook::credit::columns
