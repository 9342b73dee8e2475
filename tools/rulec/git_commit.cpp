#include "tools/rulec/git_commit.hpp"

#include <array>
#include <filesystem>

namespace rulec::tool {

GitCommit::GitCommit(const std::string& directory) {
    std::string quoted = "'";
    for (const char letter : std::filesystem::absolute(directory).string())
        quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    const std::string command = "git -C " + quoted + "' rev-parse HEAD 2>/dev/null"; // quoted above
    pipe_.reset(::popen(command.c_str(), "re"));
}

std::string GitCommit::answer() {
    std::array<char, 64> buffer{};
    std::string commit;
    while (pipe_ != nullptr && std::fgets(buffer.data(), buffer.size(), pipe_.get()) != nullptr)
        commit += buffer.data();
    pipe_.reset();
    while (!commit.empty() && (commit.back() == '\n' || commit.back() == '\r'))
        commit.pop_back();
    return commit;
}

} // namespace rulec::tool
