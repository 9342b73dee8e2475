#include "tools/rulec/evaluation.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <ostream>
#include <utility>

#include "tools/output/account_digests.hpp"
#include "tools/rulec/chunked_evaluation.hpp"
#include "tools/rulec/part_evaluation.hpp"
#include "tools/rulec/progress.hpp"
#include "tools/rulec/tell_of_data.hpp"

namespace rulec::tool {
namespace {

using Clock = std::chrono::steady_clock;
using rulebook::plan::Plan;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

tl::expected<std::unique_ptr<Evaluation>, ExitCode>
evaluate_whole(const Plan& plan, const EvaluationRequest& request, Console& console) {
    const bool series = request.instants.size() > 1;
    auto evaluation = std::make_unique<Evaluation>(plan, request, request.instants, series);
    const auto start = Clock::now();
    auto data = load_data(plan, request.data, console);
    if (!data)
        return tl::unexpected(data.error());
    evaluation->load_seconds = seconds_since(start);
    evaluation->notes = static_cast<const input::LoadNotes&>(*data);
    evaluation->whole = std::move(*data);
    auto added = evaluation->add(evaluation->whole->dataset, console);
    if (added)
        added = evaluation->finish();
    if (!added)
        return tl::unexpected(console.unusable(added.error().message, added.error().help));
    return evaluation;
}

} // namespace

Evaluation::Evaluation(const Plan& plan, const EvaluationRequest& request,
                       const std::vector<WantedInstant>& instants, bool spooled)
    : plan_(plan), request_(request), instants_(instants) {
    if (request.since != nullptr)
        request.since->start();
    const auto spool = spooled ? std::optional(request.spool) : std::nullopt;
    for (std::size_t i = 0; i < instants.size(); ++i)
        outputs.emplace_back(plan, request.only, spool);
}

rulebook::Result<rulebook::engine::Results>
Evaluation::evaluate(const rulebook::data::Dataset& dataset,
                     std::span<const rulebook::Digest> digests, const WantedInstant& instant,
                     Console& console) const {
    rulebook::engine::RunOptions options;
    options.only = request_.only;
    options.threads = request_.threads;
    options.as_of = instant.as_of;
    options.scan = request_.scan;
    if (request_.native != nullptr) {
        options.native = [this] { return request_.native->ready(); };
        options.trigger_code = [this] { return request_.native->ready_triggers(); };
        options.credit_code = [this] { return request_.native->ready_credits(); };
    }
    if (request_.since != nullptr) {
        const auto as_of = rulebook::engine::as_of_for(plan_, dataset, instant.as_of);
        if (!as_of)
            return tl::unexpected(as_of.error());
        request_.since->begin(dataset, digests, *as_of);
        options.among = request_.since->among();
        options.observe = request_.since->observer();
    }
    Progress progress(console, "evaluating");
    options.progress = [&](std::size_t done, std::size_t all) { progress.show(done, all); };
    auto results = rulebook::engine::run(plan_, dataset, options);
    progress.finish();
    return results;
}

// What is told of the data, beside what becomes of their accounts.
void Evaluation::look_at(const rulebook::data::Dataset& dataset,
                         const incremental::Unread* unread) {
    counts.add(dataset);
    if (dataset.latest())
        latest = std::max(latest.value_or(*dataset.latest()), *dataset.latest());
    if (const auto& record = dataset.latest_record();
        record && (!latest_record || record->instant > latest_record->instant))
        latest_record = record;
    if (unread == nullptr)
        return;
    counts.add(plan_.schema, unread->counts(),
               [&](std::size_t table, const auto& one, const auto& other) {
                   const auto place = [&](const auto& unknown) {
                       return unread->raw().place_of(table, unknown.source, unknown.row);
                   };
                   return place(one) < place(other);
               });
    latest_record = unread->latest_record(dataset);
}

// Time goes on for every account up to the run's instant: thousands of years of one mistyped date
// would be gone through day by day.
rulebook::Result<void> Evaluation::check_latest(const rulebook::data::Dataset& dataset) const {
    for (std::size_t i = 0; i < instants_.size(); ++i) {
        if (request_.instants[i].as_of || !request_.latest_plausible)
            continue;
        const auto as_of = rulebook::engine::as_of_for(plan_, dataset, instants_[i].as_of);
        if (!as_of)
            return tl::unexpected(as_of.error());
        if (as_of->has_value() && **as_of > *request_.latest_plausible)
            return far_future(**as_of, latest_record);
    }
    return {};
}

rulebook::Result<void> Evaluation::add(const rulebook::data::Dataset& dataset, Console& console,
                                       const incremental::Unread* unread) {
    look_at(dataset, unread);
    if (auto checked = check_latest(dataset); !checked)
        return checked;
    std::vector<rulebook::Digest> digests;
    if (request_.since == nullptr)
        begin_fingerprint(dataset);
    else
        digests = output::account_digests(dataset);
    const std::vector<bool> told_of = early_deals.add(plan_, dataset);
    if (unread != nullptr)
        request_.since->leave_out(*unread);
    const auto start = Clock::now();
    auto added = add_results(dataset, digests, told_of, console);
    evaluate_seconds += seconds_since(start);
    if (!whole || &whole->dataset != &dataset) // which then ends before this does
        end_fingerprint();
    return added;
}

rulebook::Result<void> Evaluation::add_results(const rulebook::data::Dataset& dataset,
                                               std::span<const rulebook::Digest> digests,
                                               const std::vector<bool>& told_of, Console& console) {
    for (std::size_t i = 0; i < instants_.size(); ++i) {
        auto results = evaluate(dataset, digests, instants_[i], console);
        if (!results)
            return tl::unexpected(results.error());
        if (auto added = outputs[i].add(dataset, std::move(*results)); !added)
            return added;
        if (request_.since == nullptr)
            continue;
        fingerprint_of_all_.add(request_.since->digests());
        request_.since->describe(told_of);
        request_.since->end(
            [&](const incremental::StateAccount& kept) { outputs[i].add_kept(kept); });
    }
    return {};
}

// Hashing takes longer than evaluating, and nothing waits for it before run.json is written.
void Evaluation::begin_fingerprint(const rulebook::data::Dataset& dataset) {
    fingerprinting_ = std::async(std::launch::async, [&] { fingerprint_of_all_.add(dataset); });
}

void Evaluation::end_fingerprint() {
    if (fingerprinting_.valid())
        fingerprinting_.get();
}

const std::string& Evaluation::fingerprint() {
    end_fingerprint();
    if (fingerprint_.empty())
        fingerprint_ = fingerprint_of_all_.finish();
    return fingerprint_;
}

rulebook::Result<void> Evaluation::finish() {
    counts.finish();
    if (request_.since != nullptr)
        request_.since->finish(counts.tables());
    for (InstantOutput& output : outputs)
        if (auto finished = output.finish(); !finished)
            return finished;
    return {};
}

tl::expected<std::unique_ptr<Evaluation>, ExitCode>
evaluate(const Plan& plan, const EvaluationRequest& request, Console& console) {
    const auto begin_to_compile = [&] {
        if (request.native != nullptr)
            request.native->begin();
    };
    const std::size_t accounts = accounts_at_a_time(request);
    if (accounts > 0) {
        begin_to_compile();
        auto chunked = evaluate_in_chunks(plan, request, accounts, console);
        if (!chunked || *chunked != nullptr)
            return chunked;
    }
    if (request.since == nullptr) {
        begin_to_compile();
        return evaluate_whole(plan, request, console);
    }
    // Longer than what refers to it.
    const auto raw = input::RawRecords::read(plan.schema, load_request(plan, request.data));
    request.since->know(raw);
    if (auto part = evaluate_part(plan, request, console))
        return part;
    begin_to_compile();
    return evaluate_whole(plan, request, console);
}

} // namespace rulec::tool
