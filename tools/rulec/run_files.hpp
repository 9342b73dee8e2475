// The files of a run, and what they are made from.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "tools/data/typed_table.hpp"
#include "tools/incremental/file_checksum.hpp"
#include "tools/output/run_record.hpp"
#include "tools/output/table_file.hpp"
#include "tools/rulec/evaluation.hpp"
#include "tools/rulec/results_folder.hpp"
#include "tools/rulec/tell_of_data.hpp"

namespace rulec::tool {

// What run.json warns of.
struct RunWarnings {
    std::vector<DataWarning> of_all;                   // instants
    std::vector<std::vector<DataWarning>> of_instants; // one by one
};

class RunFiles {
public:
    // `circumstances`: but for files and warnings, which this fills in. The others outlive this.
    RunFiles(const rulebook::plan::Plan& plan, Evaluation& evaluation,
             const EvaluationRequest& request, output::FileFormat format,
             output::RunCircumstances circumstances, RunWarnings warnings);

    bool is_series() const { return tables_.size() > 1; }
    // For write_results, in this order: some are made from what was written before them.
    const std::vector<ResultFile>& files() const { return files_; }
    // By instant: what run.json says, once it was written, and the folder that its files go into
    // ("2026-01-31/").
    const std::vector<std::string>& records() const { return records_; }
    std::string folder(std::size_t instant) const;

private:
    void add_instant(std::size_t instant);
    std::string file_of(std::size_t instant, std::size_t table) const;
    rulebook::Result<void> write_table(std::size_t instant, std::size_t table,
                                       const std::filesystem::path& aside);
    rulebook::Result<void> write_record(std::size_t instant,
                                        const output::RunCircumstances& circumstances,
                                        const std::filesystem::path& aside);
    void add_summary(std::size_t instant);
    void add_state();
    void add_series();

    const rulebook::plan::Plan& plan_;
    Evaluation& evaluation_;
    const EvaluationRequest& request_;
    output::FileFormat format_;
    output::RunCircumstances circumstances_;
    RunWarnings warnings_;
    std::vector<std::vector<input::TypedTable>> tables_; // by instant
    std::vector<std::string> records_;
    std::vector<ResultFile> files_;
    std::map<std::string, incremental::FileChecksum> checksums_; // of tables that were written
};

} // namespace rulec::tool
