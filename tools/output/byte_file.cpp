#include "tools/output/byte_file.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

namespace rulec::output {

ByteFile::ByteFile(const std::filesystem::path& path, WatchBytes watch)
    : path_(path.string()), file_(std::fopen(path.c_str(), "wb")), watch_(std::move(watch)) {
    buffer_.reserve(kFull + kFull / 4);
    if (file_ == nullptr)
        fail();
    else
        std::setvbuf(file_.get(), nullptr, _IONBF, 0);
}

void ByteFile::fail() {
    if (fault_.empty())
        fault_ = std::strerror(errno);
}

void ByteFile::put(std::string_view bytes) {
    if (watch_)
        watch_(bytes);
    put_ += bytes.size();
    if (file_ != nullptr && fault_.empty() &&
        std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
        fail();
}

void ByteFile::write_out() {
    put(buffer_);
    buffer_.clear();
}

void ByteFile::write(std::string_view bytes) {
    write_out();
    put(bytes);
}

rulebook::Result<void> ByteFile::finish() {
    write_out();
    if (file_ != nullptr && std::fflush(file_.get()) != 0)
        fail();
    if (!fault_.empty())
        return rulebook::make_error("output.unwritable",
                                    "`" + path_ + "` cannot be written: " + fault_);
    return {};
}

} // namespace rulec::output
