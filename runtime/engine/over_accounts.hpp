// The accounts of a data set, a piece at a time, by several threads. Internal to this folder.
#pragma once

#include <cstddef>
#include <functional>

namespace rulebook::engine {

struct Piece {
    std::size_t index = 0;           // pieces are numbered in the order of their accounts
    std::size_t first = 0, last = 0; // [first, last)
};

// How many pieces there are.
std::size_t pieces_of(std::size_t accounts);
// How many threads are of use: at least one, at most `wanted`, and no more than pieces.
std::size_t threads_for(std::size_t accounts, std::size_t wanted);

using PieceWork = std::function<void(const Piece&)>;

// Calls make_work(thread) once in each of `threads` threads, this one being thread 0, and what it
// gives for one piece after the other, until all are done. Which thread gets which piece is chance.
// `progress` (may be empty) hears of accounts done and of all, from one thread at a time.
void over_accounts(std::size_t accounts, std::size_t threads,
                   const std::function<void(std::size_t done, std::size_t all)>& progress,
                   const std::function<PieceWork(std::size_t thread)>& make_work);

} // namespace rulebook::engine
