#include "tools/sample/write.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "runtime/value/calendar.hpp"
#include "runtime/value/calendar_text.hpp"
#include "tools/output/parquet_file.hpp"
#include "tools/sample/csv.hpp"
#include "tools/sample/truth.hpp"

namespace rulebook::sample {

namespace {

constexpr std::size_t kFlushAt = std::size_t{1} << 20U;

// One file that grows; what went wrong is kept until the end.
class Output {
public:
    explicit Output(const std::filesystem::path& path)
        : path_(path), stream_(path, std::ios::binary | std::ios::trunc) {}

    void take(std::string& text) {
        stream_.write(text.data(), static_cast<std::streamsize>(text.size()));
        text.clear();
    }
    Result<void> close() {
        stream_.close();
        if (stream_)
            return {};
        return make_error("sample.unwritable",
                          path_.string() + " cannot be written: " + std::strerror(errno));
    }

private:
    std::filesystem::path path_;
    std::ofstream stream_;
};

Result<void> write_text(const std::filesystem::path& path, std::string text) {
    Output output(path);
    output.take(text);
    return output.close();
}

std::string data_toml() {
    std::string text = "# Made up by rulebook-sample.\ntaken_at = \"";
    append_time(text, Time{kTakenAt});
    return text + "\"\nignore = [\"truth.json\"]\n";
}

Result<TruthBook> write_csv(const SampleRequest& request) {
    TruthBook truth;
    CsvTexts texts = csv_heads();
    std::vector<std::unique_ptr<Output>> outputs;
    for (const SampleTable& table : sample_tables())
        outputs.push_back(
            std::make_unique<Output>(request.folder / (std::string(table.name) + ".csv")));
    for (std::uint64_t number = 0; number < request.accounts; ++number) {
        const Company company = make_company(request.seed, number);
        truth.add(company);
        append_company(texts, company);
        for (std::size_t table = 0; table < kTableCount; ++table)
            if (texts[table].size() > kFlushAt || number + 1 == request.accounts)
                outputs[table]->take(texts[table]);
    }
    for (const auto& output : outputs)
        if (auto closed = output->close(); !closed)
            return tl::unexpected(closed.error());
    return truth;
}

// Rows of one table over all companies, asked for from the first to the last.
class Rows {
public:
    Rows(const SampleTable& table, std::uint64_t seed) : table_(table), seed_(seed) {}

    void write(std::size_t row, rulec::input::RowSink& sink) {
        if (row == 0)
            next_ = first_ = end_ = 0;
        while (row >= end_) {
            company_ = make_company(seed_, next_++);
            first_ = end_;
            end_ += table_.rows(company_);
        }
        table_.write(company_, row - first_, sink);
    }

private:
    const SampleTable& table_;
    std::uint64_t seed_;
    Company company_;
    std::uint64_t next_ = 0; // the number of the company after this one
    std::size_t first_ = 0;  // row of this one
    std::size_t end_ = 0;
};

Result<TruthBook> write_parquet_files(const SampleRequest& request) {
    TruthBook truth;
    for (std::uint64_t number = 0; number < request.accounts; ++number)
        truth.add(make_company(request.seed, number));
    for (std::size_t table = 0; table < kTableCount; ++table) {
        const SampleTable& described = sample_tables()[table];
        Rows rows(described, request.seed);
        const rulec::input::TypedTable typed{
            std::string(described.name), described.columns, truth.rows()[table],
            [&rows](std::size_t row, rulec::input::RowSink& sink) { rows.write(row, sink); }};
        const auto path = request.folder / (std::string(described.name) + ".parquet");
        if (auto written = rulec::output::write_parquet(typed, path); !written)
            return tl::unexpected(written.error());
    }
    return truth;
}

} // namespace

Result<void> write_sample(const SampleRequest& request) {
    const auto truth =
        request.format == SampleFormat::Parquet ? write_parquet_files(request) : write_csv(request);
    if (!truth)
        return tl::unexpected(truth.error());
    if (auto written = write_text(request.folder / "truth.json", truth->json(request.seed));
        !written)
        return written;
    return write_text(request.folder / "data.toml", data_toml());
}

} // namespace rulebook::sample
