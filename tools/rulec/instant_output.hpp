// What a run gives for one instant, ready to be written: its tables and its summary.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/engine/results.hpp"
#include "tools/data/typed_table.hpp"
#include "tools/incremental/run_state.hpp"
#include "tools/output/row_spool.hpp"
#include "tools/rulec/run_summary.hpp"

namespace rulec::tool {

class InstantOutput {
public:
    // With a `spool` folder rows wait there on the disk; without one the results of one data set
    // are kept as they are, and the data set outlives this. So does the plan.
    InstantOutput(const rulebook::plan::Plan& plan, const std::vector<std::string>& only,
                  std::optional<std::filesystem::path> spool);

    // Results over further accounts. Fails as RowSpool does.
    rulebook::Result<void> add(const rulebook::data::Dataset& dataset,
                               rulebook::engine::Results results);
    // After it: an account whose rows are taken over from an earlier run.
    void add_kept(const incremental::StateAccount& account);
    // No more of them. Fails as RowSpool does.
    rulebook::Result<void> finish();

    // After finish(). Valid as long as this; each to be written before the next is.
    std::vector<input::TypedTable> tables();
    // Fails where rows could not be read back.
    rulebook::Result<void> read_fault() const;

    const RunSummary& summary() const { return summary_; }
    // What the run was of: of the results over the first data set, without rows where they wait on
    // the disk.
    const rulebook::engine::Results& results() const { return results_; }

private:
    const rulebook::plan::Plan& plan_;
    std::optional<std::filesystem::path> spool_;
    RunSummary summary_;
    bool any_ = false;
    rulebook::engine::Results results_;
    const rulebook::data::Dataset* dataset_ = nullptr; // where rows are kept as they are
    std::vector<output::RowSpool> spools_;             // one a table
};

} // namespace rulec::tool
