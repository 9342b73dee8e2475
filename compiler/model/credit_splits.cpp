#include "compiler/model/credit_splits.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"
#include "compiler/model/credit_parts.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/decimal.hpp"

namespace rulec::model {

using rulebook::plan::Entity;
using rulebook::plan::FieldIndex;
using rulebook::plan::PartyShare;
using rulebook::plan::Split;
using rulebook::plan::SplitModel;

namespace {

// Rates that every deal has, and that say that help does something.
bool always_divide(const std::vector<rulebook::plan::RateRow>& rates) {
    const auto divides = [](const auto& row) {
        return row.unassisted && row.assisted && *row.assisted > 0;
    };
    const auto is_for_all = [](const auto& row) {
        return row.when == rulebook::plan::kNoNode && !row.effective.from && !row.effective.until;
    };
    return std::ranges::all_of(rates, divides) && std::ranges::any_of(rates, is_for_all);
}

// Whether there may be deals that the model has no weights for, so that the next split divides
// them. A file of weights may be learnt anew, of other parties.
bool may_pass(const Split& split) {
    return split.model == SplitModel::Markov ||
           (split.model == SplitModel::Incremental && !always_divide(split.rates));
}

} // namespace

Value CreditSplits::party(const ast::Party& written) {
    return key_value(context_, party_type_, written);
}

void CreditSplits::build(Checker& checker) {
    checker_ = &checker;
    for (std::size_t i = 0; i < node_.splits.size(); ++i)
        build_split(checker, i);
}

void CreditSplits::build_split(Checker& checker, std::size_t index) {
    const ast::Split& node = node_.splits[index];
    Split split;
    split.note = source_note(context_, node.span);
    if (node.when.present())
        split.when = checker.check_condition(node.when);
    std::visit([&](const auto& model) { fill(model, split, node.model_span); }, node.model);
    const bool written = !std::holds_alternative<ast::ErroneousSplit>(node.model);
    if (!node.when.present() && index + 1 < node_.splits.size() && written && !may_pass(split))
        context_.diagnostics.emit<RB4006>(node.span, rulebook::plan::spelling(split.model));
    credit_.splits.push_back(std::move(split));
}

void CreditSplits::fill(const ast::ErroneousSplit&, Split&, Span) {}
void CreditSplits::fill(const ast::FirstSplit&, Split& split, Span) {
    split.model = SplitModel::First;
}
void CreditSplits::fill(const ast::LastSplit&, Split& split, Span) {
    split.model = SplitModel::Last;
}

void CreditSplits::fill(const ast::EqualSplit& node, Split& split, Span) {
    split.model = SplitModel::Equal;
    if (!node.by.present())
        return;
    split.by = touch_field(node.by);
}

std::optional<FieldIndex> CreditSplits::touch_field(const ast::Name& name) {
    const Entity& touch = context_.book.schema.entities[credit_.touches];
    const auto field = touch.field_named(name.text);
    if (!field) {
        auto& report = context_.diagnostics.emit<RB1205>(name.span, touch.name, name.text);
        std::vector<std::string> names;
        for (const auto& known : touch.fields)
            names.push_back(known.name);
        suggest(report, name.span, name.text, names);
    }
    return field;
}

void CreditSplits::fill(const ast::PositionSplit& node, Split& split, Span span) {
    split.model = SplitModel::Position;
    split.first = share(node.first);
    split.middle = share(node.middle);
    split.last = share(node.last);
    check_total(split.first + split.middle + split.last, span);
}

void CreditSplits::fill(const ast::FixedSplit& node, Split& split, Span span) {
    split.model = SplitModel::Fixed;
    std::int64_t total = 0;
    for (const ast::KeyedWeight& weight : node.shares) {
        const PartyShare made{party(weight.key), share(weight.weight)};
        for (const PartyShare& other : split.shares)
            if (made.party.known() && other.party == made.party)
                context_.diagnostics.emit<RB4007>(weight.span, "fixed");
        total += made.share;
        split.shares.push_back(made);
    }
    check_total(total, span);
}

void CreditSplits::fill(const ast::IncrementalSplit& node, Split& split, Span) {
    split.model = SplitModel::Incremental;
    const auto& rates = context_.book.rates;
    const auto found = std::ranges::find(rates, node.rates.text, &Rates::name);
    if (found == rates.end()) {
        auto& report = context_.diagnostics.emit<RB4004>(node.rates.span, node.rates.text);
        std::vector<std::string> names;
        for (const auto& known : rates)
            names.push_back(known.name);
        suggest(report, node.rates.span, node.rates.text, names);
    } else {
        split.rates_name = found->name;
        split.rates = found->rows;
    }
    split.assisted_party = party(node.to);
    if (node.rest_to)
        split.rest_party = party(*node.rest_to);
}

std::int64_t CreditSplits::share(ast::ExprId id) {
    const std::int64_t share = literal_percent(context_, file_, id).value_or(0);
    if (share >= 0 && share <= rulebook::kMillionthsPerOne)
        return share;
    context_.diagnostics.emit<RB4005>(file_[id].span);
    return 0; // told: it is in no sum
}

void CreditSplits::check_total(std::int64_t total, Span span) {
    if (total == rulebook::kMillionthsPerOne || context_.diagnostics.has_errors())
        return;
    std::string written;
    rulebook::append_percent_sign(written, total);
    context_.diagnostics.emit<RB4002>(span, written);
}

void CreditSplits::build_floors() {
    std::int64_t total = 0;
    for (const ast::Floor& floor : node_.floors) {
        const PartyShare made{party(floor.party), share(floor.share)};
        for (const PartyShare& other : credit_.floors)
            if (made.party.known() && other.party == made.party)
                context_.diagnostics.emit<RB4007>(floor.span, "at least");
        total += made.share;
        credit_.floors.push_back(made);
    }
    if (total <= rulebook::kMillionthsPerOne)
        return;
    std::string written;
    rulebook::append_percent_sign(written, total);
    context_.diagnostics.emit<RB4003>(node_.floors.back().span, written);
}

} // namespace rulec::model
