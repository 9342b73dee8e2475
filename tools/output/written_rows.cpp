#include "tools/output/written_rows.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <unistd.h>

namespace rulec::output {

namespace {

constexpr std::size_t kAtOnce = std::size_t{1} << 20U;

} // namespace

tl::unexpected<rulebook::Error> WrittenRows::unreadable(const std::string& why) const {
    return rulebook::make_error("output.unreadable", "`" + path_ + "` cannot be read: " + why);
}

rulebook::Result<WrittenRows> WrittenRows::open(const std::filesystem::path& path) {
    WrittenRows rows;
    rows.path_ = path.string();
    rows.file_.reset(std::fopen(path.c_str(), "rb"));
    if (!rows.file_)
        return rows.unreadable(std::strerror(errno));
    rows.buffer_ = std::make_unique_for_overwrite<char[]>(kAtOnce);
    return rows;
}

rulebook::Result<void> WrittenRows::copy(std::uint64_t bytes, ByteFile& file) {
    while (bytes > 0) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, kAtOnce));
        const ssize_t got =
            ::pread(::fileno(file_.get()), buffer_.get(), wanted, static_cast<off_t>(at_));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return unreadable(got < 0 ? std::strerror(errno) : "rows are missing");
        const auto count = static_cast<std::size_t>(got);
        file.write(std::string_view(buffer_.get(), count));
        at_ += count;
        bytes -= count;
    }
    return {};
}

} // namespace rulec::output
