#include "tools/data/files_reader.hpp"

#include <iterator>
#include <utility>

namespace rulec::input {

using rulebook::Result;

namespace {

class FilesReader final : public TableReader {
public:
    FilesReader(std::vector<std::string> names, OpenFile open)
        : names_(std::move(names)), open_(std::move(open)) {}

    Result<void> open_next() {
        misspelt_ = misspelt_arrays();
        reader_.reset();
        auto reader = open_(names_[opened_]);
        ++opened_;
        if (!reader.has_value()) {
            opened_ = names_.size();
            return tl::unexpected(reader.error());
        }
        reader_ = std::move(*reader);
        const auto& absent = reader_->absent_fields();
        absent_.insert(absent_.end(), absent.begin(), absent.end());
        listed_ = 0;
        return {};
    }

    Result<TableBatch> next() override {
        while (reader_ != nullptr) {
            auto batch = reader_->next();
            const auto& records = reader_->unreadable();
            found_ = found_ || reader_->found();
            std::copy(records.begin() + static_cast<std::ptrdiff_t>(listed_), records.end(),
                      std::back_inserter(unreadable_));
            listed_ = records.size();
            if (!batch.has_value() || batch->size() > 0 || opened_ == names_.size()) {
                return batch;
            }
            if (auto opened = open_next(); !opened.has_value()) {
                return tl::unexpected(opened.error());
            }
        }
        return TableBatch{};
    }

    const std::vector<UnreadableRecord>& unreadable() const override { return unreadable_; }
    const std::vector<AbsentField>& absent_fields() const override { return absent_; }
    bool found() const override { return found_; }
    std::vector<MisspeltArray> misspelt_arrays() const override {
        std::vector<MisspeltArray> arrays = misspelt_;
        if (reader_ != nullptr) {
            const auto more = reader_->misspelt_arrays();
            arrays.insert(arrays.end(), more.begin(), more.end());
        }
        return arrays;
    }

private:
    std::vector<std::string> names_;
    OpenFile open_;
    std::size_t opened_ = 0;
    std::unique_ptr<TableReader> reader_;
    std::size_t listed_ = 0; // how many of reader_->unreadable() are in unreadable_
    bool found_ = false;
    std::vector<UnreadableRecord> unreadable_;
    std::vector<AbsentField> absent_;
    std::vector<MisspeltArray> misspelt_; // of the files that are done
};

} // namespace

Result<std::unique_ptr<TableReader>> read_files(std::vector<std::string> names, OpenFile open) {
    auto reader = std::make_unique<FilesReader>(std::move(names), std::move(open));
    if (auto opened = reader->open_next(); !opened.has_value()) {
        return tl::unexpected(opened.error());
    }
    return reader;
}

} // namespace rulec::input
