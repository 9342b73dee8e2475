#include "tools/output/written_rows.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace rulec::output {

namespace {

constexpr std::size_t kAtOnce = std::size_t{1} << 20U;

} // namespace

tl::unexpected<rulebook::Error> WrittenRows::unreadable(const std::string& why) const {
    return rulebook::make_error("output.unreadable", "`" + path_ + "` cannot be read: " + why);
}

rulebook::Result<WrittenRows> WrittenRows::open(const std::filesystem::path& path,
                                                LineEnd line_end) {
    WrittenRows rows;
    rows.line_end_ = line_end;
    rows.path_ = path.string();
    rows.file_.reset(std::fopen(path.c_str(), "rb"));
    if (!rows.file_)
        return rows.unreadable(std::strerror(errno));
    return rows;
}

// Of the first one with its line end; npos if it goes on beyond the text.
std::size_t WrittenRows::length_of_row(std::string_view text) const {
    std::size_t length = 0;
    bool quoted = false;
    while (true) {
        const std::size_t end = text.find('\n', length);
        if (end == std::string_view::npos)
            return end;
        if (line_end_ == LineEnd::MayBeQuoted)
            quoted ^= std::ranges::count(text.substr(length, end - length), '"') % 2 != 0;
        length = end + 1;
        if (!quoted)
            return length;
    }
}

// At least as much again as is there, so that a long row costs no more than its length.
bool WrittenRows::read_on() {
    buffer_.erase(0, at_);
    at_ = 0;
    const std::size_t there = buffer_.size();
    buffer_.resize(there + std::max(kAtOnce, there));
    const std::size_t count =
        std::fread(buffer_.data() + there, 1, buffer_.size() - there, file_.get());
    buffer_.resize(there + count);
    return count > 0;
}

rulebook::Result<void> WrittenRows::pass(std::uint64_t rows, ByteFile* to) {
    while (rows > 0) {
        const std::string_view rest = std::string_view(buffer_).substr(at_);
        std::size_t length = 0;
        for (; rows > 0; --rows) {
            const std::size_t row = length_of_row(rest.substr(length));
            if (row == std::string_view::npos)
                break;
            length += row;
        }
        if (to != nullptr)
            to->buffer().append(rest.substr(0, length));
        at_ += length;
        if (to != nullptr)
            to->row_ended();
        if (rows > 0 && !read_on())
            return unreadable(std::ferror(file_.get()) != 0 ? std::strerror(errno)
                                                            : "rows are missing");
    }
    return {};
}

rulebook::Result<void> WrittenRows::skip(std::uint64_t rows) {
    return pass(rows, nullptr);
}

rulebook::Result<void> WrittenRows::copy(std::uint64_t rows, ByteFile& file) {
    return pass(rows, &file);
}

} // namespace rulec::output
