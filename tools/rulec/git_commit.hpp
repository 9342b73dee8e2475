// The commit that a rulebook's folder is at.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

namespace rulec::tool {

// Git is asked at once, and answers while other things are done.
class GitCommit {
public:
    explicit GitCommit(const std::string& directory);

    // Empty where the folder is in no git checkout. Waits for the answer; may be called once.
    std::string answer();

private:
    struct Close {
        void operator()(std::FILE* pipe) const { ::pclose(pipe); }
    };
    std::unique_ptr<std::FILE, Close> pipe_;
};

} // namespace rulec::tool
