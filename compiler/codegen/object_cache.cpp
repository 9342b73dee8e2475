#include "compiler/codegen/object_cache.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace rulec::codegen {

namespace fs = std::filesystem;
using rulebook::Digest;

namespace {

// An entry is: the magic, a format version (one byte), the SHA-256 of the rest, the rest: the key,
// then each object behind its size (eight bytes, least significant first).
constexpr std::string_view kEntryMagic = "RULEOBJS";
constexpr char kEntryVersion = 1;
constexpr std::string_view kEntryEnd = ".objects";
constexpr std::string_view kUnfinishedEnd = ".unfinished";
constexpr std::size_t kDigestBytes = std::tuple_size_v<Digest>;
constexpr std::size_t kSizeBytes = 8;
constexpr auto kOldest = std::chrono::hours(1); // an unfinished entry: its writer is no more

std::string_view bytes_of(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

void append_size(std::string& bytes, std::uint64_t size) {
    for (std::size_t i = 0; i < kSizeBytes; ++i)
        bytes.push_back(static_cast<char>(size >> (8 * i)));
}

std::string entry_of(const Digest& key, const std::vector<std::string>& objects) {
    std::string rest(bytes_of(key));
    for (const std::string& object : objects) {
        append_size(rest, object.size());
        rest += object;
    }
    std::string entry(kEntryMagic);
    entry.push_back(kEntryVersion);
    entry += bytes_of(rulebook::sha256(rest));
    return entry + rest;
}

// Takes `count` bytes from the front; nothing if there are fewer.
std::optional<std::string_view> take(std::string_view& bytes, std::uint64_t count) {
    if (count > bytes.size())
        return std::nullopt;
    const std::string_view taken = bytes.substr(0, count);
    bytes.remove_prefix(count);
    return taken;
}

std::optional<std::vector<std::string>> objects_in(std::string_view bytes, const Digest& key) {
    const std::string head = std::string(kEntryMagic) + kEntryVersion;
    if (take(bytes, head.size()) != head)
        return std::nullopt;
    const auto digest = take(bytes, kDigestBytes);
    if (digest != bytes_of(rulebook::sha256(bytes)) || take(bytes, kDigestBytes) != bytes_of(key))
        return std::nullopt;
    std::vector<std::string> objects;
    while (!bytes.empty()) {
        const auto written = take(bytes, kSizeBytes);
        if (!written)
            return std::nullopt;
        std::uint64_t size = 0;
        for (std::size_t i = kSizeBytes; i-- > 0;)
            size = size << 8U | static_cast<unsigned char>((*written)[i]);
        const auto object = take(bytes, size);
        if (!object)
            return std::nullopt;
        objects.emplace_back(*object);
    }
    return objects;
}

bool is_ours_alone(const fs::path& folder) {
    struct stat there{};
    return ::stat(folder.c_str(), &there) == 0 && S_ISDIR(there.st_mode) &&
           there.st_uid == ::geteuid() && (there.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

} // namespace

ObjectCache::ObjectCache(fs::path folder, std::uint64_t most_bytes)
    : folder_(std::move(folder)), most_bytes_(most_bytes) {
    std::error_code error;
    if (fs::create_directories(folder_, error) && !error)
        fs::permissions(folder_, fs::perms::owner_all, error);
    on_ = is_ours_alone(folder_) && ::access(folder_.c_str(), W_OK | X_OK) == 0;
}

fs::path ObjectCache::path_of(const Digest& key) const {
    return folder_ / (rulebook::hexadecimal(key) + std::string(kEntryEnd));
}

std::optional<std::vector<std::string>> ObjectCache::find(const Digest& key) const {
    if (!on_)
        return std::nullopt;
    const fs::path path = path_of(key);
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) // of a pipe, say, reading would not end
        return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (!file || !(bytes << file.rdbuf()))
        return std::nullopt;
    auto objects = objects_in(bytes.view(), key);
    if (objects) // it was used
        fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
    return objects;
}

void ObjectCache::keep(const Digest& key, const std::vector<std::string>& objects) const {
    if (!on_)
        return;
    const std::string entry = entry_of(key, objects);
    if (entry.size() > most_bytes_)
        return;
    const fs::path path = path_of(key);
    std::random_device random;
    const fs::path aside = path.native() + fmt::format(".{:08x}{:08x}", random(), random()) +
                           std::string(kUnfinishedEnd);
    std::ofstream file(aside, std::ios::binary);
    file << entry;
    file.close();
    std::error_code error;
    if (file)
        fs::rename(aside, path, error);
    if (!file || error)
        fs::remove(aside, error);
    make_room(path);
}

// Others may do the same meanwhile: what is gone already is no error.
void ObjectCache::make_room(const fs::path& newest) const {
    struct Entry {
        fs::file_time_type used;
        std::uint64_t bytes;
        fs::path path;
    };
    std::vector<Entry> entries;
    std::uint64_t bytes = 0;
    std::error_code error;
    for (fs::directory_iterator each(folder_, error), end; !error && each != end;
         each.increment(error)) {
        std::error_code gone;
        const Entry entry{each->last_write_time(gone), each->file_size(gone), each->path()};
        const std::string name = entry.path.filename().native();
        if (gone)
            continue;
        if (name.ends_with(kUnfinishedEnd) &&
            entry.used + kOldest < fs::file_time_type::clock::now())
            fs::remove(entry.path, gone);
        if (!name.ends_with(kEntryEnd))
            continue;
        bytes += entry.bytes;
        if (entry.path != newest)
            entries.push_back(entry);
    }
    std::ranges::sort(entries, {}, &Entry::used);
    for (const Entry& entry : entries) {
        if (bytes <= most_bytes_)
            return;
        std::error_code gone;
        fs::remove(entry.path, gone);
        bytes -= entry.bytes;
    }
}

} // namespace rulec::codegen
