#include "runtime/engine/credit_rows.hpp"

#include <algorithm>
#include <tuple>

#include "runtime/engine/how_bought.hpp"
#include "runtime/explain/reads.hpp"

namespace rulebook::engine {

using credit::columns::AccountDeal;
using credit::columns::Outcome;

namespace {

constexpr std::string_view kWithoutTouches = "without touches";
constexpr std::string_view kUnattributed = "unattributed";

Currency currency_of(const plan::Plan& plan, std::uint32_t version) {
    return plan.node(plan.credits[version].divide).type.currency();
}

} // namespace

CreditRows::CreditRows(const Prepared& prepared, const credit::columns::ColumnShapes* shapes,
                       interpret::Evaluator& evaluator, Code code)
    : prepared_(prepared), shapes_(shapes), evaluator_(evaluator), code_(std::move(code)) {
    if (shapes == nullptr)
        return;
    columns_.emplace(*shapes, evaluator);
    bought_by_.resize(shapes->versions().size());
}

void CreditRows::begin(const Piece& piece) {
    const native::CreditCode* const code = columns_ && code_ ? code_() : nullptr;
    if (code != nullptr && code != taken_up_)
        columns_->take_up(*code, prepared_.expressions, prepared_.as_of);
    if (code != nullptr)
        columns_->begin(static_cast<data::RowIndex>(piece.first),
                        static_cast<data::RowIndex>(piece.last), prepared_.as_of);
    taken_up_ = code;
}

void CreditRows::add(AccountIndex account, const interpret::FiredLookup* fired, Results& results) {
    if (!columns_)
        return add_alone(account, fired, results);
    for (const AccountDeal& deal : columns_->credit(account, prepared_.as_of, fired))
        if (deal.alone)
            add(account, *deal.alone, results);
        else
            add(account, deal, results);
}

void CreditRows::add_alone(AccountIndex account, const interpret::FiredLookup* fired,
                           Results& results) {
    std::vector<credit::DealCredit> deals = credit::credit_deals(
        prepared_.credits, evaluator_, account, prepared_.as_of, fired, credit::Detail::Amounts);
    // By the deal's instant; deals without one last.
    std::ranges::sort(deals, {}, [](const credit::DealCredit& deal) {
        const std::int64_t at = deal.at.known() ? deal.at.integer() : 0;
        return std::tuple(!deal.at.known(), at, deal.rule, deal.deal);
    });
    for (const credit::DealCredit& deal : deals)
        if (std::ranges::binary_search(prepared_.selection.credits, deal.rule))
            add(account, deal, results);
}

// Why the deal is not credited, with the unknown behind it.
std::string CreditRows::cause_of(const credit::DealCredit& deal) const {
    std::string cause(credit::words(*deal.uncredited));
    for (const plan::Value* part : {&deal.judged, &deal.at, &deal.amount})
        if (!part->known())
            return cause + ": " + explain::cause_of(prepared_.plan, *part);
    return cause;
}

void CreditRows::add(AccountIndex account, const credit::DealCredit& deal, Results& results) const {
    using Basis = credit::Division::Basis;
    const plan::Credit& rule = prepared_.plan.credits[deal.version];
    const interpret::Record record{rule.deals, deal.deal};
    const Currency currency = currency_of(prepared_.plan, deal.version);
    if (!deal.credited()) {
        const auto amount =
            deal.amount.known() ? std::optional(deal.amount.integer()) : std::nullopt;
        results.uncredited.push_back(
            {deal.rule, account, record, amount, currency, cause_of(deal)});
        return;
    }
    engine::add(results.bought, how_bought(prepared_.plan, deal));
    const credit::Division& division = deal.division;
    for (const credit::Division::PartyAmount& party : division.parties) {
        if (party.amount == 0 && party.share.millionths == 0)
            continue; // it was there and has no part in the deal: the explanation says why
        PartyCredit credit;
        credit.rule = deal.rule;
        credit.version = deal.version;
        credit.account = account;
        credit.deal = record;
        credit.at = deal.at.integer();
        credit.party = party.party.name;
        credit.share = party.share.millionths;
        credit.amount = party.amount;
        credit.currency = currency;
        credit.model = division.basis == Basis::Model
                           ? plan::spelling(rule.splits[division.model].model)
                       : division.basis == Basis::NoTouch ? kWithoutTouches
                                                          : kUnattributed;
        for (const credit::Division::TouchAmount& touch : party.touches)
            credit.touches.push_back({{rule.touches, deal.taken[touch.touch]}, touch.amount});
        results.credits.push_back(std::move(credit));
    }
    if (!deal.unseen.empty())
        results.flags.push_back({deal.rule, deal.version, std::string(plan::kNoWeightFlag), account,
                                 record, deal.amount.integer(), currency});
    for (std::size_t i = 0; i < deal.flags.size(); ++i)
        if (deal.flags[i].is_true())
            results.flags.push_back({deal.rule, deal.version, rule.flags[i].name, account, record,
                                     deal.amount.integer(), currency});
}

void CreditRows::add(AccountIndex account, const AccountDeal& deal, Results& results) {
    engine::add(results.bought, {deal.rule, currency_of(prepared_.plan, deal.version),
                                 bought_by(deal), 1, deal.amount});
    add_parties(account, deal, results);
    add_flags(account, deal, results);
}

// Thought out once for the same parties.
const std::string& CreditRows::bought_by(const AccountDeal& deal) {
    const credit::columns::DividedDeals& divided = columns_->divided(deal);
    const auto parties = divided.parties_of[deal.row];
    buyers_.clear();
    for (std::uint32_t row = parties.first; row < parties.last; ++row)
        if (const auto touches = divided.touches_of(row); touches.first != touches.last)
            buyers_.push_back(divided.party[row]);
    std::ranges::sort(buyers_);
    const auto [place, fresh] = bought_by_[deal.place].try_emplace(buyers_);
    if (fresh) {
        std::set<std::string> names;
        for (const credit::columns::Code party : buyers_)
            names.insert(shapes_->versions()[deal.place].parties.party(party).name);
        place->second = how_bought(prepared_.plan, deal.version, names);
    }
    return place->second;
}

void CreditRows::add_parties(AccountIndex account, const AccountDeal& deal,
                             Results& results) const {
    const plan::Credit& rule = prepared_.plan.credits[deal.version];
    const credit::columns::PartyCodes& codes = shapes_->versions()[deal.place].parties;
    const credit::columns::DividedDeals& divided = columns_->divided(deal);
    const auto parties = divided.parties_of[deal.row];
    const bool no_touch = divided.outcomes[deal.row] == Outcome::NoTouch;
    for (std::uint32_t row = parties.first; row < parties.last; ++row) {
        if (divided.amount[row] == 0 && divided.share[row] == 0)
            continue; // it was there and has no part in the deal: the explanation says why
        PartyCredit& credit = results.credits.emplace_back();
        credit.rule = deal.rule;
        credit.version = deal.version;
        credit.account = account;
        credit.deal = {rule.deals, deal.deal};
        credit.at = *deal.at;
        credit.party = codes.party(divided.party[row]).name;
        credit.share = divided.share[row];
        credit.amount = divided.amount[row];
        credit.currency = currency_of(prepared_.plan, deal.version);
        credit.model = no_touch ? kWithoutTouches : plan::spelling(rule.splits[deal.model].model);
        const auto touches = divided.touches_of(row);
        credit.touches.reserve(touches.last - touches.first);
        for (std::uint32_t touch = touches.first; touch < touches.last; ++touch)
            credit.touches.push_back(
                {{rule.touches, columns_->touch_of(deal, divided.touch[touch])},
                 divided.touch_amount[touch]});
    }
}

void CreditRows::add_flags(AccountIndex account, const AccountDeal& deal, Results& results) const {
    const plan::Credit& rule = prepared_.plan.credits[deal.version];
    const Currency currency = currency_of(prepared_.plan, deal.version);
    const interpret::Record record{rule.deals, deal.deal};
    if (deal.unseen)
        results.flags.push_back({deal.rule, deal.version, std::string(plan::kNoWeightFlag), account,
                                 record, deal.amount, currency});
    for (std::size_t i = 0; i < deal.flags.size(); ++i)
        if (deal.flags[i])
            results.flags.push_back({deal.rule, deal.version, rule.flags[i].name, account, record,
                                     deal.amount, currency});
}

} // namespace rulebook::engine
