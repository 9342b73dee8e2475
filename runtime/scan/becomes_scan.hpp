// `becomes C` by compiled code: C is asked at all instants at which something changes, of many
// accounts at once. Where time does more about C than what enters and leaves windows, and at
// accounts with very many such instants, the trigger's machine looks at one after the other.
#pragma once

#include <optional>
#include <vector>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/change_source.hpp"
#include "runtime/plan/moving_windows.hpp"
#include "runtime/scan/condition_values.hpp"
#include "runtime/scan/machine_scan.hpp"
#include "runtime/scan/occurrence.hpp"
#include "runtime/scan/piece.hpp"
#include "runtime/trigger/trigger_shapes.hpp"

namespace rulebook::scan {

// One thread at a time. What it is given outlives it.
class BecomesScan {
public:
    BecomesScan(const trigger::TriggerShapes::Version& version,
                const trigger::TriggerShapes& triggers, const interpret::Evaluator& evaluator);

    // `code` has C, over rows of (account, instant).
    void use(const native::Code& code, const interpret::PreparedPlan& expressions);

    // `machine`: the trigger's.
    void run(const Piece& piece, MachineScan& machine, const MachineScan::Emit& emit,
             std::vector<Waiting>& waiting);

private:
    bool find_instants(AccountIndex account, std::int64_t origin, const Piece& piece);
    void sort_instants();
    void add_edges_of_windows(AccountIndex account);
    bool is_source(const plan::MovingWindow& moving) const;
    void ask_code(const Piece& piece);
    void run_values(std::size_t account, const Piece& piece, const MachineScan::Emit& emit,
                    std::vector<Waiting>& waiting) const;

    const plan::On& on_;
    std::vector<plan::ChangeSource> sources_;
    std::optional<std::vector<plan::MovingWindow>> windows_;
    const data::Dataset& dataset_;
    const time::Zone& zone_;
    std::optional<ConditionValues> values_;

    // Of the piece: for each account the rows at which C is asked; none where the machine looks.
    std::vector<AccountIndex> accounts_of_rows_;
    std::vector<std::int64_t> instants_of_rows_;
    std::vector<std::size_t> first_row_;
    std::vector<std::int64_t> instants_; // of the account at hand
    std::vector<std::int64_t> edges_, merged_;
};

} // namespace rulebook::scan
