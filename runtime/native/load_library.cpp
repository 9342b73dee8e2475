#include "runtime/native/load_library.hpp"

#include <cerrno>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <memory>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "runtime/native/library_seal.hpp"
#include "runtime/plan/serialize.hpp"

namespace rulebook::native {

namespace {

constexpr std::int64_t kMostBytes = std::int64_t{1} << 31U;

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0)
            ::close(number_);
    }
    int number() const { return number_; }

private:
    int number_;
};

// Its file stays open as long as it is loaded: the system tells libraries apart by their names, and
// this one is named by the number of the descriptor.
class Loaded {
public:
    Loaded(Descriptor file, void* handle) : file_(std::move(file)), handle_(handle) {}
    Loaded(const Loaded&) = delete;
    Loaded& operator=(const Loaded&) = delete;
    ~Loaded() { ::dlclose(handle_); }

    const void* symbol(const char* name) const { return ::dlsym(handle_, name); }

private:
    Descriptor file_;
    void* handle_;
};

tl::unexpected<Error> unreadable(const std::string& path) {
    return make_error("native.unreadable", fmt::format("{}: {}", path, std::strerror(errno)),
                      "name a file that `rulec compile -o` wrote, by its path");
}

tl::unexpected<Error> unloadable(const std::string& path, const std::string& why) {
    return make_error("native.memory",
                      fmt::format("{}: this process may not load native code: {}", path, why));
}

Result<std::string> read(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat there{};
    if (file.number() < 0 || ::fstat(file.number(), &there) != 0)
        return unreadable(path);
    if (!S_ISREG(there.st_mode) || there.st_size > kMostBytes)
        return make_error("native.damaged",
                          fmt::format("{}: this is no native code of a rulebook", path));
    std::string bytes(static_cast<std::size_t>(there.st_size), '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t got = ::read(file.number(), bytes.data() + filled, bytes.size() - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return unreadable(path);
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
}

bool write(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// What was checked is what is loaded: from a copy in memory that nobody can change.
Result<std::shared_ptr<const Loaded>> load(const std::string& path, std::string_view bytes) {
    Descriptor file(::memfd_create("rulebook", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    constexpr int kSeals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    if (file.number() < 0 || !write(file.number(), bytes) ||
        ::fcntl(file.number(), F_ADD_SEALS, kSeals) != 0)
        return unloadable(path, std::strerror(errno));
    const std::string name = fmt::format("/proc/self/fd/{}", file.number());
    void* const handle = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        const char* const why = ::dlerror();
        return unloadable(path, why == nullptr ? "" : why);
    }
    return std::make_shared<const Loaded>(std::move(file), handle);
}

Result<Library> library_from(std::string_view bytes, const std::string& path) {
    const auto plan_bytes = sealed_plan(bytes, path);
    if (!plan_bytes)
        return tl::unexpected(plan_bytes.error());
    auto loaded = load(path, bytes);
    if (!loaded) {
        auto plan = plan::deserialize(*plan_bytes, path);
        if (!plan)
            return tl::unexpected(std::move(plan.error()));
        return Library{*std::move(plan), {}, std::move(loaded.error())};
    }
    const void* const code = (*loaded)->symbol("rulebook_code");
    if (code == nullptr)
        return make_error("native.damaged",
                          fmt::format("{}: this is no native code of a rulebook", path));
    return library_of(*static_cast<const rulebook_code*>(code), path, *std::move(loaded));
}

} // namespace

Result<Library> load_library(const std::string& path) {
    const auto bytes = read(path);
    return bytes ? library_from(*bytes, path) : tl::unexpected(bytes.error());
}

Result<Library> load_rulebook(const std::string& path) {
    const auto bytes = read(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (!bytes->starts_with(plan::kMagic))
        return library_from(*bytes, path);
    auto plan = plan::deserialize(*bytes, path);
    if (!plan)
        return tl::unexpected(std::move(plan.error()));
    return Library{*std::move(plan), {}, std::nullopt};
}

} // namespace rulebook::native
