#include "tools/rulec/chunked_evaluation.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>
#include <set>
#include <string>
#include <utility>

#include "tools/data/chunked_load.hpp"
#include "tools/data/memory.hpp"
#include "tools/data/source_files.hpp"
#include "tools/rulec/progress.hpp"
#include "tools/rulec/tell_of_data.hpp"

namespace rulec::tool {
namespace {

using Clock = std::chrono::steady_clock;
using rulebook::Result;
using rulebook::plan::Plan;

constexpr std::size_t kAccountsAtATime = 10'000;

// How many bytes of memory a byte of a data file comes to, measured and rounded up.
std::uint64_t memory_per_byte(const std::string& name) {
    if (name.ends_with(".parquet") || name.ends_with(".gz"))
        return 10;
    return 2;
}

std::uint64_t memory_for(const std::filesystem::path& folder) {
    std::uint64_t bytes = 0;
    std::error_code error;
    for (const std::string& name : input::data_files(folder)) {
        const auto size = std::filesystem::file_size(folder / name, error);
        bytes += error ? 0 : size * memory_per_byte(name);
    }
    return bytes;
}

// One pass over the data, chunk by chunk; what is done with each may fail.
class Pass {
public:
    Pass(const Plan& plan, input::ChunkRequest request, Console& console)
        : plan_(plan), request_(std::move(request)), console_(console) {}

    template <class Take>
    Result<void> run(const std::string& what, const Take& take) {
        auto load = input::ChunkedLoad::open(plan_.schema, request_);
        if (!load)
            return tl::unexpected(load.error());
        Progress progress(console_, what);
        std::uint64_t accounts = 0;
        while (true) {
            const auto start = Clock::now();
            auto chunk = load->next();
            load_seconds_ += std::chrono::duration<double>(Clock::now() - start).count();
            if (!chunk)
                return tl::unexpected(chunk.error());
            if (!*chunk)
                break;
            if (Result<void> taken = take(**chunk); !taken)
                return taken;
            accounts += (*chunk)->size(plan_.schema.root);
            progress.show_rows(plan_.schema.root_entity().collection, accounts);
        }
        notes_ = load->notes();
        return {};
    }

    const input::LoadNotes& notes() const { return notes_; }
    double load_seconds() const { return load_seconds_; }

private:
    const Plan& plan_;
    input::ChunkRequest request_;
    Console& console_;
    input::LoadNotes notes_;
    double load_seconds_ = 0;
};

class ChunkedEvaluation {
public:
    ChunkedEvaluation(const Plan& plan, const EvaluationRequest& request, std::size_t accounts,
                      Console& console)
        : plan_(plan), request_(request), console_(console) {
        chunks_.load = load_request(plan, request.data);
        chunks_.accounts = accounts;
    }

    Result<std::unique_ptr<Evaluation>> run() {
        auto done = once();
        // Tables whose keys must be remembered come to light one by one.
        while (!done && done.error().code == "data.keys_meet" &&
               chunks_.remembered.insert(done.error().message).second)
            done = once();
        return done;
    }

private:
    // What can be known only of all data: the greatest instant. Where the caller says it, data.toml
    // says when the data were taken, one pass over them is enough.
    Result<void> survey() {
        const bool latest = std::ranges::any_of(
            request_.instants, [](const WantedInstant& instant) { return !instant.as_of; });
        const auto map = input::taken_at_of(plan_.schema, chunks_.load);
        if (!map)
            return tl::unexpected(map.error());
        if (!latest && *map)
            return {};
        Pass pass(plan_, chunks_, console_);
        latest_.reset();
        auto passed = pass.run("looking at", [&](const rulebook::data::Dataset& chunk) {
            if (chunk.latest())
                latest_ = std::max(latest_.value_or(*chunk.latest()), *chunk.latest());
            return Result<void>();
        });
        load_seconds_ += pass.load_seconds();
        chunks_.taken_at = latest_;
        return passed;
    }

    Result<std::unique_ptr<Evaluation>> once() {
        if (auto surveyed = survey(); !surveyed)
            return tl::unexpected(surveyed.error());
        std::vector<WantedInstant> instants = request_.instants;
        for (WantedInstant& instant : instants)
            instant.as_of = instant.as_of ? instant.as_of : latest_;
        auto evaluation = std::make_unique<Evaluation>(plan_, request_, instants, true);
        Pass pass(plan_, chunks_, console_);
        Console quiet = console_; // one bar at a time
        quiet.progress = false;
        auto passed = pass.run("evaluated", [&](const rulebook::data::Dataset& chunk) {
            return evaluation->add(chunk, quiet);
        });
        if (passed)
            passed = evaluation->finish();
        if (!passed)
            return tl::unexpected(passed.error());
        evaluation->notes = pass.notes();
        evaluation->load_seconds = load_seconds_ + pass.load_seconds();
        return evaluation;
    }

    const Plan& plan_;
    const EvaluationRequest& request_;
    Console& console_;
    input::ChunkRequest chunks_;
    std::optional<std::int64_t> latest_;
    double load_seconds_ = 0;
};

} // namespace

std::size_t accounts_at_a_time(const EvaluationRequest& request) {
    if (request.chunk > 0)
        return request.chunk;
    const std::uint64_t available = input::available_memory();
    std::error_code error;
    const bool folder = std::filesystem::is_directory(request.data.folder, error);
    const bool large = folder && available > 0 && memory_for(request.data.folder) > available / 2;
    return large ? kAccountsAtATime : 0;
}

tl::expected<std::unique_ptr<Evaluation>, ExitCode>
evaluate_in_chunks(const Plan& plan, const EvaluationRequest& request, std::size_t accounts,
                   Console& console) {
    auto evaluation = ChunkedEvaluation(plan, request, accounts, console).run();
    if (!evaluation) {
        const auto& error = evaluation.error();
        if (error.code == "data.not_in_order" || error.code == "data.key_twice") {
            console.messages << "rulec: note: all data are held in memory: " << error.message
                             << '\n';
            return nullptr;
        }
        return tl::unexpected(unusable_data(error, console));
    }
    tell_of_data(plan, (*evaluation)->notes, (*evaluation)->counts.tables(), console);
    return std::move(*evaluation);
}

} // namespace rulec::tool
