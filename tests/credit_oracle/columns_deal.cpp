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
    Columns(const Deal& deal, bool padding) : deal_(deal) {
        for (std::size_t party = 0; party < deal.names.size(); ++party)
            parties_.add(runtime_party(deal, static_cast<int>(party)));
        unknown_ = parties_.add(credit::Party::unknown());
        keys_.add(runtime_key(kUnknown));
        if (padding)
            add_others();
        first_touch_ = static_cast<RowIndex>(instants_.size());
        for (std::size_t i = 0; i < deal.touches.size(); ++i)
            add(deal.touches[i], i);
        last_touch_ = static_cast<RowIndex>(instants_.size());
        add_others();
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
    void add(const Touch& touch, std::size_t index) {
        instants_.push_back(touch.instant);
        codes_.push_back(touch.party == kUnknown ? unknown_ : static_cast<Code>(touch.party));
        key_codes_.push_back(keys_.add(runtime_key(touch.key)));
        sequences_.push_back(touch.rank);
        sequence_known_.push_back(1);
        indexes_.push_back(index);
    }
    void add_others() { // another account's
        for (int i = 0; i < 4; ++i)
            add({.instant = first_instant()}, 0);
    }
    std::int64_t first_instant() const {
        return deal_.touches.empty() ? 0 : deal_.touches.front().instant;
    }

    void divide(ColumnDivision& division, const ColumnModel& prepared, const Model& model) {
        const std::span<const Code> keys[] = {key_codes_};
        const TouchColumns touches{.instants = instants_,
                                   .parties = codes_,
                                   .sequences = sequences_,
                                   .sequence_known = sequence_known_,
                                   .keys = keys};
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
        const DealColumns deals{.first_touch = {&first_touch_, 1},
                                .last_touch = {&last_touch_, 1},
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
    PartyCodes parties_;
    KeyCodes keys_;
    Code unknown_ = 0;
    std::vector<std::int64_t> instants_;
    std::vector<Code> codes_, key_codes_;
    std::vector<std::int64_t> sequences_;
    std::vector<std::uint8_t> sequence_known_;
    std::vector<std::size_t> indexes_;
    RowIndex first_touch_ = 0, last_touch_ = 0;
    Want want_ = Want::Touches;
    bool by_lanes_ = false;
    DividedDeals divided_;
};

} // namespace

ColumnAnswer divide_by_columns(const Deal& deal, bool padding, Want want) {
    return Columns(deal, padding).divide(want);
}

} // namespace rulebook::credit_oracle
