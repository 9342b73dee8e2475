// credits, uncredited, flags.
#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include <nlohmann/json.hpp>

#include "tools/output/cell_text.hpp"
#include "tools/output/flagged_parties.hpp"
#include "tools/output/result_source.hpp"
#include "tools/output/result_tables.hpp"
#include "tools/output/typed_value.hpp"

namespace rulec::output {
namespace {

using input::ColumnType;
using input::RowSink;

// Amounts of several currencies stand in one column: that of the most digits counts.
int amount_decimals(const ResultSource& source) {
    int decimals = 0;
    for (const auto& credit : source.plan.credits)
        decimals = std::max(decimals, source.plan.nodes[credit.divide].type.currency().digits());
    return decimals;
}

// Most names are keys or hexadecimal: nothing in them needs to be escaped.
void append_json_text(std::string& out, const std::string& text) {
    const bool plain = std::ranges::all_of(text, [](char letter) {
        return letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\';
    });
    out += plain ? '"' + text + '"' : nlohmann::json(text).dump();
}

// As nlohmann::json would dump it; there may be ten million of them.
std::string touches_json(const ResultSource& source, const rulebook::engine::PartyCredit& credit) {
    std::string list = "[";
    for (const auto& touch : credit.touches) {
        list += list.size() == 1 ? R"({"touch":)" : R"(,{"touch":)";
        append_json_text(list, record_name(source.dataset, touch.touch.entity, touch.touch.row));
        list += R"(,"amount":")";
        list += money_text(touch.amount, credit.currency);
        list += R"("})";
    }
    return list + ']';
}

void amount_cells(std::int64_t amount, rulebook::Currency currency, RowSink& sink) {
    sink.decimal(amount, currency.digits());
    sink.text(currency.code());
}

void credit_row(const ResultSource& source, const rulebook::engine::PartyCredit& credit,
                RowSink& sink) {
    sink.text(source.rule(credit.rule));
    sink.text(record_name(source.dataset, credit.deal.entity, credit.deal.row));
    source.account(credit.account, sink);
    sink.text(credit.party);
    sink.percent(credit.share);
    amount_cells(credit.amount, credit.currency, sink);
    sink.text(credit.model);
    text_or_null(source.results.hindsight[credit.rule], sink);
    sink.text(rule_version(source.plan, source.plan.credits[credit.version].effective));
    sink.text(touches_json(source, credit));
}

using AskedByFlag = std::map<std::string, std::set<std::string>>;
using AskedByRule = std::map<std::uint32_t, AskedByFlag>;

AskedByRule asked_by_rule(const rulebook::plan::Plan& plan) {
    AskedByRule asked;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        if (plan.rules[rule].kind == rulebook::plan::RuleKind::Credit)
            asked[rule] = parties_in_flags(plan, rule);
    return asked;
}

// The parts of the parties that the flag asks about: their sum, and each.
void asked_cells(const ResultSource& source, const rulebook::engine::FlaggedDeal& flag,
                 const AskedByFlag& asked_by_flag, RowSink& sink) {
    const auto asked = asked_by_flag.find(flag.flag);
    if (asked == asked_by_flag.end()) {
        sink.null();
        sink.text("[]");
        return;
    }
    std::int64_t sum = 0; // parts of one deal: no more than its amount
    std::string list;
    for (const AskedParty& party : asked_parties(flag, asked->second, source.results)) {
        sum += party.amount;
        list += list.empty() ? R"([{"party":)" : R"(,{"party":)";
        append_json_text(list, party.party);
        list += R"(,"amount":")" + money_text(party.amount, flag.currency) + R"("})";
    }
    sink.decimal(sum, flag.currency.digits());
    sink.text(list + ']');
}

} // namespace

input::TypedTable credits_table(const ResultSource& source) {
    return {
        "credits",
        {{"rule"},
         {"deal"},
         {source.root_name()},
         {"party"},
         {"share", ColumnType::Percent},
         {"amount", ColumnType::Decimal, amount_decimals(source)},
         {"currency"},
         {"model"},
         {"hindsight"},
         {"rule_version"},
         {"touches", ColumnType::Json}},
        source.results.credits.size(),
        [source](std::size_t row, RowSink& sink) {
            credit_row(source, source.results.credits[row], sink);
        },
    };
}

input::TypedTable uncredited_table(const ResultSource& source) {
    return {
        "uncredited",
        {{"rule"},
         {"deal"},
         {source.root_name()},
         {"amount", ColumnType::Decimal, amount_decimals(source)},
         {"currency"},
         {"cause"}},
        source.results.uncredited.size(),
        [source](std::size_t row, RowSink& sink) {
            const auto& deal = source.results.uncredited[row];
            sink.text(source.rule(deal.rule));
            sink.text(record_name(source.dataset, deal.deal.entity, deal.deal.row));
            source.account(deal.account, sink);
            if (deal.amount)
                sink.decimal(*deal.amount, deal.currency.digits());
            else
                sink.null();
            sink.text(deal.currency.code());
            sink.text(deal.cause);
        },
    };
}

input::TypedTable flags_table(const ResultSource& source) {
    auto asked = std::make_shared<const AskedByRule>(asked_by_rule(source.plan));
    return {
        "flags",
        {{"rule"},
         {"flag"},
         {"deal"},
         {source.root_name()},
         {"amount", ColumnType::Decimal, amount_decimals(source)},
         {"currency"},
         {"asked_amount", ColumnType::Decimal, amount_decimals(source)},
         {"asked", ColumnType::Json}},
        source.results.flags.size(),
        [source, asked](std::size_t row, RowSink& sink) {
            const auto& flag = source.results.flags[row];
            sink.text(source.rule(flag.rule));
            sink.text(flag.flag);
            sink.text(record_name(source.dataset, flag.deal.entity, flag.deal.row));
            source.account(flag.account, sink);
            amount_cells(flag.amount, flag.currency, sink);
            asked_cells(source, flag, asked->at(flag.rule), sink);
        },
    };
}

} // namespace rulec::output
