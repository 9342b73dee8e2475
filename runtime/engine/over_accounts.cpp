#include "runtime/engine/over_accounts.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace rulebook::engine {

namespace {

constexpr std::size_t kAccountsOfAPiece = 256;

} // namespace

std::size_t pieces_of(std::size_t accounts) {
    return (accounts + kAccountsOfAPiece - 1) / kAccountsOfAPiece;
}

std::size_t threads_for(std::size_t accounts, std::size_t wanted) {
    return std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(pieces_of(accounts), 1));
}

void over_accounts(std::size_t accounts, std::size_t threads,
                   const std::function<void(std::size_t done, std::size_t all)>& progress,
                   const std::function<PieceWork(std::size_t thread)>& make_work) {
    const std::size_t pieces = pieces_of(accounts);
    std::atomic<std::size_t> next = 0;
    std::mutex reporting;
    std::size_t done = 0;
    const auto work = [&](std::size_t thread) {
        const PieceWork do_piece = make_work(thread);
        for (std::size_t index = next++; index < pieces; index = next++) {
            const std::size_t first = index * kAccountsOfAPiece;
            const std::size_t last = std::min(first + kAccountsOfAPiece, accounts);
            do_piece({index, first, last});
            if (!progress)
                continue;
            const std::lock_guard lock(reporting);
            done += last - first;
            progress(done, accounts);
        }
    };
    std::vector<std::jthread> helpers;
    for (std::size_t thread = 1; thread < threads; ++thread)
        helpers.emplace_back(work, thread);
    work(0);
}

} // namespace rulebook::engine
