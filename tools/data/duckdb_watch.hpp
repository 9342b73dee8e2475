// Ends queries that take too long. Internal to librulebook_duckdb.so.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "tools/data/duckdb_handles.hpp"

namespace rulec::input {

// Interrupts what runs on the connection once the time is over, unless it is destroyed before. The
// connection outlives it.
class QueryWatch {
public:
    QueryWatch(duckdb_connection connection, std::chrono::seconds time)
        : thread_([this, connection, time](const std::stop_token& stop) {
              std::unique_lock lock(mutex_);
              if (!ended_.wait_for(lock, stop, time, [&] { return stop.stop_requested(); })) {
                  over_ = true;
                  duckdb_interrupt(connection);
              }
          }) {}

    // Whether the time was over.
    bool over() const { return over_; }

private:
    std::mutex mutex_;
    std::condition_variable_any ended_;
    std::atomic<bool> over_ = false;
    std::jthread thread_; // the last member: it is joined before the others go
};

} // namespace rulec::input
