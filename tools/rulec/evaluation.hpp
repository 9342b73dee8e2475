// The rules over data, for one instant or several: over all accounts at once, or over some at a
// time where the data allow it. What comes out is the same.
#pragma once

#include <cstdint>
#include <filesystem>
#include <future>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "runtime/engine/run.hpp"
#include "tools/data/load_dataset.hpp"
#include "tools/data/total_counts.hpp"
#include "tools/incremental/since.hpp"
#include "tools/output/data_fingerprint.hpp"
#include "tools/rulec/background_code.hpp"
#include "tools/rulec/console.hpp"
#include "tools/rulec/early_deals.hpp"
#include "tools/rulec/instant_output.hpp"
#include "tools/rulec/instants.hpp"
#include "tools/rulec/load_data.hpp"

namespace rulec::tool {

struct EvaluationRequest {
    DataFlags data;
    std::vector<WantedInstant> instants;
    std::vector<std::string> only;
    std::size_t threads = 1;
    std::size_t chunk = 0;       // accounts at a time; 0: all, or some where all would not fit
    std::filesystem::path spool; // a folder that is there, where rows may wait
    // What is taken over from an earlier run; null: nothing. For one instant only.
    incremental::Since* since = nullptr;
    // Native code for the rules; null: they are interpreted.
    BackgroundCode* native = nullptr;
    bool scan = true; // as RunOptions::scan
    // Where `latest` is later, that is an error; nothing: it may be as late as it will.
    std::optional<std::int64_t> latest_plausible{};
};

// What came out, and what the data were.
class Evaluation {
public:
    Evaluation(const rulebook::plan::Plan& plan, const EvaluationRequest& request,
               const std::vector<WantedInstant>& instants, bool spooled);

    // Further accounts. `unread`: with these among them, whose records were not read. Where rows
    // are not spooled this is done once, and the data set outlives this. Fails as engine::run and
    // RowSpool do.
    rulebook::Result<void> add(const rulebook::data::Dataset& dataset, Console& console,
                               const incremental::Unread* unread = nullptr);
    rulebook::Result<void> finish();
    // Of all data, after finish(): waits until it is there.
    const std::string& fingerprint();

    std::vector<InstantOutput> outputs; // one an instant, in their order
    input::TotalCounts counts;
    input::LoadNotes notes;
    std::optional<std::int64_t> latest;                        // Dataset::latest, of all data
    std::optional<rulebook::data::LatestRecord> latest_record; // the same
    std::optional<input::LoadedData> whole;                    // where all data were read at once
    EarlyDeals early_deals;
    double load_seconds = 0;
    double evaluate_seconds = 0;

private:
    rulebook::Result<void> add_results(const rulebook::data::Dataset& dataset,
                                       std::span<const rulebook::Digest> digests,
                                       const std::vector<bool>& told_of, Console& console);
    void begin_fingerprint(const rulebook::data::Dataset& dataset);
    void end_fingerprint();
    void look_at(const rulebook::data::Dataset& dataset, const incremental::Unread* unread);
    rulebook::Result<void> check_latest(const rulebook::data::Dataset& dataset) const;
    rulebook::Result<rulebook::engine::Results> evaluate(const rulebook::data::Dataset& dataset,
                                                         std::span<const rulebook::Digest> digests,
                                                         const WantedInstant& instant,
                                                         Console& console) const;

    const rulebook::plan::Plan& plan_;
    const EvaluationRequest& request_;
    std::vector<WantedInstant> instants_;
    output::DataFingerprint fingerprint_of_all_; // while fingerprinting_ runs: its own
    std::string fingerprint_;
    std::future<void> fingerprinting_; // ends before what it reads
};

// Tells on the console what is to be said of the data, and what keeps them from being read. The
// plan and the request outlive the result.
tl::expected<std::unique_ptr<Evaluation>, ExitCode>
evaluate(const rulebook::plan::Plan& plan, const EvaluationRequest& request, Console& console);

} // namespace rulec::tool
