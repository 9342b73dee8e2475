#include "tools/rulec/run_files.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tools/output/byte_file.hpp"
#include "tools/output/cell_text.hpp"
#include "tools/output/result_tables.hpp"
#include "tools/rulec/run_text.hpp"

namespace rulec::tool {
namespace {

// A party may be any text.
std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string result = "\"";
    for (const char letter : text)
        result += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return result + '"';
}

} // namespace

RunFiles::RunFiles(const rulebook::plan::Plan& plan, Evaluation& evaluation,
                   const EvaluationRequest& request, output::FileFormat format,
                   output::RunCircumstances circumstances, RunWarnings warnings)
    : plan_(plan), evaluation_(evaluation), request_(request), format_(format),
      circumstances_(std::move(circumstances)), warnings_(std::move(warnings)) {
    tables_.resize(evaluation.outputs.size());
    for (std::size_t i = 0; i < tables_.size(); ++i)
        add_instant(i);
    if (is_series())
        add_series();
}

std::string RunFiles::folder(std::size_t instant) const {
    return is_series() ? request_.instants[instant].folder + "/" : "";
}

void RunFiles::add_instant(std::size_t instant) {
    InstantOutput& output = evaluation_.outputs[instant];
    tables_[instant] = output.tables();
    tables_[instant].push_back(output::rejects_table(evaluation_.counts.rejects()));
    circumstances_.files.clear();
    circumstances_.warnings.clear();
    for (const auto* some : {&warnings_.of_all, &warnings_.of_instants[instant]})
        for (const DataWarning& warning : *some)
            circumstances_.warnings.emplace_back(warning.code, warning.message);
    for (std::size_t table = 0; table < tables_[instant].size(); ++table) {
        const std::string name = file_of(instant, table);
        circumstances_.files.push_back(name);
        files_.push_back({folder(instant) + name, {}, [this, instant, table](const auto& aside) {
                              auto written = write_table(instant, table, aside);
                              return written ? evaluation_.outputs[instant].read_fault() : written;
                          }});
    }
    add_summary(instant);
    circumstances_.files.emplace_back("run.json");
    if (request_.since != nullptr)
        add_state();
    files_.push_back({folder(instant) + "run.json",
                      {},
                      [this, instant, circumstances = circumstances_](const auto& aside) {
                          return write_record(instant, circumstances, aside);
                      }});
}

// The last of its files, since the fingerprint takes its time.
rulebook::Result<void> RunFiles::write_record(std::size_t instant,
                                              const output::RunCircumstances& circumstances,
                                              const std::filesystem::path& aside) {
    records_.push_back(output::run_record({evaluation_.counts.tables(), evaluation_.fingerprint(),
                                           plan_.schema.root_entity().collection},
                                          evaluation_.outputs[instant].results(), circumstances));
    output::ByteFile file(aside);
    file.write(records_.back());
    return file.finish();
}

std::string RunFiles::file_of(std::size_t instant, std::size_t table) const {
    return tables_[instant][table].name + "." + std::string(output::spelling(format_));
}

// With the rows of an earlier run between new ones, where some are taken over. Those of rejected
// records are of no account, and stand in the last of the tables.
rulebook::Result<void> RunFiles::write_table(std::size_t instant, std::size_t table,
                                             const std::filesystem::path& aside) {
    const input::TypedTable& rows = tables_[instant][table];
    if (request_.since == nullptr || table + 1 == tables_[instant].size())
        return output::write_table(rows, format_, aside);
    const std::string name = file_of(instant, table);
    const auto splice = request_.since->splice_of(table, name);
    incremental::RunningChecksum checksum;
    const output::WriteWatch watch = {
        .bytes = [&](std::string_view bytes) { checksum.add(bytes); },
        .row = request_.since->row_sizes(table),
    };
    auto written = splice ? output::write_spliced(rows, *splice, format_, aside, watch)
                          : output::write_table(rows, format_, aside, watch);
    checksums_[name] = checksum.checksum();
    return written;
}

void RunFiles::add_summary(std::size_t instant) {
    files_.push_back({folder(instant) + "summary.txt",
                      run_text(plan_, evaluation_, request_, instant, CountsOf::AllRecords)});
    files_.push_back({folder(instant) + "summary.json",
                      run_summary_json(plan_, evaluation_, instant).dump(2) + "\n"});
    for (const char* name : {"summary.txt", "summary.json"})
        circumstances_.files.emplace_back(name);
}

// What later runs take over from this one; written after the tables.
void RunFiles::add_state() {
    circumstances_.files.emplace_back(incremental::kStateFile);
    files_.push_back(
        {std::string(incremental::kStateFile), {}, [this](const std::filesystem::path& aside) {
             std::vector<std::string> names;
             for (const input::TypedTable& table : tables_.front())
                 names.push_back(table.name);
             names.pop_back(); // rejects
             output::ByteFile file(aside);
             file.write(request_.since->packed_state(std::move(names), checksums_));
             return file.finish();
         }});
}

void RunFiles::add_series() {
    std::string lines = "as_of,rule,outcome,count,amount,currency,hindsight\n";
    nlohmann::ordered_json json{{"rulebook", plan_.name}, {"version", plan_.version}};
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        const InstantOutput& output = evaluation_.outputs[i];
        const auto& instant = output.results().as_of;
        const std::string as_of = instant ? output::time_text(*instant) : "";
        json["series"].push_back({{"as_of", as_of}, {"folder", request_.instants[i].folder}});
        for (const SummaryLine& line : output.summary().lines())
            lines += fmt::format("{},{},{},{},{},{},{}\n", as_of, line.rule, quoted(line.outcome),
                                 line.count, line.amount, line.currency, line.hindsight);
    }
    files_.push_back({"series.csv", lines});
    files_.push_back({"series.json", {}});
    for (const ResultFile& file : files_)
        json["files"].push_back(file.name);
    files_.back().content = json.dump(2) + "\n";
}

} // namespace rulec::tool
