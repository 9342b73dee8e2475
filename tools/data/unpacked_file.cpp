#include "tools/data/unpacked_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fmt/format.h>
#include <zlib.h>

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 18;
constexpr std::size_t kMostAtOnce = std::size_t{1} << 30; // zlib counts in 32 bits
constexpr int kGzipOnly = 15 + 16;                        // the largest window, with gzip's header
constexpr std::size_t kMagicBytes = 2;

bool begins_as_gzip(const unsigned char* bytes, std::size_t count) {
    return count >= kMagicBytes && bytes[0] == 0x1F && bytes[1] == 0x8B;
}

tl::unexpected<rulebook::Error> unreadable(const std::string& path, int reason) {
    return make_error("data.unreadable",
                      fmt::format("{} cannot be read: {}", path, std::strerror(reason)),
                      reason == EACCES ? "check its permissions" : "");
}

} // namespace

std::string_view kind_words(std::filesystem::file_type type) {
    switch (type) {
    case std::filesystem::file_type::fifo:
        return "a pipe";
    case std::filesystem::file_type::socket:
        return "a socket";
    default:
        return "a device";
    }
}

Result<void> check_regular_file(const std::filesystem::path& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status) || std::filesystem::is_regular_file(status)) {
        return {}; // what is not there is told where it is opened
    }
    if (std::filesystem::is_directory(status)) {
        return make_error("data.unreadable",
                          fmt::format("{} is a folder, not a file", path.string()),
                          "name the files in it by a pattern, as in file = \"folder/*.csv\"");
    }
    return make_error("data.unreadable",
                      fmt::format("{} is {}, not a file", path.string(), kind_words(status.type())),
                      "save what it gives as a file, and name that");
}

Result<UnpackedFile> UnpackedFile::open(const std::filesystem::path& path) {
    if (auto regular = check_regular_file(path); !regular.has_value()) {
        return tl::unexpected(regular.error());
    }
    UnpackedFile opened;
    opened.path_ = path.string();
    opened.file_.reset(std::fopen(opened.path_.c_str(), "rb"));
    if (opened.file_ == nullptr) {
        return unreadable(opened.path_, errno);
    }
    std::setvbuf(opened.file_.get(), nullptr, _IONBF, 0); // large pieces are read anyway
    if (auto begun = opened.begin(); !begun.has_value()) {
        return tl::unexpected(begun.error());
    }
    return opened;
}

Result<void> UnpackedFile::begin() {
    buffer_ = std::make_unique_for_overwrite<unsigned char[]>(kBufferBytes);
    stream_.reset(new z_stream());
    stream_->next_in = buffer_.get();
    if (auto filled = fill(); !filled.has_value()) {
        return filled;
    }
    if (begins_as_gzip(stream_->next_in, stream_->avail_in)) {
        place_ = Place::InMember;
        if (inflateInit2(stream_.get(), kGzipOnly) != Z_OK) {
            return unreadable(path_, ENOMEM);
        }
    }
    return {};
}

// Moves what is left to the front of the buffer and reads on, to its end where there is enough.
Result<void> UnpackedFile::fill() {
    std::memmove(buffer_.get(), stream_->next_in, stream_->avail_in);
    stream_->next_in = buffer_.get();
    const std::size_t got = std::fread(buffer_.get() + stream_->avail_in, 1,
                                       kBufferBytes - stream_->avail_in, file_.get());
    if (std::ferror(file_.get()) != 0) {
        return unreadable(path_, errno);
    }
    stream_->avail_in += static_cast<unsigned>(got);
    return {};
}

Result<std::size_t> UnpackedFile::read(char* to, std::size_t wanted) {
    if (place_ == Place::Plain) {
        return read_plain(to, wanted);
    }
    std::size_t got = 0;
    while (got < wanted && place_ != Place::AtEnd) {
        if (place_ == Place::AfterMember) {
            if (auto passed = pass_to_next_member(); !passed.has_value()) {
                return tl::unexpected(passed.error());
            }
            continue;
        }
        auto more = inflate_some(to + got, wanted - got);
        if (!more.has_value()) {
            return more;
        }
        got += *more;
    }
    return got;
}

Result<std::size_t> UnpackedFile::read_plain(char* to, std::size_t wanted) {
    const std::size_t kept = std::min<std::size_t>(stream_->avail_in, wanted);
    std::memcpy(to, stream_->next_in, kept);
    stream_->next_in += kept;
    stream_->avail_in -= static_cast<unsigned>(kept);
    const std::size_t read = std::fread(to + kept, 1, wanted - kept, file_.get());
    if (std::ferror(file_.get()) != 0) {
        return unreadable(path_, errno);
    }
    return kept + read;
}

Result<std::size_t> UnpackedFile::inflate_some(char* to, std::size_t wanted) {
    if (stream_->avail_in == 0) {
        if (auto filled = fill(); !filled.has_value()) {
            return tl::unexpected(filled.error());
        }
        if (stream_->avail_in == 0) {
            return damaged("it ends too early");
        }
    }
    const auto room = static_cast<unsigned>(std::min(wanted, kMostAtOnce));
    stream_->next_out = reinterpret_cast<unsigned char*>(to); // zlib's bytes are unsigned
    stream_->avail_out = room;
    const int status = inflate(stream_.get(), Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
        ++members_;
        place_ = Place::AfterMember;
    } else if (status == Z_MEM_ERROR) {
        return unreadable(path_, ENOMEM);
    } else if (status != Z_OK && status != Z_BUF_ERROR) { // the latter: it wants more, or room
        return damaged(stream_->msg == nullptr ? "gzip cannot unpack it" : stream_->msg);
    }
    return room - stream_->avail_out;
}

Result<void> UnpackedFile::pass_to_next_member() {
    if (stream_->avail_in < kMagicBytes) {
        if (auto filled = fill(); !filled.has_value()) {
            return filled;
        }
    }
    if (begins_as_gzip(stream_->next_in, stream_->avail_in)) {
        place_ = Place::InMember;
        return inflateReset(stream_.get()) == Z_OK ? Result<void>() : unreadable(path_, ENOMEM);
    }
    // The end; or zeros up to it, with which tapes and block devices fill up their last block.
    while (stream_->avail_in > 0) {
        if (std::any_of(stream_->next_in, stream_->next_in + stream_->avail_in,
                        [](unsigned char byte) { return byte != 0; })) {
            return damaged(fmt::format("what follows after {} packed by gzip is not",
                                       members_ == 1 ? "the part" : "the parts"));
        }
        stream_->avail_in = 0;
        if (auto filled = fill(); !filled.has_value()) {
            return filled;
        }
    }
    place_ = Place::AtEnd;
    return {};
}

tl::unexpected<rulebook::Error> UnpackedFile::damaged(const std::string& how) const {
    return make_error("data.unreadable", fmt::format("{} is damaged: {}", path_, how),
                      "export it again, or pack it again");
}

void UnpackedFile::End::operator()(z_stream_s* stream) const {
    inflateEnd(stream); // where it was not begun: nothing
    delete stream;
}

} // namespace rulec::input
