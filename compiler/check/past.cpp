#include "compiler/check/past.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/check/causes.hpp"
#include "compiler/model/walk.hpp"

namespace rulec::check {

namespace {

using model::Expression;
using rulebook::plan::Op;
using rulebook::plan::RuleKind;

// ---- hindsight

struct Reading {
    Span span;
    std::uint32_t reader = 0; // the trigger or credit rule
};

class Hindsight {
public:
    explicit Hindsight(const model::Rulebook& book) : book_(book) {}

    void add_rule(std::uint32_t reader) {
        std::set<std::uint32_t> seen;
        add_reads(reader, reader, seen);
    }

    void report(Diagnostics& diagnostics) const {
        for (const auto& [field, reading] : readings_) {
            const auto& rule = book_.rules[reading.reader].head;
            diagnostics.emit<RB1701>(reading.span, name_of(book_, field),
                                     fmt::format("{} `{}`", spelling(rule.kind), rule.name));
        }
    }

private:
    // Of fits, decisions and tables a rule sees the values; of triggers only the firings.
    bool is_read_through(std::uint32_t rule) const {
        const RuleKind kind = book_.rules[rule].head.kind;
        return kind != RuleKind::Trigger && kind != RuleKind::Credit;
    }

    // What one rule reads itself.
    struct Direct {
        std::vector<std::pair<FieldId, Span>> fields;
        std::set<std::uint32_t> rules;
    };

    const Direct& direct(std::uint32_t rule) {
        const auto [found, is_new] = direct_.try_emplace(rule);
        if (!is_new)
            return found->second;
        model::walk_rule(book_, rule, [&](const Expression& expression) {
            if (const auto read = model::rule_read(expression); read && is_read_through(*read))
                found->second.rules.insert(*read);
            const FieldId field{expression.detail, expression.index};
            if (reads_field(expression) && expression.span.somewhere() &&
                entity_of(book_, field).is_untracked(field.second))
                found->second.fields.emplace_back(field, expression.span);
        });
        return found->second;
    }

    void add_reads(std::uint32_t reader, std::uint32_t rule, std::set<std::uint32_t>& seen) {
        const Direct& read = direct(rule);
        for (const auto& [field, span] : read.fields)
            add(field, {span, reader});
        for (const std::uint32_t further : read.rules)
            if (seen.insert(further).second)
                add_reads(reader, further, seen);
    }

    // The place is the first in the source, whatever the order of rules.
    void add(const FieldId& field, const Reading& reading) {
        const auto [known, is_new] = readings_.try_emplace(field, reading);
        if (!is_new && reading.span < known->second.span)
            known->second = reading;
    }

    const model::Rulebook& book_;
    std::map<std::uint32_t, Direct> direct_; // by rule
    std::map<FieldId, Reading> readings_;
};

// ---- as of, change

void check_looks_back(const model::Rulebook& book, Diagnostics& diagnostics) {
    for (const Expression& expression : book.expressions) {
        if (expression.kind != model::ExpressionKind::Operation)
            continue;
        const bool is_change = expression.op == Op::Change || expression.op == Op::ChangeNumber;
        if ((expression.op != Op::AsOfAgo && !is_change) || !model::present(expression.operands[0]))
            continue;
        const Causes causes = causes_of(book, expression.operands[0]);
        if (causes.may_change || causes.untracked.empty())
            continue;
        diagnostics.emit<RB1324>(expression.span,
                                 fmt::format("{} {}", fmt::join(causes.untracked, ", "),
                                             causes.untracked.size() == 1 ? "is" : "are"),
                                 is_change ? "this change is always 0"
                                           : "this is always the value of today");
    }
}

} // namespace

void check_past(const model::Rulebook& book, Diagnostics& diagnostics) {
    Hindsight hindsight(book);
    for (std::uint32_t rule = 0; rule < book.rules.size(); ++rule) {
        const RuleKind kind = book.rules[rule].head.kind;
        if (kind == RuleKind::Trigger || kind == RuleKind::Credit)
            hindsight.add_rule(rule);
    }
    hindsight.report(diagnostics);
    check_looks_back(book, diagnostics);
}

} // namespace rulec::check
