#include "tools/output/row_spool.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <fcntl.h>
#include <random>
#include <unistd.h>

#include <fmt/format.h>

namespace rulec::output {
namespace {

constexpr std::size_t kFull = std::size_t{1} << 18;

// Before each cell stands what it is.
enum class Cell : char { Null, Text, Integer, Number, False, True, Decimal, Percent, Date, Time };

int unnamed_file(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        return descriptor;
    // Not every file system has unnamed files.
    std::string path = (folder / ".rows.XXXXXX").string();
    const int named = ::mkostemp(path.data(), O_CLOEXEC);
    if (named >= 0)
        ::unlink(path.c_str());
    return named;
}

} // namespace

class RowSpool::Writer final : public input::RowSink {
public:
    explicit Writer(std::string& bytes) : bytes_(bytes) {}

    void null() override { put(Cell::Null); }
    void text(std::string_view value) override {
        put(Cell::Text, static_cast<std::int64_t>(value.size()));
        bytes_.append(value);
    }
    void integer(std::int64_t value) override { put(Cell::Integer, value); }
    void number(double value) override { put(Cell::Number, std::bit_cast<std::int64_t>(value)); }
    void boolean(bool value) override { put(value ? Cell::True : Cell::False); }
    void decimal(std::int64_t units, int decimals) override {
        put(Cell::Decimal, units);
        bytes_.push_back(static_cast<char>(decimals));
    }
    void percent(std::int64_t millionths) override { put(Cell::Percent, millionths); }
    void date(std::int32_t days) override { put(Cell::Date, days); }
    void time(std::int64_t microseconds) override { put(Cell::Time, microseconds); }

private:
    void put(Cell cell) { bytes_.push_back(static_cast<char>(cell)); }
    void put(Cell cell, std::int64_t value) {
        put(cell);
        char bytes[sizeof value];
        std::memcpy(bytes, &value, sizeof value);
        bytes_.append(bytes, sizeof value);
    }

    std::string& bytes_;
};

rulebook::Result<RowSpool> RowSpool::make(const std::filesystem::path& folder) {
    const int descriptor = unnamed_file(folder);
    RowSpool spool;
    if (descriptor >= 0)
        spool.file_.reset(::fdopen(descriptor, "w+b"));
    if (spool.file_ == nullptr)
        return rulebook::make_error(
            "output.unwritable",
            fmt::format("`{}` cannot be written to: {}", folder.string(), std::strerror(errno)));
    std::setvbuf(spool.file_.get(), nullptr, _IONBF, 0);
    return spool;
}

void RowSpool::write_out() {
    write_failed_ |= std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size();
    buffer_.clear();
}

void RowSpool::add(const input::TypedTable& table) {
    name_ = table.name;
    columns_ = table.columns;
    Writer writer(buffer_);
    for (std::size_t row = 0; row < table.rows && !write_failed_; ++row) {
        table.write(row, writer);
        if (buffer_.size() >= kFull)
            write_out();
    }
    rows_ += table.rows;
}

rulebook::Result<void> RowSpool::finish() {
    write_out();
    if (write_failed_)
        return rulebook::make_error("output.unwritable",
                                    fmt::format("rows of `{}` cannot be kept on the disk: {}",
                                                name_, std::strerror(errno)));
    return {};
}

input::TypedTable RowSpool::table() {
    next_row_ = rows_; // the first row that is asked for rewinds
    return {name_, columns_, rows_,
            [this](std::size_t row, input::RowSink& sink) { read_row(row, sink); }};
}

rulebook::Result<void> RowSpool::read_fault() const {
    if (read_failed_)
        return rulebook::make_error("output.unreadable",
                                    fmt::format("rows of `{}` cannot be read back", name_));
    return {};
}

// Whether so many bytes are in the buffer, from at_ on.
bool RowSpool::fill(std::size_t bytes) {
    if (buffer_.size() - at_ >= bytes)
        return true;
    buffer_.erase(0, at_);
    at_ = 0;
    const std::size_t kept = buffer_.size();
    buffer_.resize(std::max(kFull, bytes));
    buffer_.resize(kept + std::fread(buffer_.data() + kept, 1, buffer_.size() - kept, file_.get()));
    return buffer_.size() >= bytes;
}

std::int64_t RowSpool::read_number() {
    std::int64_t value = 0;
    if (fill(sizeof value)) {
        std::memcpy(&value, buffer_.data() + at_, sizeof value);
        at_ += sizeof value;
    } else {
        read_failed_ = true;
    }
    return value;
}

void RowSpool::read_row(std::size_t row, input::RowSink& sink) {
    if (row == 0) {
        read_failed_ |= std::fseek(file_.get(), 0, SEEK_SET) != 0;
        buffer_.clear();
        at_ = 0;
        next_row_ = 0;
    }
    read_failed_ |= row != next_row_;
    ++next_row_;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        if (read_failed_)
            sink.null(); // the file that comes of it is thrown away
        else
            read_cell(sink);
    }
}

void RowSpool::read_cell(input::RowSink& sink) {
    if (!fill(1)) {
        read_failed_ = true;
        return sink.null();
    }
    switch (static_cast<Cell>(buffer_[at_++])) {
    case Cell::Null:
        return sink.null();
    case Cell::Text: {
        const auto size = static_cast<std::size_t>(read_number());
        if (read_failed_ || !fill(size)) {
            read_failed_ = true;
            return sink.null();
        }
        text_.assign(buffer_, at_, size);
        at_ += size;
        return sink.text(text_);
    }
    case Cell::Integer:
        return sink.integer(read_number());
    case Cell::Number:
        return sink.number(std::bit_cast<double>(read_number()));
    case Cell::False:
        return sink.boolean(false);
    case Cell::True:
        return sink.boolean(true);
    case Cell::Decimal: {
        const std::int64_t units = read_number();
        read_failed_ |= !fill(1);
        return sink.decimal(units, read_failed_ ? 0 : buffer_[at_++]);
    }
    case Cell::Percent:
        return sink.percent(read_number());
    case Cell::Date:
        return sink.date(static_cast<std::int32_t>(read_number()));
    case Cell::Time:
        return sink.time(read_number());
    }
    read_failed_ = true;
    sink.null();
}

} // namespace rulec::output
