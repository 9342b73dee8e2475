#include "runtime/scan/becomes_scan.hpp"

#include <algorithm>
#include <utility>

#include "runtime/interpret/next_change.hpp"
#include "runtime/interpret/window_edges.hpp"

namespace rulebook::scan {

using trigger::Occasion;

namespace {

// At each instant C may look at all records of the account: with more instants the machine, which
// keeps what it knows from one to the next, is faster.
constexpr std::size_t kMostInstants = 256;

} // namespace

BecomesScan::BecomesScan(const trigger::TriggerShapes::Version& version,
                         const trigger::TriggerShapes& triggers,
                         const interpret::Evaluator& evaluator)
    : on_(*version.on.on), windows_(plan::moving_windows(evaluator.plan(), on_.condition)),
      dataset_(evaluator.dataset()), zone_(evaluator.zone()) {
    for (const std::uint32_t source : version.sources)
        sources_.push_back(triggers.sources()[source]);
}

void BecomesScan::use(const native::Code& code, const interpret::PreparedPlan& expressions) {
    if (!windows_ || code.program.instants.from || code.program.instants.until)
        return;
    if (!values_ || !values_->go_over_to(code))
        values_.emplace(code, expressions, dataset_);
}

// The instants from the origin to as_of at which C may change; false: they are too many.
bool BecomesScan::find_instants(AccountIndex account, std::int64_t origin, const Piece& piece) {
    instants_.assign(1, origin);
    interpret::append_changes(dataset_, sources_, {dataset_.schema().root, account}, instants_);
    if (instants_.size() > kMostInstants)
        return false;
    add_edges_of_windows(account);
    std::erase_if(instants_,
                  [&](std::int64_t instant) { return instant < origin || instant > piece.as_of; });
    sort_instants();
    return instants_.size() <= kMostInstants;
}

// Ascending, each once. Mostly they are in order: those of one collection.
void BecomesScan::sort_instants() {
    if (!std::ranges::is_sorted(instants_))
        std::ranges::sort(instants_);
    const auto repeated = std::ranges::unique(instants_);
    instants_.erase(repeated.begin(), repeated.end());
}

void BecomesScan::add_edges_of_windows(AccountIndex account) {
    for (const plan::MovingWindow& moving : *windows_) {
        const data::Column& times = dataset_.table(moving.collection).column(moving.time_field);
        const interpret::WindowEdges edges{zone_, moving.window};
        const data::RowRange rows = dataset_.children(moving.collection, account);
        for (data::RowIndex row = rows.first; row < rows.last; ++row) {
            if (!times.known(row))
                continue;
            if (const auto enters = edges.enters(times.integer(row)))
                instants_.push_back(*enters);
            if (const auto leaves = edges.leaves(times.integer(row)))
                instants_.push_back(*leaves);
        }
    }
}

void BecomesScan::ask_code(const Piece& piece) {
    rows_.clear();
    first_row_.clear();
    for (AccountIndex account = piece.first; account < piece.last; ++account) {
        first_row_.push_back(rows_.size());
        const std::int64_t origin = piece.origin(account);
        if (origin == kNoOrigin || origin > piece.as_of || !find_instants(account, origin, piece))
            continue;
        for (const std::int64_t instant : instants_) {
            Found& row = rows_.emplace_back();
            row.account = account;
            row.instant = instant;
        }
    }
    first_row_.push_back(rows_.size());
    values_->ask(rows_);
}

void BecomesScan::run(const Piece& piece, MachineScan& machine, const MachineScan::Emit& emit,
                      std::vector<Waiting>& waiting) {
    if (values_)
        ask_code(piece);
    machine.begin({});
    for (AccountIndex account = piece.first; account < piece.last; ++account) {
        const std::size_t place = account - piece.first;
        if (values_ && first_row_[place] < first_row_[place + 1])
            run_values(place, piece, emit, waiting);
        else
            machine.run(account, piece, emit, waiting);
    }
}

// As trigger::BecomesMachine, which looks at fewer instants: at the others nothing changes.
void BecomesScan::run_values(std::size_t account, const Piece& piece, const MachineScan::Emit& emit,
                             std::vector<Waiting>& waiting) const {
    const auto owner = static_cast<AccountIndex>(piece.first + account);
    bool truth = false;
    std::int64_t edge = 0;
    std::optional<std::int64_t> due;
    const auto pass_until = [&](std::int64_t instant) {
        if (!due || *due > instant)
            return;
        emit({owner, data::kNoRow, *due, edge, Occasion::Edge});
        due.reset();
    };
    for (std::size_t row = first_row_[account]; row < first_row_[account + 1]; ++row) {
        const std::int64_t instant = rows_[row].instant;
        pass_until(instant - 1);
        const bool was_true = std::exchange(truth, values_->of(on_.condition, row)->is_true());
        if (!truth)
            due.reset();
        if (truth && !was_true) {
            edge = instant;
            due = checked_add(instant, on_.lasting.value_or(0));
        }
        pass_until(instant);
    }
    pass_until(piece.as_of);
    if (due)
        waiting.push_back({owner, *due});
}

} // namespace rulebook::scan
