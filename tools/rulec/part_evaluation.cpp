#include "tools/rulec/part_evaluation.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "tools/rulec/progress.hpp"
#include "tools/rulec/tell_of_data.hpp"

namespace rulec::tool {
namespace {

using Clock = std::chrono::steady_clock;
using rulebook::data::TableCounts;
using rulebook::plan::Plan;

// Whether the dates of a field may be miscounted: all that are not read are dates, no record that
// is read has one, and of what was rejected nobody knows.
bool dates_in_doubt(const TableCounts& read, const TableCounts& unread) {
    const auto& rows = read.rows;
    return rows.in != rows.evaluated &&
           std::ranges::any_of(unread.dates, [&](const rulebook::data::DateCount& count) {
               return count.dates > 0 &&
                      std::ranges::find(read.dates, count.field,
                                        &rulebook::data::DateCount::field) == read.dates.end();
           });
}

class PartEvaluation {
public:
    PartEvaluation(const Plan& plan, const EvaluationRequest& request, Console& console)
        : plan_(plan), request_(request), console_(console) {}

    // Nothing: everything has to be read.
    std::unique_ptr<Evaluation> run(incremental::Unread& unread) {
        const auto start = Clock::now();
        auto loaded = load(unread);
        if (!loaded)
            return nullptr;
        auto evaluation = std::make_unique<Evaluation>(plan_, request_, request_.instants, false);
        evaluation->load_seconds = std::chrono::duration<double>(Clock::now() - start).count();
        evaluation->notes = static_cast<const input::LoadNotes&>(*loaded);
        evaluation->whole = std::move(*loaded);
        auto added = evaluation->add(evaluation->whole->dataset, console_, &unread);
        if (added)
            added = evaluation->finish();
        if (!added)
            return nullptr; // what is wrong is told where everything is read
        tell_of_data(plan_, evaluation->notes, evaluation->counts.tables(), console_);
        return evaluation;
    }

private:
    // Again where time has come for accounts of which nothing was read.
    std::optional<input::LoadedData> load(incremental::Unread& unread) {
        while (!unread.accounts().empty()) {
            auto loaded = load_once(unread);
            if (!loaded || !unread.fits(loaded->dataset) || !unread.raw().still_there() ||
                in_doubt(*loaded, unread))
                return std::nullopt;
            const auto as_of = rulebook::engine::as_of_for(plan_, loaded->dataset,
                                                           request_.instants.front().as_of);
            if (!as_of)
                return std::nullopt;
            if (request_.since->can_leave_out(unread, loaded->dataset, *as_of))
                return std::move(*loaded);
            if (!request_.since->why_all().empty())
                return std::nullopt;
        }
        return std::nullopt;
    }

    rulebook::Result<input::LoadedData> load_once(const incremental::Unread& unread) {
        Progress progress(console_, "reading");
        auto loaded = input::load_dataset(
            plan_.schema, load_request(plan_, request_.data),
            [&](std::string_view table, std::uint64_t rows) { progress.show_rows(table, rows); },
            unread.choice());
        progress.finish();
        return loaded;
    }

    static bool in_doubt(const input::LoadedData& loaded, const incremental::Unread& unread) {
        const auto counts = unread.counts();
        for (std::size_t table = 0; table < counts.size(); ++table)
            if (dates_in_doubt(loaded.dataset.counts()[table], counts[table]))
                return true;
        return false;
    }

    const Plan& plan_;
    const EvaluationRequest& request_;
    Console& console_;
};

} // namespace

std::unique_ptr<Evaluation> evaluate_part(const Plan& plan, const EvaluationRequest& request,
                                          Console& console) {
    auto unread = request.since->unread();
    return unread ? PartEvaluation(plan, request, console).run(*unread) : nullptr;
}

} // namespace rulec::tool
