// Summaries as bytes: what is kept of one account, so that a later run need not evaluate it.
#include <array>

#include "tools/rulec/run_summary.hpp"

namespace rulec::tool {
namespace {

using incremental::PackedReader;
using incremental::PackedWriter;
using rulebook::engine::TriggerCounts;
using Sum = CreditSummary::Sum;
using Sums = CreditSummary::Sums;

void write(PackedWriter& packed, std::uint64_t number) {
    packed.number(number);
}
void write(PackedWriter& packed, std::int64_t number) {
    packed.amount(number);
}
void write(PackedWriter& packed, std::uint32_t number) {
    packed.number(number);
}
void write(PackedWriter& packed, const std::string& text) {
    packed.text(text);
}

void read(PackedReader& packed, std::uint32_t& number) {
    number = static_cast<std::uint32_t>(packed.number());
}
void read(PackedReader& packed, std::int64_t& number) {
    number = static_cast<std::int64_t>(packed.amount());
}
void read(PackedReader& packed, std::string& text) {
    text = packed.text();
}
void add(PackedReader& packed, std::uint64_t& number) {
    number += packed.number();
}

void write(PackedWriter& packed, const Sum& sum) {
    packed.number(sum.deals);
    packed.amount(sum.amount);
}
void add(PackedReader& packed, Sum& sum) {
    sum.deals += packed.number();
    sum.amount += packed.amount();
}

constexpr std::array kTriggerCounts = {&TriggerCounts::fired,        &TriggerCounts::control,
                                       &TriggerCounts::suppressed,   &TriggerCounts::pending,
                                       &TriggerCounts::when_false,   &TriggerCounts::when_unknown,
                                       &TriggerCounts::not_in_force, &TriggerCounts::before_origin};
// All of them, beside the rule.
static_assert(sizeof(TriggerCounts) == (kTriggerCounts.size() + 1) * sizeof(std::uint64_t));

// Declared before they call each other.
template <class Key, class Value, class Order>
void write(PackedWriter& packed, const std::map<Key, Value, Order>& map);
template <class Key, class Value, class Order>
void add(PackedReader& packed, std::map<Key, Value, Order>& map);

void write(PackedWriter& packed, const CreditSummary::InCurrency& sums) {
    packed.number(sums.currency.packed());
    for (const Sum* sum : {&sums.credited, &sums.uncredited})
        write(packed, *sum);
    for (const Sums* all : {&sums.parties, &sums.bought, &sums.flags})
        write(packed, *all);
    packed.number(sums.uncredited_amountless);
    write(packed, sums.flagged);
    write(packed, sums.by_motion);
}
void add(PackedReader& packed, CreditSummary::InCurrency& sums) {
    sums.currency = rulebook::Currency::from_packed(static_cast<std::uint32_t>(packed.number()));
    for (Sum* sum : {&sums.credited, &sums.uncredited})
        add(packed, *sum);
    for (Sums* all : {&sums.parties, &sums.bought, &sums.flags})
        add(packed, *all);
    sums.uncredited_amountless += packed.number();
    add(packed, sums.flagged);
    add(packed, sums.by_motion);
}

template <class Key, class Value, class Order>
void write(PackedWriter& packed, const std::map<Key, Value, Order>& map) {
    packed.number(map.size());
    for (const auto& [key, value] : map) {
        write(packed, key);
        write(packed, value);
    }
}
template <class Key, class Value, class Order>
void add(PackedReader& packed, std::map<Key, Value, Order>& map) {
    for (auto left = packed.number(); left > 0 && packed.sound(); --left) {
        Key key{};
        read(packed, key);
        add(packed, map[key]);
    }
}

} // namespace

void CreditSummary::write(PackedWriter& packed) const {
    tool::write(packed, rules_);
}

void CreditSummary::add(PackedReader& packed) {
    tool::add(packed, rules_);
}

void RunSummary::write(PackedWriter& packed) const {
    packed.number(evaluated_);
    packed.number(not_yet_);
    tool::write(packed, tiers_);
    tool::write(packed, values_);
    for (const TriggerCounts& counts : triggers_)
        for (const auto count : kTriggerCounts)
            packed.number(counts.*count);
    credit_.write(packed);
}

void RunSummary::add(PackedReader& packed) {
    evaluated_ += packed.number();
    not_yet_ += packed.number();
    tool::add(packed, tiers_);
    tool::add(packed, values_);
    for (TriggerCounts& counts : triggers_)
        for (const auto count : kTriggerCounts)
            counts.*count += packed.number();
    credit_.add(packed);
}

} // namespace rulec::tool
