#include "tools/data/csv_reader.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "runtime/value/utf8.hpp"
#include "tools/data/csv_record.hpp"
#include "tools/data/file_window.hpp"
#include "tools/data/shown_value.hpp"
#include "tools/data/text_columns.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

constexpr std::size_t kBatchRows = 4'096; // few enough to stay in the processor's cache
constexpr std::size_t kBatchBytes = std::size_t{8} << 20;
// A stray quote makes the reader look ahead in vain; a file full of them shall not take for ever.
constexpr std::size_t kBytesLookedAtInVain = std::size_t{1} << 30;

struct Magic {
    std::string_view bytes;
    std::string_view what;
    std::string_view help;
};

constexpr std::array<Magic, 5> kMagics = {{
    {"PAR1", "a Parquet file", "name it .parquet"},
    {"PK\x03\x04", "a spreadsheet or zip archive", "export it as CSV (UTF-8)"},
    {"\xFF\xFE", "encoded in UTF-16", "export it as CSV (UTF-8)"},
    {"\xFE\xFF", "encoded in UTF-16", "export it as CSV (UTF-8)"},
    {"\x28\xB5\x2F\xFD", "compressed by zstd", "unpack it, or compress it by gzip"},
}};

std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find_first_of("\r\n"));
}

class CsvReader final : public TableReader {
public:
    CsvReader(FileWindow window, std::string name, std::vector<FieldColumn> fields,
              RowNumbers numbers)
        : window_(std::move(window)), name_(std::move(name)), fields_(std::move(fields)),
          numbers_(std::move(numbers)) {}

    Result<void> read_header();

    Result<TableBatch> next() override;
    const std::vector<UnreadableRecord>& unreadable() const override { return unreadable_; }
    const std::vector<AbsentField>& absent_fields() const override { return absent_; }

private:
    tl::unexpected<rulebook::Error> not_csv(const std::string& why, std::string help) const {
        return make_error("data.not_csv", fmt::format("{} {}", name_, why), std::move(help));
    }
    Result<void> check_encoding() const;
    Result<CsvOutcome> split();
    Result<bool> skip_line();
    Result<void> pass_over_too_long();
    Result<void> read_record(CsvOutcome outcome, std::vector<std::uint64_t>& rows);
    void keep_record(std::vector<std::uint64_t>& rows);
    void reject(std::string code, std::string reason, std::string field, const std::string& value);

    FileWindow window_;
    std::string name_;
    std::vector<FieldColumn> fields_;
    char delimiter_ = ',';
    std::vector<std::string> header_;
    std::vector<std::optional<std::size_t>> places_; // of fields_ in a record
    std::vector<bool> present_;
    std::optional<TextColumns> columns_;

    std::vector<CsvField> record_; // what split() found
    std::size_t record_length_ = 0;
    RowNumbers numbers_;
    std::uint64_t row_ = 0; // of the last record
    std::size_t looked_at_in_vain_ = 0;
    std::string scratch_;
    bool failed_ = false;
    std::vector<UnreadableRecord> unreadable_;
    std::vector<AbsentField> absent_;
};

Result<void> CsvReader::check_encoding() const {
    const std::string_view front = window_.view();
    if (front.empty()) {
        return not_csv("is empty", "its first line must name the columns");
    }
    for (const Magic& magic : kMagics) {
        if (front.starts_with(magic.bytes)) {
            return not_csv(fmt::format("is {}, not CSV", magic.what), std::string(magic.help));
        }
    }
    return {};
}

// Splits the next record, reading on as far as it takes. NeedMore: there is none, or it is too
// long.
Result<CsvOutcome> CsvReader::split() {
    while (true) {
        const std::string_view text = window_.view();
        CsvStep step;
        if (!text.empty()) {
            step = split_csv_record(text, delimiter_, window_.at_end(), record_);
        }
        const bool may_extend = !window_.at_end() && text.size() <= kMostCsvBytes;
        if (step.outcome != CsvOutcome::NeedMore || !may_extend) {
            if (std::max(step.length, step.looked_at) > kMostCsvBytes) {
                step = {};
            }
            looked_at_in_vain_ += step.looked_at;
            record_length_ = step.length;
            return step.outcome;
        }
        if (auto read = window_.extend(); !read.has_value()) {
            return tl::unexpected(read.error());
        }
    }
}

// Gives whether there was a quote in the line.
Result<bool> CsvReader::skip_line() {
    bool quote = false;
    while (true) {
        const std::string_view text = window_.view();
        const CsvStep line = first_csv_line(text, window_.at_end());
        const bool whole = line.outcome != CsvOutcome::NeedMore;
        quote = quote || text.substr(0, whole ? line.length : text.size()).find('"') !=
                             std::string_view::npos;
        if (whole) {
            window_.drop(line.length);
            return quote;
        }
        // Of a line without end nothing is kept but a last CR, which may be half of a CR LF.
        const bool half = !text.empty() && text.back() == '\r';
        window_.drop(text.size() - (half ? 1 : 0));
        if (auto read = window_.extend(); !read.has_value()) {
            return tl::unexpected(read.error());
        }
    }
}

// A line without quotes ends where it ends, however long; else nobody knows where the next record
// begins.
Result<void> CsvReader::pass_over_too_long() {
    const std::string begins = shown_value(first_line(window_.view()));
    const std::size_t limit = kMostCsvBytes >> 20U;
    const auto quote = skip_line();
    if (!quote.has_value()) {
        return tl::unexpected(quote.error());
    }
    if (!*quote) {
        reject("data.too_long", fmt::format("longer than {} MiB", limit), "", begins);
        return {};
    }
    return make_error(
        "data.too_long",
        fmt::format("{}, row {}: a quote opens and the record does not end within {} MiB, so where "
                    "the next one begins cannot be known; the row begins: {}",
                    name_, row_, limit, begins),
        "close the quote (quotes inside a quoted field are doubled), or shorten the field");
}

Result<void> CsvReader::read_header() {
    if (auto sound = check_encoding(); !sound.has_value()) {
        return sound;
    }
    static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (window_.view().starts_with(kByteOrderMark)) {
        window_.drop(kByteOrderMark.size());
    }
    while (!window_.view().empty() &&
           (window_.view().front() == '\n' || window_.view().front() == '\r')) {
        window_.drop(1);
    }
    if (window_.view().empty()) {
        return not_csv("is empty", "its first line must name the columns");
    }
    delimiter_ = csv_delimiter_of(window_.view());
    const auto outcome = split();
    if (!outcome.has_value()) {
        return tl::unexpected(outcome.error());
    }
    if (*outcome != CsvOutcome::Record) {
        return not_csv("has no sound first line", "its first line must name the columns");
    }
    for (const CsvField& field : record_) {
        const std::string_view text = field.text(scratch_);
        if (!rulebook::is_valid_utf8(text) || text.find('\0') != std::string_view::npos) {
            return not_csv("is not text in UTF-8", "export it as CSV (UTF-8)");
        }
        header_.emplace_back(text);
    }
    window_.drop(record_length_);
    auto places = match_columns(fields_, header_, name_, absent_);
    if (!places.has_value()) {
        return tl::unexpected(places.error());
    }
    places_ = std::move(*places);
    for (const auto& place : places_) {
        present_.push_back(place.has_value());
    }
    columns_.emplace(present_);
    return {};
}

Result<TableBatch> CsvReader::next() {
    TableBatch batch;
    batch.source = name_;
    while (!failed_ && batch.rows.size() < kBatchRows && columns_->byte_count() < kBatchBytes) {
        auto outcome = split();
        if (outcome.has_value() && window_.view().empty()) {
            break;
        }
        auto read = outcome.has_value() ? read_record(*outcome, batch.rows)
                                        : Result<void>(tl::unexpected(outcome.error()));
        if (!read.has_value()) {
            failed_ = true;
            return tl::unexpected(read.error());
        }
    }
    std::vector<std::string> names;
    for (const FieldColumn& field : fields_) {
        names.push_back(field.field);
    }
    batch.schema = text_schema(names, present_);
    batch.array = columns_->take(batch.rows.size());
    return batch;
}

Result<void> CsvReader::read_record(CsvOutcome outcome, std::vector<std::uint64_t>& rows) {
    if (outcome == CsvOutcome::Blank) {
        window_.drop(record_length_);
        return {};
    }
    row_ = numbers_.next();
    if (outcome == CsvOutcome::Record) {
        keep_record(rows);
        window_.drop(record_length_);
        return {};
    }
    if (outcome == CsvOutcome::NeedMore) {
        return pass_over_too_long();
    }
    reject("data.quote",
           outcome == CsvOutcome::TextAfterQuote ? "text follows a closing quote"
                                                 : "a quote is never closed",
           "", std::string(first_line(window_.view())));
    if (looked_at_in_vain_ > kBytesLookedAtInVain) {
        return not_csv(fmt::format("has broken quotes throughout; record {} is one of them", row_),
                       "quotes inside a quoted field are doubled");
    }
    const auto skipped = skip_line();
    return skipped.has_value() ? Result<void>() : tl::unexpected(skipped.error());
}

// Takes the record's wanted fields, or rejects it.
void CsvReader::keep_record(std::vector<std::uint64_t>& rows) {
    const std::string_view whole = window_.view().substr(0, record_length_);
    if (record_.size() != header_.size()) {
        reject("data.ragged",
               fmt::format("{} fields, but the first line names {} columns", record_.size(),
                           header_.size()),
               "", std::string(whole.substr(0, whole.find_last_not_of("\r\n") + 1)));
        return;
    }
    for (std::size_t i = 0; i < places_.size(); ++i) {
        if (places_[i].has_value()) {
            columns_->append(i, record_[*places_[i]].text(scratch_));
        }
    }
    rows.push_back(row_);
}

void CsvReader::reject(std::string code, std::string reason, std::string field,
                       const std::string& value) {
    unreadable_.push_back(
        {name_, row_, std::move(field), shown_value(value), std::move(code), std::move(reason)});
}

Result<std::unique_ptr<TableReader>> begin(Result<FileWindow> window, const std::string& name,
                                           std::vector<FieldColumn> fields, RowNumbers numbers) {
    if (!window.has_value()) {
        return tl::unexpected(window.error());
    }
    auto reader = std::make_unique<CsvReader>(std::move(*window), name, std::move(fields),
                                              std::move(numbers));
    if (auto header = reader->read_header(); !header.has_value()) {
        return tl::unexpected(header.error());
    }
    return reader;
}

} // namespace

Result<std::unique_ptr<TableReader>> open_csv(const std::filesystem::path& path,
                                              const std::string& name,
                                              std::vector<FieldColumn> fields) {
    return begin(FileWindow::open(path), name, std::move(fields), RowNumbers());
}

Result<std::unique_ptr<TableReader>> open_csv(const std::filesystem::path& path,
                                              const std::string& name,
                                              std::vector<FieldColumn> fields,
                                              const std::vector<FileSlice>& slices) {
    return begin(FileWindow::open(path, slices), name, std::move(fields), RowNumbers(slices));
}

} // namespace rulec::input
