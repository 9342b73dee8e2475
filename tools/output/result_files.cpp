#include "tools/output/result_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "runtime/engine/hindsight.hpp"
#include "runtime/value/digest.hpp"
#include "tools/output/cell_text.hpp"
#include "tools/output/csv_text.hpp"

namespace rulec::output {

namespace {

using rulebook::data::Dataset;
using rulebook::data::RowIndex;
using rulebook::engine::Results;
using rulebook::plan::Plan;
using rulebook::plan::RuleKind;
using rulebook::plan::Type;
using rulebook::plan::TypeKind;

constexpr std::size_t kIdentityDigits = 32;

struct Source {
    const Plan& plan;
    const Dataset& dataset;
    const Results& results;

    std::string account(RowIndex row) const { return dataset.key_text(plan.schema.root, row); }
    const std::string& rule(std::uint32_t index) const { return plan.rules[index].name; }
};

// ---- accounts: one row each, in the order of their keys

void accounts_head(const Source& source, CsvText& csv) {
    csv.cell(source.plan.schema.root_entity().name);
    for (const auto& fit : source.results.fits) {
        const std::string& name = source.rule(fit.rule);
        csv.cell(name + "_score");
        csv.cell(name + "_tier");
        csv.cell(name + "_hits");
        csv.cell(name + "_unknowns");
    }
    for (const auto& decision : source.results.decisions) {
        const auto& rule = source.plan.rules[decision.rule];
        csv.cell(rule.name);
        if (rule.type.is(TypeKind::Money))
            csv.cell(rule.name + "_currency");
        csv.cell(rule.name + "_clause");
    }
    csv.cell("incomplete");
    csv.end_row();
}

// Numbers of the clauses that hit, from 1, in source order.
std::string hits_text(const rulebook::engine::FitColumns& fit, RowIndex account) {
    std::string text;
    for (std::size_t clause = 0; clause < fit.clauses; ++clause)
        if (fit.hit(account, clause)) {
            if (!text.empty())
                text.push_back(' ');
            text += std::to_string(clause + 1);
        }
    return text;
}

void fit_cells(const Source& source, const rulebook::engine::FitColumns& fit, RowIndex account,
               CsvText& csv) {
    if (!fit.version) {
        for (int cell = 0; cell < 4; ++cell)
            csv.empty_cell();
        return;
    }
    csv.cell(points_text(fit.score[account]));
    if (fit.tier[account] < 0)
        csv.empty_cell();
    else
        csv.cell(cell_text(source.plan.schema, source.plan.rules[fit.rule].type,
                           rulebook::plan::Value::of(fit.tier[account])));
    csv.cell(hits_text(fit, account));
    csv.cell(std::to_string(fit.unknowns[account]));
}

void decision_cells(const Source& source, const rulebook::engine::DecisionColumns& decision,
                    RowIndex account, CsvText& csv) {
    const Type type = source.plan.rules[decision.rule].type;
    const bool there = decision.version.has_value();
    csv.cell(there ? cell_text(source.plan.schema, type, decision.value[account]) : "");
    if (type.is(TypeKind::Money))
        csv.cell(type.currency().code());
    const bool matched = there && decision.clause[account] != 0;
    csv.cell(matched ? std::to_string(decision.clause[account]) : "");
}

std::string accounts_file(const Source& source) {
    CsvText csv;
    accounts_head(source, csv);
    const auto& table = source.dataset.table(source.plan.schema.root);
    for (RowIndex account = 0; account < source.results.accounts; ++account) {
        csv.cell(source.account(account));
        for (const auto& fit : source.results.fits)
            fit_cells(source, fit, account, csv);
        for (const auto& decision : source.results.decisions)
            decision_cells(source, decision, account, csv);
        csv.cell(table.incomplete(account) ? "true" : "false");
        csv.end_row();
    }
    return csv.text();
}

// ---- tables

nlohmann::ordered_json outputs_json(const Source& source, const rulebook::plan::Table& table,
                                    const std::vector<rulebook::plan::Value>& values) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < values.size() && i < table.outputs.size(); ++i) {
        const auto& output = table.outputs[i];
        if (values[i].known())
            json[output.name] = cell_text(source.plan.schema, output.type, values[i]);
        else
            json[output.name] = nullptr;
    }
    return json;
}

std::string tables_file(const Source& source) {
    CsvText csv{source.plan.schema.root_entity().name, "table", "outputs", "row"};
    for (const auto& row : source.results.tables) {
        const auto& table = source.plan.tables[row.version];
        csv.cell(source.account(row.account));
        csv.cell(source.rule(row.rule));
        if (table.hit == rulebook::plan::HitPolicy::Collect) {
            auto list = nlohmann::ordered_json::array();
            for (const auto& values : row.collected)
                list.push_back(outputs_json(source, table, values));
            csv.cell(list.dump());
        } else
            csv.cell(outputs_json(source, table, row.outputs).dump());
        std::string numbers; // of the rows, from 1
        for (const std::uint32_t matched : row.rows)
            numbers += (numbers.empty() ? "" : " ") + std::to_string(matched + 1);
        csv.cell(numbers);
        csv.end_row();
    }
    return csv.text();
}

// ---- firings

std::string firings_file(const Source& source) {
    CsvText csv{"identity",  "trigger",     source.plan.schema.root_entity().name,
                "instant",   "start",       "event",
                "status",    "cause",       "message",
                "hindsight", "rule_version"};
    std::vector<std::string> hindsight(source.plan.rules.size());
    for (std::uint32_t rule = 0; rule < source.plan.rules.size(); ++rule)
        if (source.plan.rules[rule].kind == RuleKind::Trigger)
            hindsight[rule] = fmt::format(
                "{}", fmt::join(rulebook::engine::hindsight_fields(source.plan, rule), " "));
    for (const auto& firing : source.results.firings) {
        csv.cell(rulebook::trigger::hexadecimal(firing.identity));
        csv.cell(source.rule(firing.rule));
        csv.cell(source.account(firing.account));
        csv.cell(time_text(firing.instant));
        csv.cell(time_text(firing.start));
        csv.cell(record_name(source.dataset, firing.event.entity, firing.event.row));
        csv.cell(spelling(firing.status));
        csv.cell(words(firing.verdict));
        csv.cell(firing.message);
        csv.cell(hindsight[firing.rule]);
        csv.cell(rule_version(source.plan, source.plan.triggers[firing.version].effective));
        csv.end_row();
    }
    return csv.text();
}

// ---- credit

std::string touches_json(const Source& source, const rulebook::engine::PartyCredit& credit) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& touch : credit.touches)
        list.push_back({{"touch", record_name(source.dataset, touch.touch.entity, touch.touch.row)},
                        {"amount", money_text(touch.amount, credit.currency)}});
    return list.dump();
}

std::string credits_file(const Source& source) {
    CsvText csv{"rule",     "deal",  source.plan.schema.root_entity().name,
                "party",    "share", "amount",
                "currency", "model", "rule_version",
                "touches"};
    for (const auto& credit : source.results.credits) {
        csv.cell(source.rule(credit.rule));
        csv.cell(record_name(source.dataset, credit.deal.entity, credit.deal.row));
        csv.cell(source.account(credit.account));
        csv.cell(credit.party);
        csv.cell(percent_text(credit.share));
        csv.cell(money_text(credit.amount, credit.currency));
        csv.cell(credit.currency.code());
        csv.cell(credit.model);
        csv.cell(rule_version(source.plan, source.plan.credits[credit.version].effective));
        csv.cell(touches_json(source, credit));
        csv.end_row();
    }
    return csv.text();
}

std::string uncredited_file(const Source& source) {
    CsvText csv{"rule",   "deal",     source.plan.schema.root_entity().name,
                "amount", "currency", "cause"};
    for (const auto& deal : source.results.uncredited) {
        csv.cell(source.rule(deal.rule));
        csv.cell(record_name(source.dataset, deal.deal.entity, deal.deal.row));
        csv.cell(source.account(deal.account));
        csv.cell(deal.amount ? money_text(*deal.amount, deal.currency) : "");
        csv.cell(deal.currency.code());
        csv.cell(deal.cause);
        csv.end_row();
    }
    return csv.text();
}

std::string flags_file(const Source& source) {
    CsvText csv{"rule",   "flag",    "deal", source.plan.schema.root_entity().name,
                "amount", "currency"};
    for (const auto& flag : source.results.flags) {
        csv.cell(source.rule(flag.rule));
        csv.cell(flag.flag);
        csv.cell(record_name(source.dataset, flag.deal.entity, flag.deal.row));
        csv.cell(source.account(flag.account));
        csv.cell(money_text(flag.amount, flag.currency));
        csv.cell(flag.currency.code());
        csv.end_row();
    }
    return csv.text();
}

std::string rejects_file(const Source& source) {
    CsvText csv{"entity", "source", "row", "column", "value", "code", "reason"};
    const auto& rejects = source.dataset.rejects();
    for (std::size_t i = 0; i < rejects.size(); ++i) {
        const auto reject = rejects[i];
        csv.cell(reject.table);
        csv.cell(reject.source);
        csv.cell(std::to_string(reject.row));
        csv.cell(reject.column);
        csv.cell(reject.value);
        csv.cell(reject.code);
        csv.cell(reject.reason);
        csv.end_row();
    }
    return csv.text();
}

bool has_kind(const Plan& plan, RuleKind kind) {
    for (const auto& rule : plan.rules)
        if (rule.kind == kind)
            return true;
    return false;
}

} // namespace

std::string rule_version(const Plan& plan, const rulebook::plan::Effective& effective) {
    return effective.from ? plan.version + " from " + time_text(*effective.from) : plan.version;
}

std::string record_name(const Dataset& dataset, rulebook::plan::EntityIndex entity, RowIndex row) {
    if (dataset.schema().entities[entity].key)
        return dataset.key_text(entity, row);
    return rulebook::hexadecimal(dataset.identity(entity, row)).substr(0, kIdentityDigits);
}

std::vector<ResultFile> result_files(const Plan& plan, const Dataset& dataset,
                                     const Results& results) {
    const Source source{plan, dataset, results};
    std::vector<ResultFile> files;
    files.push_back({"accounts.csv", accounts_file(source)});
    if (has_kind(plan, RuleKind::Table))
        files.push_back({"tables.csv", tables_file(source)});
    if (has_kind(plan, RuleKind::Trigger))
        files.push_back({"firings.csv", firings_file(source)});
    if (has_kind(plan, RuleKind::Credit)) {
        files.push_back({"credits.csv", credits_file(source)});
        files.push_back({"uncredited.csv", uncredited_file(source)});
        files.push_back({"flags.csv", flags_file(source)});
    }
    files.push_back({"rejects.csv", rejects_file(source)});
    return files;
}

} // namespace rulec::output
