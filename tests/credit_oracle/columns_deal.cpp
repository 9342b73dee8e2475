#include "tests/credit_oracle/columns_deal.hpp"

#include <limits>

#include "runtime/credit/columns/column_division.hpp"
#include "tests/credit_oracle/runtime_deal.hpp"

namespace rulebook::credit_oracle {

namespace {

using namespace credit::columns;

// The columns of one deal, and what they refer to.
class Columns {
public:
    Columns(const Deal& deal, bool padding) : deal_(deal), padding_(padding) {
        for (std::size_t party = 0; party < deal.names.size(); ++party)
            parties_.add(runtime_party(deal, static_cast<int>(party)));
        unknown_ = parties_.add(credit::Party::unknown());
        keys_.add(runtime_key(kUnknown));
        for (std::size_t i = 0; i < deal.touches.size(); ++i) {
            if (padding)
                add_padding(i);
            add(deal.touches[i], i, true);
        }
        if (padding)
            add_padding(deal.touches.size());
        touches_of_account_ = instants_.size();
        for (int i = 0; i < 4; ++i) // another account's
            add({.instant = first_instant()}, 0, true);
    }

    ColumnAnswer divide(Want want) {
        want_ = want;
        std::vector<credit::Model> models;
        for (const Model& model : deal_.models)
            models.push_back(runtime_model(deal_, model));
        std::vector<ColumnModel> prepared;
        for (const credit::Model& model : models)
            prepared.push_back(ColumnModel::of(model, parties_, &keys_));
        ColumnRule rule = ColumnRule::of(runtime_parts(deal_, deal_.floors),
                                         runtime_party(deal_, deal_.without_touches), parties_);
        rule.order_of_names = parties_.order_of_names();
        rule.keys = keys_.size();
        ColumnAnswer answer;
        ColumnDivision division(rule);
        for (std::size_t i = 0; i < models.size(); ++i) {
            if (deal_.models[i].condition != Condition::True ||
                credit::passes_by_facts(models[i], runtime_facts(deal_.models[i])))
                continue;
            divide(division, prepared[i], deal_.models[i]);
            answer.outcome = divided_.outcomes[0];
            if (answer.outcome == Outcome::Passed)
                continue;
            answer.model = i;
            break;
        }
        read(answer);
        answer.by_lanes = by_lanes_;
        return answer;
    }

private:
    void add(const Touch& touch, std::size_t index, bool taken) {
        instants_.push_back(touch.instant);
        codes_.push_back(touch.party == kUnknown ? unknown_ : static_cast<Code>(touch.party));
        key_codes_.push_back(keys_.add(runtime_key(touch.key)));
        sequences_.push_back(touch.rank);
        sequence_known_.push_back(1);
        taken_.push_back(taken ? 1 : 0);
        indexes_.push_back(index);
    }
    // Between its neighbours; it changes nothing.
    void add_padding(std::size_t before) {
        Touch touch = before == 0 ? Touch{.instant = first_instant()} : deal_.touches[before - 1];
        touch.party = kUnknown;
        add(touch, 0, false);
    }
    std::int64_t first_instant() const {
        return deal_.touches.empty() ? 0 : deal_.touches.front().instant;
    }

    void divide(ColumnDivision& division, const ColumnModel& prepared, const Model& model) {
        const std::span<const Code> keys[] = {key_codes_};
        TouchColumns touches{.instants = instants_,
                             .parties = codes_,
                             .sequences = sequences_,
                             .sequence_known = sequence_known_,
                             .keys = keys};
        if (padding_)
            touches.taken = taken_;
        const RowIndex first = 0;
        const auto last = static_cast<RowIndex>(touches_of_account_);
        const std::int64_t since = first_instant();
        const std::int64_t until = deal_.touches.empty() ? since : deal_.touches.back().instant;
        const std::int64_t unassisted = model.unassisted.value_or(0);
        const std::int64_t assisted = model.assisted.value_or(0);
        std::vector<std::int64_t> instants;
        std::vector<std::uint8_t> known;
        for (const Milestone& milestone : model.milestones) {
            instants.push_back(milestone.instant.value_or(0));
            known.push_back(milestone.instant ? 1 : 0);
        }
        std::vector<std::span<const std::int64_t>> milestones;
        std::vector<std::span<const std::uint8_t>> milestone_known;
        for (std::size_t i = 0; i < instants.size(); ++i) {
            milestones.emplace_back(&instants[i], 1);
            milestone_known.emplace_back(&known[i], 1);
        }
        const DealColumns deals{.first_touch = {&first, 1},
                                .last_touch = {&last, 1},
                                .since = {&since, 1},
                                .until = {&until, 1},
                                .amounts = {&deal_.amount, 1},
                                .facts = {.unassisted = {&unassisted, 1},
                                          .assisted = {&assisted, 1},
                                          .milestones = milestones,
                                          .milestone_known = milestone_known}};
        const std::uint32_t asked = 0;
        divided_.start(1);
        division.divide(prepared, touches, deals, {&asked, 1}, divided_, want_);
        by_lanes_ = division.by_lanes() == 1;
    }

    void read(ColumnAnswer& answer) const {
        if (answer.outcome != Outcome::Divided && answer.outcome != Outcome::NoTouch)
            return;
        for (std::uint32_t row = divided_.parties_of[0].first; row < divided_.parties_of[0].last;
             ++row) {
            ColumnParty& party = answer.parties.emplace_back();
            party.party = parties_.party(divided_.party[row]);
            party.share = divided_.share[row];
            party.amount = divided_.amount[row];
            if (want_ == Want::Parties)
                continue;
            const auto touches = divided_.touches_of(row);
            for (std::uint32_t touch = touches.first; touch < touches.last; ++touch) {
                party.touches.push_back(indexes_[divided_.touch[touch]]);
                party.touch_amounts.push_back(divided_.touch_amount[touch]);
            }
        }
    }

    const Deal& deal_;
    bool padding_;
    PartyCodes parties_;
    KeyCodes keys_;
    Code unknown_ = 0;
    std::vector<std::int64_t> instants_;
    std::vector<Code> codes_, key_codes_;
    std::vector<std::int64_t> sequences_;
    std::vector<std::uint8_t> sequence_known_, taken_;
    std::vector<std::size_t> indexes_;
    std::size_t touches_of_account_ = 0;
    Want want_ = Want::Touches;
    bool by_lanes_ = false;
    DividedDeals divided_;
};

} // namespace

ColumnAnswer divide_by_columns(const Deal& deal, bool padding, Want want) {
    return Columns(deal, padding).divide(want);
}

} // namespace rulebook::credit_oracle
