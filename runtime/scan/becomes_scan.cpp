#include "runtime/scan/becomes_scan.hpp"

#include <algorithm>
#include <iterator>
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
    sort_instants();
    add_edges_of_windows(account);
    const auto first = std::ranges::lower_bound(instants_, origin);
    const auto last = std::upper_bound(first, instants_.end(), piece.as_of);
    instants_.erase(last, instants_.end());
    instants_.erase(instants_.begin(), first);
    const auto repeated = std::ranges::unique(instants_);
    instants_.erase(repeated.begin(), repeated.end());
    return instants_.size() <= kMostInstants;
}

// Mostly they are in order but for the origin: those of one collection.
void BecomesScan::sort_instants() {
    const auto changes = instants_.begin() + 1;
    if (!std::is_sorted(changes, instants_.end()))
        std::sort(changes, instants_.end());
    const auto place = std::lower_bound(changes, instants_.end(), instants_.front());
    std::rotate(instants_.begin(), changes, place);
}

void BecomesScan::add_edges_of_windows(AccountIndex account) {
    for (const plan::MovingWindow& moving : *windows_) {
        const data::Column& times = dataset_.table(moving.collection).column(moving.time_field);
        const interpret::WindowEdges edges{zone_, moving.window};
        const data::RowRange rows = dataset_.children(moving.collection, account);
        const bool enters_as_it_appears = is_source(moving);
        edges_.clear();
        for (data::RowIndex row = rows.first; row < rows.last; ++row) {
            if (!times.known(row))
                continue;
            const std::int64_t time = times.integer(row);
            if (const auto enters = edges.enters(time); enters && !enters_as_it_appears)
                edges_.push_back(*enters);
            if (const auto leaves = edges.leaves(time))
                edges_.push_back(*leaves);
        }
        if (!std::ranges::is_sorted(edges_))
            std::ranges::sort(edges_);
        merged_.clear();
        std::ranges::merge(instants_, edges_, std::back_inserter(merged_));
        std::swap(instants_, merged_);
    }
}

// The instants at which records enter the window are there already.
bool BecomesScan::is_source(const plan::MovingWindow& moving) const {
    const plan::ChangeSource source{plan::ChangeSource::Kind::Visible, moving.collection, 0};
    return dataset_.schema().entities[moving.collection].visible_from() == moving.time_field &&
           std::ranges::find(sources_, source) != sources_.end();
}

void BecomesScan::ask_code(const Piece& piece) {
    accounts_of_rows_.clear();
    instants_of_rows_.clear();
    first_row_.clear();
    for (AccountIndex account = piece.first; account < piece.last; ++account) {
        first_row_.push_back(instants_of_rows_.size());
        const std::int64_t origin = piece.origin(account);
        if (origin == kNoOrigin || origin > piece.as_of || !find_instants(account, origin, piece))
            continue;
        accounts_of_rows_.insert(accounts_of_rows_.end(), instants_.size(), account);
        instants_of_rows_.insert(instants_of_rows_.end(), instants_.begin(), instants_.end());
    }
    first_row_.push_back(instants_of_rows_.size());
    values_->ask(accounts_of_rows_, instants_of_rows_);
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
    const std::size_t condition = values_->place_of(on_.condition).value();
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
        const std::int64_t instant = instants_of_rows_[row];
        pass_until(instant - 1);
        const bool was_true = std::exchange(truth, values_->is_true(condition, row));
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
