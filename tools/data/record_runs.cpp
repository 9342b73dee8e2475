#include "tools/data/record_runs.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <xxhash.h>

#include "tools/data/csv_reader.hpp"
#include "tools/data/csv_record.hpp"
#include "tools/data/file_window.hpp"
#include "tools/data/sort_key.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

constexpr std::size_t kMostRunBytes = std::size_t{64} << 20U; // held in memory at once

tl::unexpected<rulebook::Error> not_raw(const std::string& name, std::string_view why) {
    return make_error("data.not_raw", fmt::format("{} {}", name, why));
}

class Scan {
public:
    Scan(FileWindow window, const std::string& name, std::uint64_t salt, KeyNumbers& accounts,
         std::vector<ByteSum>& sums)
        : window_(std::move(window)), name_(name), salt_(salt), accounts_(accounts), sums_(sums) {}

    Result<void> read_head(const KeyColumn& account, const std::optional<KeyColumn>& own);
    Result<void> read_records();
    RecordRuns take() { return std::move(found_); }

private:
    struct Record {
        CsvOutcome outcome = CsvOutcome::NeedMore;
        std::size_t length = 0; // with its line end
        std::string_view account{};
        std::string_view own{};
    };
    // A column that is read as key, and where it stands.
    struct Place {
        std::size_t column = 0;
        SortKey key{rulebook::plan::TypeKind::Text};
    };

    Result<Place> place_of(const KeyColumn& key, const std::vector<std::string>& head) const;
    Record next_record(std::string_view text);
    Record split(std::string_view text);
    void take_cells(std::string_view line, Record& record) const;
    std::uint32_t account_of(std::string_view cell);
    void add(const Record& record);
    void end_run();

    FileWindow window_;
    const std::string& name_;
    std::uint64_t salt_;
    KeyNumbers& accounts_;
    std::vector<ByteSum>& sums_;
    RecordRuns found_;
    char delimiter_ = ',';
    Place account_;
    std::optional<Place> own_;
    std::vector<CsvField> fields_;
    std::string account_text_; // where quotes had to be undone
    std::string own_text_;

    std::uint64_t offset_ = 0; // in the file, of the window's first byte
    std::size_t at_ = 0; // in the window: the next record; the run's first stands at its front
    std::uint64_t row_ = 0;
    RecordRun run_;
    std::string last_cell_; // that named run_.account
};

Result<Scan::Place> Scan::place_of(const KeyColumn& key,
                                   const std::vector<std::string>& head) const {
    const auto found = std::ranges::find(head, key.name);
    if (found == head.end() || std::find(found + 1, head.end(), key.name) != head.end()) {
        return not_raw(name_, fmt::format("has not one column `{}`", key.name));
    }
    return Place{static_cast<std::size_t>(found - head.begin()), SortKey(key.type)};
}

// As the reader does; what is wrong with it is for the reader to say.
Result<void> Scan::read_head(const KeyColumn& account, const std::optional<KeyColumn>& own) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    std::string_view text = window_.view();
    if (text.starts_with("\x1F\x8B")) {
        return not_raw(name_, "is packed");
    }
    at_ = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    while (at_ < text.size() && (text[at_] == '\n' || text[at_] == '\r')) {
        ++at_;
    }
    text.remove_prefix(at_);
    if (text.empty()) {
        return not_raw(name_, "is empty");
    }
    delimiter_ = csv_delimiter_of(text);
    const CsvStep step = split_csv_record(text, delimiter_, window_.at_end(), fields_);
    if (step.outcome != CsvOutcome::Record) {
        return not_raw(name_, "has no short first line");
    }
    std::vector<std::string> head;
    for (const CsvField& field : fields_) {
        head.emplace_back(field.text(own_text_));
    }
    at_ += step.length;
    found_.head = window_.view().substr(0, at_);
    auto place = place_of(account, head);
    if (!place.has_value()) {
        return tl::unexpected(place.error());
    }
    account_ = std::move(*place);
    if (own.has_value()) {
        auto own_place = place_of(*own, head);
        if (!own_place.has_value()) {
            return tl::unexpected(own_place.error());
        }
        own_ = std::move(*own_place);
    }
    return {};
}

// The record at the front of `text`, which is not empty.
Scan::Record Scan::next_record(std::string_view text) {
    const std::size_t end = csv_line_end_or_quote(text);
    if (end < text.size() && text[end] == '"') {
        return split(text);
    }
    Record record{.outcome = end == 0 ? CsvOutcome::Blank : CsvOutcome::Record};
    if (end == text.size()) {
        record.length = end;
    } else if (text[end] == '\n') {
        record.length = end + 1;
    } else if (end + 1 < text.size()) {
        record.length = end + (text[end + 1] == '\n' ? 2 : 1);
    } else { // the line feed may be on its way
        record.length = end + 1;
    }
    if (record.length == text.size() && text.back() != '\n' && !window_.at_end()) {
        return {};
    }
    if (end > 0) {
        take_cells(text.substr(0, end), record);
    }
    return record;
}

// Of a line without quotes.
void Scan::take_cells(std::string_view line, Record& record) const {
    // Records of one account often stand together.
    const std::size_t known = last_cell_.size();
    if (!own_.has_value() && account_.column == 0 && known > 0 && line.size() > known &&
        line[known] == delimiter_ && line.starts_with(last_cell_)) {
        record.account = line.substr(0, known);
        return;
    }
    const std::size_t last = std::max(account_.column, own_.has_value() ? own_->column : 0);
    for (std::size_t column = 0; column <= last; ++column) {
        const std::string_view cell = line.substr(0, std::min(line.find(delimiter_), line.size()));
        if (column == account_.column) {
            record.account = cell;
        }
        if (own_.has_value() && column == own_->column) {
            record.own = cell;
        }
        if (cell.size() == line.size()) {
            return;
        }
        line.remove_prefix(cell.size() + 1);
    }
}

Scan::Record Scan::split(std::string_view text) {
    const CsvStep step = split_csv_record(text, delimiter_, window_.at_end(), fields_);
    Record record{.outcome = step.outcome, .length = step.length};
    if (step.outcome != CsvOutcome::Record) {
        return record;
    }
    if (account_.column < fields_.size()) {
        record.account = fields_[account_.column].text(account_text_);
    }
    if (own_.has_value() && own_->column < fields_.size()) {
        record.own = fields_[own_->column].text(own_text_);
    }
    return record;
}

std::uint32_t Scan::account_of(std::string_view cell) {
    if (run_.records > 0 && run_.account != kNobody && cell == last_cell_) {
        return run_.account;
    }
    const auto key =
        account_.key.read({.kind = rulebook::data::SourceCell::Kind::Text, .text = cell});
    if (!key.has_value()) {
        return kNobody;
    }
    const std::uint32_t number = accounts_.number_of(*key);
    sums_.resize(accounts_.size());
    return number;
}

void Scan::add(const Record& record) {
    ++row_;
    if (own_.has_value()) {
        const auto key =
            own_->key.read({.kind = rulebook::data::SourceCell::Kind::Text, .text = record.own});
        found_.own_keys.push_back(
            key.has_value() ? static_cast<std::uint32_t>(XXH3_64bits(key->data(), key->size()))
                            : 0);
    }
    const std::uint32_t account = account_of(record.account);
    if (run_.records > 0 && account != run_.account) {
        end_run();
    }
    if (run_.records == 0) {
        run_ = {.account = account, .records = 0, .first_row = row_, .offset = offset_ + at_};
        last_cell_ = record.account;
        // record.account looks into the window, which stays as it is
    }
    ++run_.records;
    at_ += record.length;
    run_.bytes = offset_ + at_ - run_.offset;
}

void Scan::end_run() {
    if (run_.records == 0) {
        return;
    }
    const std::size_t front = static_cast<std::size_t>(run_.offset - offset_);
    if (run_.account != kNobody) {
        sums_[run_.account].add(window_.view().substr(front, run_.bytes), salt_);
    }
    found_.runs.push_back(run_);
    run_ = {};
}

Result<void> Scan::read_records() {
    while (true) {
        const std::string_view rest = window_.view().substr(at_);
        const Record record = rest.empty() ? Record{} : next_record(rest);
        switch (record.outcome) {
        case CsvOutcome::Record:
            if (record.length > kMostCsvBytes) {
                return not_raw(name_, "has records that are too long");
            }
            add(record);
            continue;
        case CsvOutcome::Blank:
            at_ += record.length;
            continue;
        case CsvOutcome::NeedMore:
            break;
        case CsvOutcome::UnclosedQuote:
        case CsvOutcome::TextAfterQuote:
            return not_raw(name_, "has broken quotes");
        }
        if (window_.at_end()) {
            end_run();
            return {};
        }
        if (rest.size() > kMostCsvBytes) {
            return not_raw(name_, "has records that are too long");
        }
        // What a run's sum is of does not depend on where the window ends.
        if (run_.bytes > kMostRunBytes) {
            end_run();
        }
        const std::size_t done =
            run_.records > 0 ? static_cast<std::size_t>(run_.offset - offset_) : at_;
        window_.drop(done);
        offset_ += done;
        at_ -= done;
        if (auto read = window_.extend(); !read.has_value()) {
            return read;
        }
    }
}

} // namespace

void ByteSum::add(std::string_view bytes, std::uint64_t salt) {
    const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), low ^ salt);
    low = hash.low64;
    high = hash.high64 + high * 0x9E3779B97F4A7C15U;
}

Result<RecordRuns> RecordRunsReader::read(const std::filesystem::path& path,
                                          const std::string& name, std::uint64_t bytes,
                                          std::uint64_t salt, KeyNumbers& accounts,
                                          std::vector<ByteSum>& sums) const {
    auto window = FileWindow::open(path, {{.offset = 0, .bytes = bytes}});
    if (!window.has_value()) {
        return tl::unexpected(window.error());
    }
    Scan scan(std::move(*window), name, salt, accounts, sums);
    auto read = scan.read_head(account_, own_);
    if (read.has_value()) {
        read = scan.read_records();
    }
    if (!read.has_value()) {
        return tl::unexpected(read.error());
    }
    return scan.take();
}

} // namespace rulec::input
