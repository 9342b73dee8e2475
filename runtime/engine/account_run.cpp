#include "runtime/engine/account_run.hpp"

#include <algorithm>

#include "runtime/time/zone.hpp"
#include "runtime/trigger/cause_text.hpp"

namespace rulebook::engine {

namespace {

// The version of a rule that is in force, if one is.
template <class Rules>
std::optional<std::uint32_t> in_force(const plan::Rule& rule, const Rules& rules,
                                      std::int64_t instant) {
    for (const std::uint32_t version : rule.versions)
        if (rules[version].effective.contains(instant))
            return version;
    return std::nullopt;
}

FitColumns empty_fit(const Prepared& prepared, std::uint32_t rule) {
    FitColumns columns;
    columns.rule = rule;
    columns.version = in_force(prepared.plan.rules[rule], prepared.plan.fits, prepared.as_of);
    if (columns.version)
        columns.clauses = prepared.plan.fits[*columns.version].clauses.size();
    return columns;
}

DecisionColumns empty_decision(const Prepared& prepared, std::uint32_t rule) {
    DecisionColumns columns;
    columns.rule = rule;
    columns.version = in_force(prepared.plan.rules[rule], prepared.plan.decisions, prepared.as_of);
    return columns;
}

bool contains(const std::vector<std::uint32_t>& selected, std::uint32_t rule) {
    return std::ranges::binary_search(selected, rule);
}

// Of candidates that are no firing.
void count(TriggerCounts& counts, trigger::Verdict verdict, std::uint64_t times) {
    if (verdict == trigger::Verdict::BeforeOrigin)
        counts.before_origin += times;
    else if (verdict == trigger::Verdict::WhenFalse)
        counts.when_false += times;
    else if (verdict == trigger::Verdict::WhenUnknown)
        counts.when_unknown += times;
    else
        counts.not_in_force += times;
}

void count(TriggerCounts& counts, trigger::Status status) {
    switch (status) {
    case trigger::Status::Fired:
        ++counts.fired;
        return;
    case trigger::Status::Suppressed:
        ++counts.suppressed;
        return;
    case trigger::Status::Control:
        ++counts.control;
        return;
    case trigger::Status::None:
        return;
    }
}

// Few of many accounts: the others' events are not looked at.
AccountFirings::By triggers_by(const RunOptions& options) {
    return options.scan && options.among == nullptr ? AccountFirings::By::Piece
                                                    : AccountFirings::By::Account;
}

void add_hits(const std::vector<interpret::ClauseResult>& clauses, FitColumns& columns) {
    const std::size_t start = columns.hits.size();
    columns.hits.resize(start + columns.words());
    for (std::size_t i = 0; i < clauses.size(); ++i)
        if (clauses[i].truth.is_true())
            columns.hits[start + i / 64] |= std::uint64_t{1} << (i % 64);
}

} // namespace

Results empty_results(const Prepared& prepared) {
    Results results;
    results.rulebook = prepared.plan.name;
    results.version = prepared.plan.version;
    results.content_hash = prepared.plan.content_hash;
    results.zone_version = time::zone_data_version();
    for (const std::uint32_t rule : prepared.selection.fits)
        results.fits.push_back(empty_fit(prepared, rule));
    for (const std::uint32_t rule : prepared.selection.decisions)
        results.decisions.push_back(empty_decision(prepared, rule));
    for (const std::uint32_t rule : prepared.selection.triggers)
        results.trigger_counts.emplace_back().rule = rule;
    return results;
}

AccountRun::AccountRun(const Prepared& prepared, const RunOptions& options,
                       const credit::columns::ColumnShapes* credits)
    : prepared_(prepared), code_(options.native),
      evaluator_(prepared.expressions, prepared.dataset),
      firings_(prepared, evaluator_, triggers_by(options), options.trigger_code),
      credits_(prepared, credits, evaluator_,
               options.among == nullptr ? options.credit_code : CreditRows::Code()) {}

void AccountRun::begin(const Piece& piece) {
    take_up_code();
    if (native_)
        native_->begin(piece);
    firings_.begin(piece);
    credits_.begin(piece);
}

void AccountRun::take_up_code() {
    const native::Code* const code = code_ ? code_() : nullptr;
    if (code == nullptr || code == taken_up_ || !code->program.instants.contains(prepared_.as_of))
        return;
    taken_up_ = code;
    if (!native_ || !native_->go_over_to(*code))
        native_.emplace(prepared_, *code);
}

void AccountRun::run(AccountIndex account, Results& results) {
    const bool there = prepared_.is_there(account);
    if (there) {
        results.accounts.push_back(account);
        add_fits(account, results);
        add_decisions(account, results);
        add_tables(account, results);
    } else {
        ++results.not_yet;
    }
    const interpret::FiredLookup* fired = firings_.of(account);
    if (there && fired != nullptr) // before the origin nothing fires
        add_firings(account, results);
    if (!prepared_.selection.credits.empty())
        credits_.add(account, fired, results);
}

void AccountRun::add_fits(AccountIndex account, Results& results) {
    for (FitColumns& columns : results.fits) {
        if (native_ && native_->add(account, columns))
            continue;
        const interpret::FitResult* fit = evaluator_.fit(columns.rule, account, prepared_.as_of);
        if (fit == nullptr)
            continue;
        columns.score.push_back(fit->score);
        columns.tier.push_back(fit->tier.value_or(-1));
        columns.out.push_back(fit->out ? 1 : 0);
        columns.unknowns.push_back(fit->unknowns);
        add_hits(fit->clauses, columns);
    }
}

void AccountRun::add_decisions(AccountIndex account, Results& results) {
    for (DecisionColumns& columns : results.decisions) {
        if (native_ && native_->add(account, columns))
            continue;
        const interpret::DecisionResult* decision =
            evaluator_.decision(columns.rule, account, prepared_.as_of);
        if (decision == nullptr)
            continue;
        columns.value.push_back(decision->value);
        columns.clause.push_back(decision->choice ? *decision->choice + 1 : 0);
    }
}

void AccountRun::add_tables(AccountIndex account, Results& results) {
    for (const std::uint32_t rule : prepared_.selection.tables) {
        if (native_ && native_->add_table(account, rule, results.tables))
            continue;
        const interpret::TableResult* table = evaluator_.table(rule, account, prepared_.as_of);
        if (table != nullptr)
            results.tables.push_back(
                {account, rule, table->version, table->outputs, table->collected, table->rows});
    }
}

void AccountRun::add_firings(AccountIndex account, Results& results) const {
    const auto counts_of = [&](std::uint32_t rule) -> TriggerCounts& {
        return *std::ranges::find(results.trigger_counts, rule, &TriggerCounts::rule);
    };
    for (const trigger::Pending& pending : firings_.pending())
        if (contains(prepared_.selection.triggers, pending.rule))
            ++counts_of(pending.rule).pending;
    for (const auto& [passed, times] : firings_.passed())
        if (contains(prepared_.selection.triggers, passed.first))
            count(counts_of(passed.first), passed.second, times);
    for (const trigger::Candidate& candidate : firings_.firings()) {
        if (!contains(prepared_.selection.triggers, candidate.rule))
            continue;
        count(counts_of(candidate.rule), candidate.status());
        Firing firing;
        firing.identity =
            trigger::firing_identity(prepared_.plan, prepared_.dataset, account, candidate);
        firing.rule = candidate.rule;
        firing.version = candidate.version;
        firing.account = account;
        firing.instant = candidate.instant;
        firing.start = candidate.start;
        firing.event = candidate.completing;
        firing.status = candidate.status();
        firing.verdict = candidate.verdict;
        firing.cause = trigger::cause_text(prepared_.plan, candidate);
        firing.message = candidate.message;
        results.firings.push_back(std::move(firing));
    }
}

} // namespace rulebook::engine
