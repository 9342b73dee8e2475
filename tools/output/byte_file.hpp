// A file that is written from front to back through a buffer.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulec::output {

// Is called with all bytes of a file, one piece after the other, as they are written.
using WatchBytes = std::function<void(std::string_view bytes)>;

class ByteFile {
public:
    explicit ByteFile(const std::filesystem::path& path, WatchBytes watch = {});

    // What is to be written next; append to it.
    std::string& buffer() { return buffer_; }
    // Between rows: writes the buffer out where it is full.
    void row_ended() {
        if (buffer_.size() >= kFull)
            write_out();
    }
    // Writes what is in the buffer and then these.
    void write(std::string_view bytes);
    // Of all bytes so far, those in the buffer among them.
    std::uint64_t size() const { return put_ + buffer_.size(); }
    // Writes what is left. Fails with "output.unwritable" if any of the writes failed.
    rulebook::Result<void> finish();

private:
    static constexpr std::size_t kFull = std::size_t{1} << 20;
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    void write_out();
    void put(std::string_view bytes);
    void fail();

    std::string path_;
    std::string buffer_;
    std::uint64_t put_ = 0; // bytes, before those in the buffer
    std::string fault_;     // empty: none so far
    std::unique_ptr<std::FILE, Close> file_;
    WatchBytes watch_; // may be empty
};

} // namespace rulec::output
