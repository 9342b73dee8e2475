#include "tools/rulec/link.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <optional>
#include <spawn.h>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = std::size_t{1} << 31U;
constexpr std::size_t kMostWords = 100'000; // of what the linker says

// The one that was found when this program was built, else one of these.
constexpr std::string_view kFoundLinker = RULEBOOK_LINKER;
constexpr std::string_view kLinkers[] = {"ld.lld-19", "ld.lld", "ld"};
// The compiler's support library: division of 128 bits.
constexpr const char* kSupport = RULEBOOK_SUPPORT_LIBRARY;

bool can_be_run(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

std::optional<fs::path> find_linker() {
    if (!kFoundLinker.empty() && can_be_run(kFoundLinker))
        return kFoundLinker;
    const char* const folders = std::getenv("PATH");
    std::string_view rest = folders == nullptr ? "" : folders;
    while (!rest.empty()) {
        const std::string_view folder = rest.substr(0, rest.find(':'));
        rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
        for (const std::string_view name : kLinkers)
            if (fs::path path = fs::path(folder) / name; can_be_run(path))
                return path;
    }
    return std::nullopt;
}

// A folder of our own, gone with this.
class Workplace {
public:
    Workplace() {
        std::error_code error;
        std::string name = (fs::temp_directory_path(error) / "rulec-link-XXXXXX").native();
        if (!error && ::mkdtemp(name.data()) != nullptr)
            folder_ = name;
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;
    ~Workplace() {
        std::error_code ignored;
        if (!folder_.empty())
            fs::remove_all(folder_, ignored);
    }

    bool is_there() const { return !folder_.empty(); }
    std::string path(std::string_view name) const { return (folder_ / name).native(); }

private:
    fs::path folder_;
};

bool write(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    file.close();
    return static_cast<bool>(file);
}

// Whether it ended with 0; what it says goes to the file.
bool run(const std::vector<std::string>& words, const std::string& said) {
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str())); // posix_spawn does not change them
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, said.c_str(),
                                       O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    pid_t process = 0;
    const int error =
        ::posix_spawn(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return false;
    int status = 0;
    while (::waitpid(process, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::vector<std::string> command(const fs::path& linker, LinkInto into, const std::string& output) {
    std::vector<std::string> words{linker.native(), "-o", output};
    if (into == LinkInto::Object) {
        words.emplace_back("-r");
        return words;
    }
    for (const char* word : {"-shared", "-z", "noexecstack", "-z", "relro", "-z", "now",
                             "--hash-style=gnu", "--gc-sections", "--exclude-libs=ALL"})
        words.emplace_back(word);
    return words;
}

} // namespace

rulebook::Result<std::string> link_objects(const std::vector<std::string>& objects, LinkInto into) {
    const auto linker = find_linker();
    if (!linker)
        return rulebook::make_error("link.no_linker", "there is no linker on this machine",
                                    "install lld-19 (or another lld, or binutils)");
    const Workplace workplace;
    const std::string output = workplace.path("output");
    std::vector<std::string> words = command(*linker, into, output);
    for (std::size_t i = 0; workplace.is_there() && i < objects.size(); ++i) {
        words.push_back(workplace.path(fmt::format("{}.o", i)));
        if (!write(words.back(), objects[i]))
            return rulebook::make_error("link.failed",
                                        fmt::format("{}: {}", words.back(), std::strerror(errno)));
    }
    if (into == LinkInto::SharedObject && ::access(kSupport, R_OK) == 0)
        words.emplace_back(kSupport);
    const std::string said = workplace.path("said");
    if (!workplace.is_there() || !run(words, said)) {
        const auto why = read_file(said, kMostWords);
        return rulebook::make_error("link.failed", fmt::format("{} failed: {}", linker->native(),
                                                               why ? *why : "it did not start"));
    }
    return read_file(output, kMostBytes);
}

} // namespace rulec::tool
