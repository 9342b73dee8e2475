// The bytes of a file, unpacked where gzip has packed it.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/value/result.hpp"

struct z_stream_s; // of zlib; NOLINT(readability-identifier-naming)

namespace rulec::input {

// Packed is what begins as gzip does, whatever its name. Files packed one by one may stand one
// after the other (members); zeros may fill up the end. Anything else behind a member is an error,
// and so is a member that is not whole: no byte is left out in silence.
class UnpackedFile {
public:
    // Fails with code "data.unreadable", also for what is no regular file: a pipe could keep us
    // waiting for ever.
    static rulebook::Result<UnpackedFile> open(const std::filesystem::path& path);

    // How many of `wanted` bytes it wrote: fewer only where the file ends.
    rulebook::Result<std::size_t> read(char* to, std::size_t wanted);

private:
    enum class Place { Plain, InMember, AfterMember, AtEnd };
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    struct End {
        void operator()(z_stream_s* stream) const;
    };

    rulebook::Result<void> begin();
    rulebook::Result<std::size_t> read_plain(char* to, std::size_t wanted);
    rulebook::Result<std::size_t> inflate_some(char* to, std::size_t wanted);
    rulebook::Result<void> pass_to_next_member();
    rulebook::Result<void> fill();
    tl::unexpected<rulebook::Error> damaged(const std::string& how) const;

    std::string path_;
    std::unique_ptr<std::FILE, Close> file_;
    std::unique_ptr<z_stream_s, End> stream_; // what it points at is what was read, not unpacked
    std::unique_ptr<unsigned char[]> buffer_;
    Place place_ = Place::Plain;
    std::size_t members_ = 0; // that are whole
};

// Of what is neither a file nor a folder: "a pipe", "a socket", "a device".
std::string_view kind_words(std::filesystem::file_type type);

// What is there but no regular file, where the caller wants one; nothing is opened. Fails with
// "data.unreadable".
rulebook::Result<void> check_regular_file(const std::filesystem::path& path);

} // namespace rulec::input
