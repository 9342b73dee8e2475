// Names of half-written files, and of folders made for them, so that a signal that ends the process
// removes them. Internal to the writing of files.
#pragma once

#include <atomic>
#include <string>

namespace rulec::tool {

// The name of a file that may be there half-written, or of a folder that is removed where nothing
// is in it. Neither changed nor freed as long as the
// process lives: a signal may read it at any instant.
struct AsideName {
    const std::string path;
    const bool is_folder = false;
    std::atomic<bool> in_use = true;
    AsideName* next = nullptr;
};

// Call it before the file is made, so that no signal comes between; set `in_use` to false once the
// file is gone or has its final name. Thread-safe.
AsideName& claim_aside_name(std::string path, bool is_folder = false);

// While it lives no signal of those below ends the process; one that came ends it afterwards.
class UninterruptedMoves {
public:
    UninterruptedMoves();
    UninterruptedMoves(const UninterruptedMoves&) = delete;
    UninterruptedMoves& operator=(const UninterruptedMoves&) = delete;
    ~UninterruptedMoves();
};

// From now on SIGINT, SIGTERM and SIGHUP, unless they are ignored, remove what is half-written and
// then end the process as they always do. A file that grows beyond the limit of the process
// (SIGXFSZ) is an error of writing instead. Call once, before there are threads.
void remove_asides_on_signals();

} // namespace rulec::tool
