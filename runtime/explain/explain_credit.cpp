#include "runtime/explain/explain_credit.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "runtime/explain/left_out_touches.hpp"
#include "runtime/explain/reads.hpp"
#include "runtime/explain/subject.hpp"
#include "runtime/interpret/readable.hpp"
#include "runtime/value/decimal.hpp"

namespace rulebook::explain {

namespace {

using credit::DealCredit;
using credit::Division;

std::string percent_text(std::int64_t millionths) {
    std::string out;
    append_percent_sign(out, millionths);
    return out;
}

// "2/3, 66.6667%".
std::string share_text(const Division::Share& share) {
    return fmt::format("{}, {}", share.fraction, percent_text(share.millionths));
}

class DealLines {
public:
    DealLines(interpret::Evaluator& evaluator, interpret::RowIndex root, const DealCredit& deal,
              const interpret::FiredLookup* fired, std::vector<Line>& lines)
        : evaluator_(evaluator), plan_(evaluator.plan()), rule_(plan_.credits[deal.version]),
          deal_(deal), frames_{interpret::Record{plan_.schema.root, root},
                               interpret::Record{rule_.deals, deal.deal}},
          lines_(lines) {
        row_.frames = frames_;
        row_.deal = deal.deal;
        row_.fired = fired;
    }
    DealLines(const DealLines&) = delete;
    DealLines& operator=(const DealLines&) = delete;

    void add(std::int64_t as_of) {
        row_.instant = as_of;
        add_deal();
        if (!deal_.credited())
            return;
        row_.instant = deal_.at.integer();
        row_.touches = deal_.taken;
        add_splits();
        for (const Division::PartyAmount& party : deal_.division.parties)
            add_party(party);
        add_sum();
        std::ranges::move(left_out_lines(evaluator_, deal_, row_), std::back_inserter(lines_));
        add_flags();
    }

private:
    std::string money(std::int64_t minor_units) const {
        return interpret::readable(plan_.schema, plan_.node(rule_.divide).type,
                                   plan::Value::of(minor_units));
    }
    void set_amount(Line& line, std::int64_t minor_units) const {
        line.minor_units = minor_units;
        line.amount = money(minor_units);
    }

    void add_deal() {
        Line line;
        line.kind = LineKind::Deal;
        line.truth = truth_of(deal_.judged);
        line.cause = cause_of(plan_, deal_.judged);
        line.seen = seen_by(evaluator_, rule_.deal_where, row_);
        if (deal_.amount.known())
            set_amount(line, deal_.amount.integer());
        const std::string deal =
            fmt::format("{} {}", plan_.schema.entities[rule_.deals].name,
                        evaluator_.dataset().key_text(rule_.deals, deal_.deal));
        line.text = deal_.credited() ? fmt::format("{}, credited at {}", deal,
                                                   time_text(evaluator_.zone(), deal_.at.integer()))
                                     : fmt::format("{}, not credited: {}", deal,
                                                   credit::words(*deal_.uncredited));
        for (const plan::Value& part : {deal_.at, deal_.amount})
            if (!part.known())
                line.remarks.push_back(cause_of(plan_, part));
        if (deal_.credited())
            add_touch_remarks(line);
        lines_.push_back(std::move(line));
    }

    // Which touches were not taken, and why.
    void add_touch_remarks(Line& line) const {
        using Standing = credit::ConsideredTouch::Standing;
        constexpr std::array<std::pair<Standing, std::string_view>, 5> kWords{
            {{Standing::Taken, "taken"},
             {Standing::TooEarly, "before the lookback"},
             {Standing::TooLate, "after the deal's instant"},
             {Standing::NotAmong, "left out by the rule's filter"},
             {Standing::AmongUnknown, "left out, since the rule's filter is unknown of them"}}};
        for (const auto& [standing, words] : kWords) {
            const auto count =
                std::ranges::count(deal_.touches, standing, &credit::ConsideredTouch::standing);
            if (count > 0)
                line.remarks.push_back(fmt::format(
                    "{} {}: {}", plan_.schema.entities[rule_.touches].collection, words, count));
        }
    }

    void add_splits() {
        for (std::size_t i = 0; i < rule_.splits.size(); ++i) {
            const plan::Split& split = rule_.splits[i];
            Line line = Subject::line(LineKind::Split, split.note, "");
            if (line.text.empty())
                line.text = fmt::format("split {}", plan::spelling(split.model));
            if (split.when != plan::kNoNode) {
                line.truth = truth_of(deal_.conditions[i]);
                line.cause = cause_of(plan_, deal_.conditions[i]);
                line.seen = seen_by(evaluator_, split.when, row_);
            }
            add_rates(split, deal_.facts[i], line);
            line.decides =
                deal_.division.basis == Division::Basis::Model && deal_.division.model == i;
            for (const Division::Passed& passed : deal_.division.passed)
                if (passed.model == i)
                    line.remarks.push_back(fmt::format("passed: {}", credit::words(passed.reason)));
            lines_.push_back(std::move(line));
        }
    }

    // Why a party has its part where no split gave it.
    std::string_view without_model() const {
        switch (deal_.division.basis) {
        case Division::Basis::Model:
            return {};
        case Division::Basis::NoTouch:
            return rule_.without_touches
                       ? "no touch was taken: `without touches` names the party"
                       : "no touch was taken, and no `without touches` says whose it is";
        case Division::Basis::EveryModelPassed:
            return "every split passed";
        }
        return {};
    }

    // The rates that the deal's account and instant have.
    static void add_rates(const plan::Split& split, const credit::DealFacts& facts, Line& line) {
        if (split.model != plan::SplitModel::Incremental)
            return;
        const auto shown = [](const std::optional<std::int64_t>& rate) {
            return rate ? percent_text(*rate) : std::string("unknown");
        };
        line.remarks.push_back(fmt::format("{}: unassisted {}, assisted {}", split.rates_name,
                                           shown(facts.unassisted), shown(facts.assisted)));
    }

    void add_party(const Division::PartyAmount& party) {
        Line line;
        line.kind = LineKind::Party;
        line.text = fmt::format("{}: {}", party.party.name, share_text(party.share));
        set_amount(line, party.amount);
        if (party.floor)
            line.remarks.push_back(
                fmt::format("{} by the model, at least {}{}", share_text(party.by_model),
                            percent_text(*party.floor), party.raised ? ": raised" : ""));
        if (const std::string_view why = without_model(); !why.empty())
            line.remarks.emplace_back(why);
        if (const std::string rounding = rounding_text(party); !rounding.empty())
            line.remarks.push_back(rounding);
        lines_.push_back(std::move(line));
        for (const Division::TouchAmount& touch : party.touches)
            add_touch(touch);
    }

    // "exactly $1,360.3325, rounded down"; "about $66.666666" where the decimals do not end there;
    // nothing where it is whole anyway.
    std::string rounding_text(const Division::PartyAmount& party) const {
        constexpr Int128 kParts = Division::PartyAmount::kPartsOfAUnit;
        if (party.exact_whole)
            return {};
        const auto whole = static_cast<std::int64_t>(party.exact_parts / kParts);
        const bool cents = plan_.node(rule_.divide).type.currency().digits() > 0;
        std::string parts = fmt::format("{}{:04}", cents ? "" : ".",
                                        static_cast<std::int64_t>(party.exact_parts % kParts));
        parts.erase(parts.find_last_not_of("0.") + 1);
        return fmt::format("{} {}{}, rounded {}", party.whole_parts ? "exactly" : "about",
                           money(deal_.amount.integer() < 0 ? -whole : whole), parts,
                           party.rounded_up ? "up: of the remainders it is among the largest"
                                            : "down");
    }

    // The amounts as they are told above, added up.
    void add_sum() {
        Line line;
        line.kind = LineKind::Sum;
        line.text = deal_.division.units_by_rounding > 0
                        ? "together; what rounding down had left went to the largest remainders"
                        : "together";
        std::int64_t sum = 0;
        for (const Division::PartyAmount& party : deal_.division.parties)
            sum += party.amount;
        set_amount(line, sum);
        lines_.push_back(std::move(line));
    }

    void add_touch(const Division::TouchAmount& touch) {
        const interpret::RowIndex row = deal_.taken[touch.touch];
        const plan::Entity& entity = plan_.schema.entities[rule_.touches];
        Line line;
        line.kind = LineKind::Touch;
        const plan::Value time =
            evaluator_.dataset().value(rule_.touches, row, *entity.visible_from());
        line.text = fmt::format("{}: {} of it",
                                touch_text(evaluator_, {rule_.touches, row}, time.integer()),
                                share_text(touch.share));
        set_amount(line, touch.amount);
        lines_.push_back(std::move(line));
    }

    void add_flags() {
        for (std::size_t i = 0; i < rule_.flags.size(); ++i) {
            const plan::Flag& flag = rule_.flags[i];
            Line line = Subject::line(LineKind::Flag, flag.note, "");
            if (line.text.empty())
                line.text = fmt::format("flag {}", flag.name);
            line.truth = truth_of(deal_.flags[i]);
            line.cause = cause_of(plan_, deal_.flags[i]);
            const interpret::CreditedLookup credited = [this](const plan::Value& party) {
                return credited_amount(party);
            };
            row_.credited = &credited;
            line.seen = seen_by(evaluator_, flag.when, row_);
            row_.credited = nullptr;
            lines_.push_back(std::move(line));
        }
    }

    plan::Value credited_amount(const plan::Value& party) const {
        const credit::Party asked = credit::party_of(plan_, rule_, party);
        for (const Division::PartyAmount& each : deal_.division.parties)
            if (each.party.same_as(asked))
                return plan::Value::of(each.amount);
        return plan::Value::of(std::int64_t{0});
    }

    interpret::Evaluator& evaluator_;
    const plan::Plan& plan_;
    const plan::Credit& rule_;
    const DealCredit& deal_;
    std::array<interpret::Record, 2> frames_;
    interpret::RowContext row_;
    std::vector<Line>& lines_;
};

} // namespace

Explanation explain_credit(interpret::Evaluator& evaluator, std::span<const DealCredit> deals,
                           std::uint32_t rule, interpret::RowIndex root, std::int64_t as_of,
                           const interpret::FiredLookup* fired) {
    Explanation explanation = Subject(evaluator, rule, root, as_of).begin();
    std::size_t credited = 0;
    std::size_t listed = 0;
    for (const DealCredit& deal : deals) {
        if (deal.rule != rule)
            continue;
        ++(deal.credited() ? credited : listed);
        DealLines(evaluator, root, deal, fired, explanation.lines).add(as_of);
    }
    explanation.results = {{"credited", std::to_string(credited)},
                           {"not credited", std::to_string(listed)}};
    return explanation;
}

} // namespace rulebook::explain
