#include "tools/rulec/aside_names.hpp"

#include <csignal>
#include <unistd.h>
#include <utility>

namespace rulec::tool {
namespace {

// Signals are taken by one process-wide handler, which can only reach what is global.
std::atomic<AsideName*> first_name = nullptr;

enum class Phase : int {
    Open,   // a signal ends the process
    Moving, // files take their places: a signal waits
    Ending  // a signal is removing names
};
std::atomic<Phase> phase = Phase::Open;
std::atomic<int> waiting_signal = 0;

static_assert(std::atomic<AsideName*>::is_always_lock_free &&
              std::atomic<Phase>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

// Only what is safe in a signal handler: atomics, unlink, rmdir, signal, raise. The list begins
// with the newest, so a folder comes after what was made in it.
void end_by(int number) {
    for (const AsideName* name = first_name; name != nullptr; name = name->next)
        if (name->in_use && name->is_folder)
            ::rmdir(name->path.c_str());
        else if (name->in_use)
            ::unlink(name->path.c_str());
    std::signal(number, SIG_DFL);
    ::raise(number); // comes when the handler returns, where it is blocked until then
}

void handle(int number) {
    Phase open = Phase::Open;
    if (phase.compare_exchange_strong(open, Phase::Ending))
        return end_by(number);
    if (open != Phase::Moving)
        return;
    waiting_signal = number;
    open = Phase::Open; // the moves may have ended before they could see it
    if (phase.compare_exchange_strong(open, Phase::Ending))
        end_by(number);
}

} // namespace

AsideName& claim_aside_name(std::string path, bool is_folder) {
    auto* name = new AsideName{std::move(path), is_folder}; // reachable from the list, never freed
    name->next = first_name;
    while (!first_name.compare_exchange_weak(name->next, name)) {
    }
    return *name;
}

UninterruptedMoves::UninterruptedMoves() {
    Phase open = Phase::Open;
    while (!phase.compare_exchange_strong(open, Phase::Moving)) {
        ::usleep(1000); // another thread moves, or takes the signal that ends the process
        open = Phase::Open;
    }
}

UninterruptedMoves::~UninterruptedMoves() {
    phase = Phase::Open;
    if (const int number = waiting_signal.exchange(0))
        ::raise(number);
}

void remove_asides_on_signals() {
    std::signal(SIGXFSZ, SIG_IGN);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before{};
        if (::sigaction(number, nullptr, &before) == 0 && before.sa_handler == SIG_IGN)
            continue;
        struct sigaction wanted{};
        wanted.sa_handler = handle;
        ::sigaction(number, &wanted, nullptr);
    }
}

} // namespace rulec::tool
