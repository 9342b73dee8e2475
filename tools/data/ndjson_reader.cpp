#include "tools/data/ndjson_reader.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tools/data/file_window.hpp"
#include "tools/data/json_line.hpp"
#include "tools/data/shown_value.hpp"
#include "tools/data/text_columns.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

constexpr std::size_t kBatchRows = 16'384;
constexpr std::size_t kBatchBytes = std::size_t{8} << 20;
static_assert(FileWindow::kReadableBeyond >= kBytesBehindLine);

std::vector<std::string> column_names(const std::vector<FieldColumn>& fields) {
    std::vector<std::string> names;
    for (const FieldColumn& field : fields)
        names.push_back(field.column);
    return names;
}

class NdjsonReader final : public TableReader {
public:
    NdjsonReader(FileWindow window, std::string name, std::vector<FieldColumn> fields,
                 const NestedPlace& place, std::size_t most_line_bytes)
        : window_(std::move(window)), name_(std::move(name)), fields_(std::move(fields)),
          nested_(!place.arrays.empty()), present_(fields_.size(), true),
          line_(column_names(fields_), place), columns_(present_),
          most_line_bytes_(most_line_bytes) {}

    Result<void> check_start();
    Result<TableBatch> next() override;
    const std::vector<UnreadableRecord>& unreadable() const override { return unreadable_; }
    const std::vector<AbsentField>& absent_fields() const override { return absent_; }
    bool found() const override { return line_.found(); }
    std::vector<MisspeltArray> misspelt_arrays() const override;

private:
    Result<bool> next_line(std::string_view& line, std::size_t& length);
    Result<void> pass_over_too_long(std::string_view line);
    bool is_one_array() const;
    void note_misspelt();
    void read_line(std::string_view line, std::vector<std::uint64_t>& rows);
    void take(std::span<const std::string> values, const JsonFault& fault,
              std::vector<std::uint64_t>& rows);
    void reject(std::string field, std::string_view value, std::string_view code,
                const std::string& reason);

    FileWindow window_;
    std::string name_;
    std::vector<FieldColumn> fields_;
    bool nested_;
    std::vector<bool> present_;
    JsonLine line_;
    TextColumns columns_;
    std::size_t most_line_bytes_;
    std::vector<std::uint64_t> misspelt_rows_; // of line_.misspelt()
    std::uint64_t row_ = 0;
    std::uint64_t line_number_ = 0;
    bool failed_ = false;
    std::vector<UnreadableRecord> unreadable_;
    std::vector<AbsentField> absent_; // stays empty: each line may have other columns
};

// Or the first of many lines that hold something else than objects: then its bracket is closed in
// it, and more lines follow.
bool NdjsonReader::is_one_array() const {
    const std::string_view text = window_.view();
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    const std::size_t end = text.find('\n', start);
    if (end == std::string_view::npos)
        return true;
    const std::string_view line = text.substr(start, end - start);
    const std::size_t last = line.find_last_not_of(" \t\r");
    const bool follows = text.find_first_not_of(" \t\r\n", end) != std::string_view::npos;
    return line[last] != ']' || !follows;
}

Result<void> NdjsonReader::check_start() {
    static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (window_.view().starts_with(kByteOrderMark))
        window_.drop(kByteOrderMark.size());
    const std::size_t start = window_.view().find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos)
        return {};
    const char first = window_.view()[start];
    if (first == '[' && is_one_array())
        return make_error("data.not_ndjson", fmt::format("{} is one JSON array", name_),
                          "write one object a line, without brackets around them and commas "
                          "between them");
    if (window_.view().starts_with("\xFF\xFE") || window_.view().starts_with("\xFE\xFF"))
        return make_error("data.not_ndjson", fmt::format("{} is encoded in UTF-16", name_),
                          "export it in UTF-8");
    return {};
}

// Whether there is one. `length` covers the line feed, `line` does not.
Result<bool> NdjsonReader::next_line(std::string_view& line, std::size_t& length) {
    std::size_t looked_at = 0;
    while (true) {
        const std::string_view text = window_.view();
        const std::size_t end = text.find('\n', looked_at);
        if (end != std::string_view::npos) {
            line = text.substr(0, end);
            length = end + 1;
            return true;
        }
        if (window_.at_end() || text.size() > most_line_bytes_) {
            line = text;
            length = text.size();
            return !text.empty();
        }
        looked_at = text.size();
        if (auto read = window_.extend(); !read.has_value())
            return tl::unexpected(read.error());
    }
}

Result<TableBatch> NdjsonReader::next() {
    TableBatch batch;
    batch.source = name_;
    while (!failed_ && batch.rows.size() < kBatchRows && columns_.byte_count() < kBatchBytes) {
        std::string_view line;
        std::size_t length = 0;
        const auto there = next_line(line, length);
        if (!there.has_value()) {
            failed_ = true;
            return tl::unexpected(there.error());
        }
        if (!*there)
            break;
        ++line_number_;
        if (line.size() > most_line_bytes_) {
            if (auto passed = pass_over_too_long(line); !passed.has_value()) {
                failed_ = true;
                return tl::unexpected(passed.error());
            }
            continue;
        }
        read_line(line, batch.rows);
        window_.drop(length);
    }
    std::vector<std::string> names;
    for (const FieldColumn& field : fields_)
        names.push_back(field.field);
    batch.schema = text_schema(names, present_);
    batch.array = columns_.take(batch.rows.size());
    return batch;
}

// Line feeds end lines, so the next one is known wherever this one ends.
Result<void> NdjsonReader::pass_over_too_long(std::string_view line) {
    ++row_;
    if (!nested_)
        reject("", line, "data.too_long",
               fmt::format("longer than {} MiB", most_line_bytes_ >> 20U));
    while (true) {
        const std::size_t end = window_.view().find('\n');
        if (end != std::string_view::npos || window_.at_end()) {
            window_.drop(end == std::string_view::npos ? window_.view().size() : end + 1);
            return {};
        }
        window_.drop(window_.view().size());
        if (auto read = window_.extend(); !read.has_value())
            return read;
    }
}

void NdjsonReader::note_misspelt() {
    misspelt_rows_.resize(line_.misspelt().size(), row_);
}

std::vector<MisspeltArray> NdjsonReader::misspelt_arrays() const {
    std::vector<MisspeltArray> arrays = line_.misspelt();
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        arrays[i].source = name_;
        arrays[i].row = misspelt_rows_[i];
    }
    return arrays;
}

void NdjsonReader::read_line(std::string_view line, std::vector<std::uint64_t>& rows) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos)
        return;
    ++row_;
    if (const std::string_view fault = line_.fault(line); !fault.empty()) {
        if (!nested_)
            reject("", line, "data.malformed", std::string(fault));
        return;
    }
    line_.records(line, [&](std::span<const std::string> values, const JsonFault& fault) {
        take(values, fault, rows);
    });
    note_misspelt();
}

void NdjsonReader::take(std::span<const std::string> values, const JsonFault& fault,
                        std::vector<std::uint64_t>& rows) {
    if (!fault.code.empty()) {
        reject(fault.whole ? "" : fields_[fault.column].field, fault.value, fault.code,
               fault.reason);
        unreadable_.back().parent = fault.parent;
        return;
    }
    for (std::size_t column = 0; column < values.size(); ++column)
        columns_.append(column, values[column]);
    rows.push_back(row_);
}

void NdjsonReader::reject(std::string field, std::string_view value, std::string_view code,
                          const std::string& reason) {
    unreadable_.push_back({name_, row_, std::move(field), shown_value(value), std::string(code),
                           fmt::format("line {}: {}", line_number_, reason)});
}

} // namespace

Result<std::unique_ptr<TableReader>> open_ndjson(const std::filesystem::path& path,
                                                 const std::string& name,
                                                 std::vector<FieldColumn> fields,
                                                 const NestedPlace& place,
                                                 std::size_t most_line_bytes) {
    auto window = FileWindow::open(path);
    if (!window.has_value())
        return tl::unexpected(window.error());
    auto reader = std::make_unique<NdjsonReader>(std::move(*window), name, std::move(fields), place,
                                                 most_line_bytes);
    if (auto start = reader->check_start(); !start.has_value())
        return tl::unexpected(start.error());
    return reader;
}

} // namespace rulec::input
