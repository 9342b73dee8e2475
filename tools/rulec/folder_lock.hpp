#pragma once

#include <filesystem>

namespace rulec::tool {

// Held while results are written into the folder, so that two runs do not mix theirs. Where the
// file system knows no locks there is none.
class FolderLock {
public:
    explicit FolderLock(const std::filesystem::path& folder);
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

    // Another process holds it, or another FolderLock of this one.
    bool is_anothers() const { return anothers_; }

private:
    int descriptor_;
    bool anothers_ = false;
};

} // namespace rulec::tool
