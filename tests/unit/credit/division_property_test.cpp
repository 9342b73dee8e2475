// Laws of the division: what a deal gives adds up to its amount, by party and by touch, and nothing
// depends on the sign.
#include <cstdlib>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/credit/division.hpp"
#include "tests/unit/credit/offers.hpp"

namespace rulebook::credit {
namespace {

std::vector<Touch> some_touches() {
    std::vector<Touch> made;
    std::uint32_t rank = 0;
    for (const int letter : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5))) {
        Touch touch;
        const std::string name(1, static_cast<char>('a' + letter));
        touch.party = letter == 4 ? Party::unknown() : party(name);
        rank += *rc::gen::inRange<std::uint32_t>(0, 2);
        touch.rank = rank;
        touch.keys = {plan::Value::of(*rc::gen::inRange<std::int64_t>(0, 3))};
        made.push_back(touch);
    }
    return made;
}

// Parts of 100% in millionths.
std::vector<std::int64_t> some_parts(std::size_t count) {
    std::vector<std::int64_t> parts;
    std::int64_t left = 1'000'000;
    for (std::size_t i = 1; i < count; ++i) {
        parts.push_back(*rc::gen::inRange<std::int64_t>(0, left + 1));
        left -= parts.back();
    }
    parts.push_back(left);
    return parts;
}

Offer some_model() {
    using enum plan::SplitModel;
    Offer made = offered(*rc::gen::element(First, Last, Equal, Position, Fixed, Incremental));
    made.condition = *rc::gen::element(plan::Value::of(true), plan::Value::of(true),
                                       plan::Value::of(false), plan::Value());
    if (*rc::gen::arbitrary<bool>())
        made.model.key = 0;
    const auto parts = some_parts(3);
    if (made.model.kind == Fixed)
        made.model.shares = {
            {party("a"), parts[0]}, {party("b"), parts[1]}, {party("z"), parts[2]}};
    if (made.model.kind == Position) {
        made.model.first = parts[0];
        made.model.middle = parts[1];
        made.model.last = parts[2];
    }
    if (made.model.kind == Incremental) {
        made.facts.unassisted = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
        made.facts.assisted = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
        made.model.assisted_party = party("a");
        if (*rc::gen::arbitrary<bool>())
            made.model.rest_party = party("y");
    }
    return made;
}

struct Case {
    std::int64_t amount = 0;
    std::vector<Touch> touches;
    std::vector<Offer> models;
    std::vector<PartyPart> floors;

    Division divided() const { return divide(amount, touches, models, floors); }
};

Case some_case() {
    Case made;
    made.amount =
        *rc::gen::weightedOneOf<std::int64_t>({{3, rc::gen::inRange<std::int64_t>(-1'000, 1'000)},
                                               {1, rc::gen::arbitrary<std::int64_t>()}});
    made.touches = some_touches();
    const int models = *rc::gen::inRange(1, 4);
    for (int i = 0; i < models; ++i)
        made.models.push_back(some_model());
    const auto parts = some_parts(3);
    if (*rc::gen::arbitrary<bool>())
        made.floors = {{party("b"), parts[0]}, {party("x"), parts[1]}};
    return made;
}

RC_GTEST_PROP(Division, PartiesAndTouchesAddUpToTheAmount, ()) {
    const Case some = some_case();
    const Division division = some.divided();
    __int128 total = 0;
    for (const auto& each : division.parties) {
        total += each.amount;
        RC_ASSERT(each.amount == 0 || (each.amount < 0) == (some.amount < 0));
        __int128 over_touches = 0;
        for (const auto& touch : each.touches)
            over_touches += touch.amount;
        RC_ASSERT(each.touches.empty() || over_touches == each.amount);
    }
    RC_ASSERT(total == some.amount);
}

RC_GTEST_PROP(Division, NobodyIsBelowTheFloorExceptWithoutTouches, ()) {
    const Case some = some_case();
    const Division division = some.divided();
    for (const auto& each : division.parties)
        if (each.floor)
            RC_ASSERT(each.share.millionths >= *each.floor);
    RC_ASSERT(division.units_by_rounding <= static_cast<std::int64_t>(division.parties.size()));
}

RC_GTEST_PROP(Division, TheSignChangesNothingElse, ()) {
    Case some = some_case();
    RC_PRE(some.amount != std::numeric_limits<std::int64_t>::min());
    const Division there = some.divided();
    some.amount = -some.amount;
    const Division back = some.divided();
    RC_ASSERT(there.parties.size() == back.parties.size());
    for (std::size_t i = 0; i < there.parties.size(); ++i)
        RC_ASSERT(there.parties[i].amount == -back.parties[i].amount);
}

// Touches of one instant have no order: nothing that a model gives them may depend on it, for
// models that do not ask for the order.
RC_GTEST_PROP(Division, TheOrderOfSimultaneousTouchesDoesNotMatter, ()) {
    Case some = some_case();
    for (Touch& touch : some.touches)
        touch.rank = 0;
    for (Offer& offer : some.models)
        RC_PRE(offer.model.kind == plan::SplitModel::Equal ||
               offer.model.kind == plan::SplitModel::Fixed ||
               offer.model.kind == plan::SplitModel::Incremental);
    const Division before = some.divided();
    std::reverse(some.touches.begin(), some.touches.end());
    const Division after = some.divided();
    RC_ASSERT(before.parties.size() == after.parties.size());
    for (std::size_t i = 0; i < before.parties.size(); ++i) {
        RC_ASSERT(before.parties[i].party.same_as(after.parties[i].party));
        RC_ASSERT(before.parties[i].amount == after.parties[i].amount);
    }
}

RC_GTEST_PROP(Division, TheOrderOfFloorsDoesNotMatter, ()) {
    Case some = some_case();
    const Division before = some.divided();
    std::reverse(some.floors.begin(), some.floors.end());
    const Division after = some.divided();
    for (std::size_t i = 0; i < before.parties.size(); ++i)
        RC_ASSERT(before.parties[i].amount == after.parties[i].amount);
}

} // namespace
} // namespace rulebook::credit
