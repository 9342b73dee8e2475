#include "tools/data/file_slices.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <unistd.h>

#include <fmt/format.h>

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

Result<SlicedFile> SlicedFile::open(const std::filesystem::path& path,
                                    std::vector<FileSlice> slices) {
    SlicedFile sliced(path.string(), std::move(slices));
    sliced.file_.reset(std::fopen(path.c_str(), "rb"));
    if (sliced.file_ == nullptr) {
        return make_error("data.unreadable",
                          fmt::format("{} cannot be read: {}", sliced.path_, std::strerror(errno)));
    }
    return sliced;
}

Result<std::size_t> SlicedFile::read(char* to, std::size_t wanted) {
    std::size_t got = 0;
    while (got < wanted && slice_ < slices_.size()) {
        const FileSlice& slice = slices_[slice_];
        const auto count = std::min<std::uint64_t>(wanted - got, slice.bytes - passed_);
        const auto read = ::pread(::fileno(file_.get()), to + got, count,
                                  static_cast<off_t>(slice.offset + passed_));
        if (read < 0 || (read == 0 && count > 0)) {
            return make_error("data.unreadable",
                              fmt::format("{} cannot be read: {}", path_,
                                          read < 0 ? std::strerror(errno) : "it became shorter"));
        }
        got += static_cast<std::size_t>(read);
        passed_ += static_cast<std::uint64_t>(read);
        if (passed_ == slice.bytes) {
            ++slice_;
            passed_ = 0;
        }
    }
    return got;
}

std::uint64_t RowNumbers::next() {
    while (left_ == 0 && slice_ < slices_.size()) {
        left_ = slices_[slice_].records;
        row_ = left_ > 0 ? slices_[slice_].first_row - 1 : row_;
        ++slice_;
    }
    left_ -= left_ > 0 ? 1 : 0;
    return ++row_;
}

} // namespace rulec::input
