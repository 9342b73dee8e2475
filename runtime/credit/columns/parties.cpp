#include "runtime/credit/columns/parties.hpp"

#include <numeric>

#include "runtime/value/amount.hpp"

namespace rulebook::credit::columns {

namespace {

constexpr auto kWhole = static_cast<std::uint64_t>(kMillionthsPerOne);
constexpr unsigned kWholeBits = 20;
static_assert(kWhole < std::uint64_t{1} << kWholeBits);

std::uint64_t size_of(std::int64_t amount) {
    return amount < 0 ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
}

// Parties on their way: slots, of which the first `touched` have touches.
struct Slots {
    std::uint32_t touched = 0;
    std::uint32_t count = 0;
};

std::uint32_t slot_of(Code party, Room& room, Slots& slots) {
    std::uint32_t& slot = room.slot_of_code[party];
    if (slot == Room::kNoSlot) {
        slot = slots.count++;
        room.codes[slot] = party;
        room.counts[slot] = 0;
    }
    return slot;
}

// Adds up the weights of each party.
template <class Number>
Slots add_up(const WeighedDeal<Number>& deal, Room& room) {
    const Number* weights = room.numbers<Number>().weights.data();
    Number* sums = room.numbers<Number>().sums.data();
    std::uint32_t* slot_of_code = room.slot_of_code.data();
    std::uint32_t* slot_of_touch = room.slots.data();
    Code* codes = room.codes.data();
    std::uint32_t* firsts = room.firsts.data();
    std::uint32_t* counts = room.counts.data();
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < deal.taken.count; ++i) {
        const Code code = deal.taken.parties[i];
        const std::uint32_t known = slot_of_code[code];
        const bool fresh = known == Room::kNoSlot;
        const std::uint32_t slot = fresh ? count : known;
        codes[count] = code; // of the next slot, if this is not it
        firsts[count] = i;
        counts[count] = 0;
        sums[count] = 0;
        slot_of_code[code] = slot;
        slot_of_touch[i] = slot;
        ++counts[slot];
        sums[slot] += weights[i];
        count += fresh ? 1 : 0;
    }
    Slots slots{count, count};
    const auto add_named = [&](const NamedPart& part) {
        const std::uint32_t before = slots.count;
        const std::uint32_t slot = slot_of(part.party, room, slots);
        sums[slot] = (slot == before ? 0 : sums[slot]) + part.part;
    };
    for (const NamedPart& part : deal.named)
        add_named(part);
    for (std::uint32_t i = 0; i < deal.weighed.named_count; ++i)
        add_named(deal.weighed.named[i]);
    return slots;
}

void forget_slots(Room& room, Slots slots) {
    for (std::uint32_t slot = 0; slot < slots.count; ++slot)
        room.slot_of_code[room.codes[slot]] = Room::kNoSlot;
}

// Raises parties below their floors; sums become parts of what is returned. A share is
// sums (1 - floored) / others, a floor a count of millionths: see credit::apply_floors.
template <class Number>
Number apply_floors(const WeighedDeal<Number>& deal, Room& room, Slots& slots) {
    Number* sums = room.numbers<Number>().sums.data();
    const std::uint32_t before = slots.count;
    std::fill_n(room.floors.data(), slots.count + deal.rule.floors.size(), std::uint64_t{0});
    for (const NamedPart& floor : deal.rule.floors)
        room.floors[slot_of(floor.party, room, slots)] = floor.part;
    std::fill(sums + before, sums + slots.count, Number{0});
    std::fill_n(room.raised.data(), slots.count, std::uint8_t{0});
    Number others = deal.weighed.whole;
    std::uint64_t floored = 0;
    for (bool fell = true; fell;) {
        fell = false;
        Number next_others = others;
        std::uint64_t next_floored = floored;
        for (std::uint32_t slot = 0; slot < slots.count; ++slot) {
            if (room.raised[slot] != 0 ||
                !(sums[slot] * (kWhole - floored) < room.floors[slot] * others))
                continue;
            room.raised[slot] = 1;
            fell = true;
            next_others -= sums[slot];
            next_floored += room.floors[slot];
        }
        others = next_others;
        floored = next_floored;
    }
    if (floored == 0)
        return deal.weighed.whole;
    for (std::uint32_t slot = 0; slot < slots.count; ++slot)
        sums[slot] =
            room.raised[slot] != 0 ? room.floors[slot] * others : sums[slot] * (kWhole - floored);
    return others * kWhole;
}

// Whether two parties have first touches of one instant: then names may have to order them.
bool may_tie(const Taken& taken, const std::uint32_t* firsts, Slots slots) {
    bool tie = false;
    for (std::uint32_t slot = 1; slot < slots.touched; ++slot)
        tie |= taken.instants[firsts[slot]] == taken.instants[firsts[slot - 1]];
    return tie;
}

bool is_ordered(const TouchColumns& touches, const Taken& taken, std::uint32_t later) {
    if (taken.instants[later - 1] != taken.instants[later])
        return true;
    if (touches.sequences.empty())
        return false;
    const RowIndex a = taken.row(later - 1);
    const RowIndex b = taken.row(later);
    return touches.sequence_known[a] != 0 && touches.sequence_known[b] != 0 &&
           touches.sequences[a] != touches.sequences[b];
}

void rank_slots(const TouchColumns& touches, const Taken& taken, Room& room, Slots slots) {
    std::uint32_t rank = 0;
    std::uint32_t slot = 0;
    for (std::uint32_t i = 0; i < taken.count && slot < slots.touched; ++i) {
        rank += i > 0 && is_ordered(touches, taken, i) ? 1 : 0;
        if (room.firsts[slot] == i)
            room.ranks[slot++] = rank;
    }
}

// Slots in the order of ties: earlier first touch, none last, then name.
void put_in_order(const ColumnRule& rule, const TouchColumns& touches, const Taken& taken,
                  Room& room, Slots slots) {
    std::uint32_t* order = room.order.data();
    std::iota(order, order + slots.count, 0U);
    const auto by_name = [&](std::uint32_t a, std::uint32_t b) {
        return rule.order_of_names[room.codes[a]] < rule.order_of_names[room.codes[b]];
    };
    if (may_tie(taken, room.firsts.data(), slots)) {
        rank_slots(touches, taken, room, slots);
        std::sort(order, order + slots.touched, [&](std::uint32_t a, std::uint32_t b) {
            return room.ranks[a] != room.ranks[b] ? room.ranks[a] < room.ranks[b] : by_name(a, b);
        });
    }
    if (slots.count > slots.touched + 1)
        std::sort(order + slots.touched, order + slots.count, by_name);
}

std::int64_t with_sign(std::uint64_t size, bool negative) {
    return static_cast<std::int64_t>(negative ? 0 - size : size);
}

// The touches of one party after the other, in the parties' order.
template <class Number>
void list_touches(const Taken& taken, Room& room, Slots slots) {
    std::uint32_t next = 0;
    for (std::uint32_t place = 0; place < slots.count; ++place) {
        room.places[room.order[place]] = next;
        next += room.counts[room.order[place]];
    }
    const NumberRoom<Number>& numbers = room.numbers<Number>();
    const Number* weights = numbers.weights.data();
    Number* gathered = room.numbers<Number>().gathered.data();
    std::uint32_t* listed = room.listed.data();
    for (std::uint32_t i = 0; i < taken.count; ++i) {
        const std::uint32_t at = room.places[room.slots[i]]++;
        listed[at] = i;
        gathered[at] = weights[i];
    }
}

// A party's amount over its touches: by their weights, equally where they have none.
template <class Number>
void over_touches(std::uint64_t amount, std::uint32_t first, std::uint32_t count, Room& room) {
    std::uint64_t* amounts = room.touch_amounts.data() + first;
    const Number* weights = room.numbers<Number>().gathered.data() + first;
    if (count == 1) {
        amounts[0] = amount;
        return;
    }
    Number whole = 0;
    for (std::uint32_t i = 0; i < count; ++i)
        whole += weights[i];
    if (whole == 0) {
        for (std::uint32_t i = 0; i < count; ++i)
            amounts[i] = amount / count + (i < amount % count ? 1 : 0);
        return;
    }
    round_parts(amount, weights, Divider<Number>(whole), count, amounts,
                room.numbers<Number>().remainders.data(), room.sorted.data());
}

// The amounts of touches, party after party, of which the first `slots.count` have amounts.
template <class Number>
void write_touches(const WeighedDeal<Number>& deal, Room& room, Slots slots,
                   DividedDeals& divided) {
    const bool negative = deal.amount < 0;
    list_touches<Number>(deal.taken, room, slots);
    const auto before = static_cast<std::uint32_t>(divided.touch.size());
    std::uint32_t* last_touch = divided.last_touch.extend(slots.count);
    std::uint32_t first = 0;
    for (std::uint32_t place = 0; place < slots.count; ++place) {
        const std::uint32_t count = room.counts[room.order[place]];
        if (count > 0)
            over_touches<Number>(room.amounts[place], first, count, room);
        first += count;
        last_touch[place] = before + first;
    }
    RowIndex* touch = divided.touch.extend(deal.taken.count);
    std::int64_t* amount = divided.touch_amount.extend(deal.taken.count);
    for (std::uint32_t i = 0; i < deal.taken.count; ++i) {
        touch[i] = deal.taken.row(room.listed[i]);
        amount[i] = with_sign(room.touch_amounts[i], negative);
    }
}

template <class Number>
void write(const WeighedDeal<Number>& deal, Number denominator, Room& room, Slots slots,
           DividedDeals& divided) {
    NumberRoom<Number>& numbers = room.numbers<Number>();
    const bool negative = deal.amount < 0;
    const Divider<Number> divider(denominator);
    for (std::uint32_t place = 0; place < slots.count; ++place)
        numbers.parts[place] = numbers.sums[room.order[place]];
    round_parts(size_of(deal.amount), numbers.parts.data(), divider, slots.count,
                room.amounts.data(), numbers.remainders.data(), room.sorted.data());
    Code* party = divided.party.extend(slots.count);
    std::int64_t* share = divided.share.extend(slots.count);
    std::int64_t* amount = divided.amount.extend(slots.count);
    for (std::uint32_t place = 0; place < slots.count; ++place) {
        party[place] = room.codes[room.order[place]];
        share[place] = static_cast<std::int64_t>(divider.nearest(kWhole, numbers.parts[place]));
        amount[place] = with_sign(room.amounts[place], negative);
    }
    if (room.want == Want::Touches)
        write_touches(deal, room, slots, divided);
}

} // namespace

template <class Number>
bool distribute(const WeighedDeal<Number>& deal, Room& room, DividedDeals& divided) {
    const bool floors = !deal.rule.floors.empty();
    const unsigned factor = std::max(bits_of(size_of(deal.amount)), kWholeBits);
    const unsigned parts = bits_of(deal.weighed.whole) + (floors ? kWholeBits : 0);
    if (factor > kFactorBits || factor + parts > kProductBits<Number>)
        return false;
    Slots slots = add_up(deal, room);
    const Number denominator = floors ? apply_floors(deal, room, slots) : deal.weighed.whole;
    put_in_order(deal.rule, deal.touches, deal.taken, room, slots);
    write(deal, denominator, room, slots, divided);
    forget_slots(room, slots);
    return true;
}

template bool distribute(const WeighedDeal<Narrow>&, Room&, DividedDeals&);
template bool distribute(const WeighedDeal<Broad>&, Room&, DividedDeals&);

void give_all(Code party, std::int64_t amount, Want want, DividedDeals& divided) {
    divided.party.push_back(party);
    divided.share.push_back(kMillionthsPerOne);
    divided.amount.push_back(amount);
    if (want == Want::Touches)
        divided.last_touch.push_back(static_cast<std::uint32_t>(divided.touch.size()));
}

} // namespace rulebook::credit::columns
