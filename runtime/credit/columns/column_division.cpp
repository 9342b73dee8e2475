#include "runtime/credit/columns/column_division.hpp"

#include "runtime/credit/columns/lanes.hpp"
#include "runtime/credit/columns/parties.hpp"
#include "runtime/credit/columns/search.hpp"
#include "runtime/credit/columns/weighing.hpp"

namespace rulebook::credit::columns {

using plan::SplitModel;

void DividedDeals::start(std::size_t deals) {
    outcomes.clear();
    outcomes.resize(deals, Outcome::Untouched);
    parties_of.clear();
    parties_of.resize(deals);
    party.clear();
    share.clear();
    amount.clear();
    last_touch.clear();
    touch.clear();
    touch_amount.clear();
}

ColumnRule ColumnRule::of(std::span<const PartyPart> floors, const Party& without_touches,
                          PartyCodes& parties) {
    ColumnRule rule;
    for (const PartyPart& floor : floors)
        rule.floors.push_back(
            {parties.add(floor.party), static_cast<std::uint64_t>(floor.millionths)});
    rule.without_touches = parties.add(without_touches);
    return rule;
}

struct ColumnDivision::Room : columns::Room {};

namespace {

// One model's deals.
class ModelDivision {
public:
    ModelDivision(const ColumnRule& rule, const ColumnModel& model, const TouchColumns& touches,
                  const DealColumns& deals, columns::Room& room, DividedDeals& divided)
        : rule_(rule), model_(model), touches_(touches), deals_(deals), room_(room),
          divided_(divided) {}

    template <SplitModel kind>
    void divide_all(std::span<const std::uint32_t> asked) {
        for (const std::uint32_t deal : asked) {
            const auto before = static_cast<std::uint32_t>(divided_.party.size());
            divided_.outcomes[deal] = divide<kind>(deal);
            divided_.parties_of[deal] = {before, static_cast<std::uint32_t>(divided_.party.size())};
        }
    }

private:
    Taken touches_of(std::uint32_t deal) {
        const std::int64_t* instants = touches_.instants.data();
        const RowIndex end = deals_.last_touch[deal];
        const RowIndex first =
            first_from(instants, deals_.first_touch[deal], end, deals_.since[deal]);
        const RowIndex last = first_after(instants, first, end, deals_.until[deal]);
        room_.grow(last - first, others());
        return {instants + first, touches_.parties.data() + first, first, last - first};
    }
    // Parties that a deal may have beside those of its touches.
    std::size_t others() const {
        constexpr std::size_t kIncremental = 2;
        return rule_.floors.size() + model_.shares.size() + kIncremental;
    }

    template <SplitModel kind>
    Outcome divide(std::uint32_t deal) {
        const Taken taken = touches_of(deal);
        if (taken.count == 0) {
            give_all(rule_.without_touches, deals_.amounts[deal], room_.want, divided_);
            return Outcome::NoTouch;
        }
        if (!model_.fits)
            return Outcome::TooLarge;
        if constexpr (kind != SplitModel::Decay)
            if (const Outcome outcome = divide<kind, Narrow>(deal, taken);
                outcome != Outcome::TooLarge)
                return outcome;
        return divide<kind, Broad>(deal, taken);
    }

    template <SplitModel kind, class Number>
    Outcome divide(std::uint32_t deal, const Taken& taken) {
        const Weighing weighing{model_, touches_, deals_.facts, deal, taken, room_};
        const Weighed<Number> weighed =
            weigh(ModelTag<kind>(), weighing, room_.numbers<Number>().weights.data());
        if (!weighed.fits)
            return Outcome::TooLarge;
        if (weighed.whole == 0)
            return Outcome::Passed;
        const WeighedDeal<Number> made{rule_,   touches_,      taken,
                                       weighed, model_.shares, deals_.amounts[deal]};
        return distribute(made, room_, divided_) ? Outcome::Divided : Outcome::TooLarge;
    }

    const ColumnRule& rule_;
    const ColumnModel& model_;
    const TouchColumns& touches_;
    const DealColumns& deals_;
    columns::Room& room_;
    DividedDeals& divided_;
};

} // namespace

ColumnDivision::ColumnDivision(const ColumnRule& rule, Lanes lanes)
    : rule_(&rule), room_(std::make_unique<Room>()),
      lanes_(lanes == Lanes::IfThere && has_lanes()) {
    room_->slot_of_code.resize(rule.order_of_names.size(), Room::kNoSlot);
    room_->count_of_key.resize(rule.keys);
}

ColumnDivision::~ColumnDivision() = default;
ColumnDivision::ColumnDivision(ColumnDivision&&) noexcept = default;
ColumnDivision& ColumnDivision::operator=(ColumnDivision&&) noexcept = default;

void ColumnDivision::divide(const ColumnModel& model, const TouchColumns& touches,
                            const DealColumns& deals, std::span<const std::uint32_t> asked,
                            DividedDeals& divided, Want want) {
    room_->want = want;
    left_.clear();
    by_lanes_ = 0;
    if (want == Want::Parties && lanes_ && suits_lanes(*rule_, model)) {
        divide_in_lanes(model, touches, deals, asked, divided, left_);
        by_lanes_ = asked.size() - left_.size();
        asked = left_;
    }
    ModelDivision division(*rule_, model, touches, deals, *room_, divided);
    switch (model.kind) {
#define RB_SPLIT_MODEL(Name, id, spelling)                                                         \
    case SplitModel::Name:                                                                         \
        division.divide_all<SplitModel::Name>(asked);                                              \
        return;
#include "runtime/plan/split_models.def"
    }
}

} // namespace rulebook::credit::columns
