#include "tools/data/read_ahead.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace rulec::input {

using rulebook::Result;

namespace {

constexpr std::size_t kFewRows = 20'000;
constexpr std::size_t kMostBatches = 16; // read and not used yet

// What one call of next() found.
struct Step {
    Result<TableBatch> batch;
    std::vector<UnreadableRecord> unreadable; // those that are new

    bool is_last() const { return !batch.has_value() || batch->size() == 0; }
};

class ReadAhead final : public TableReader {
public:
    explicit ReadAhead(std::unique_ptr<TableReader> reader) : reader_(std::move(reader)) {}
    ~ReadAhead() override { stop(); }

    Result<TableBatch> next() override {
        if (ended_) {
            return TableBatch{};
        }
        if (!thread_.joinable() && rows_ >= kFewRows) {
            thread_ = std::thread([this] { read_all(); });
        }
        Step step = thread_.joinable() ? take() : read_one();
        unreadable_.insert(unreadable_.end(), std::make_move_iterator(step.unreadable.begin()),
                           std::make_move_iterator(step.unreadable.end()));
        if (step.is_last()) {
            ended_ = true;
            stop();
        } else {
            rows_ += step.batch->size();
        }
        return std::move(step.batch);
    }

    const std::vector<UnreadableRecord>& unreadable() const override { return unreadable_; }
    // Files beyond the first are opened on the way, so these are whole at the end only.
    const std::vector<AbsentField>& absent_fields() const override {
        return thread_.joinable() ? none_ : reader_->absent_fields();
    }
    std::vector<MisspeltArray> misspelt_arrays() const override {
        return thread_.joinable() ? std::vector<MisspeltArray>() : reader_->misspelt_arrays();
    }
    bool found() const override { return thread_.joinable() || reader_->found(); }

private:
    Step read_one() {
        Step step{reader_->next(), {}};
        const auto& records = reader_->unreadable();
        step.unreadable.assign(records.begin() + static_cast<std::ptrdiff_t>(listed_),
                               records.end());
        listed_ = records.size();
        return step;
    }

    // On the other thread: until the end, or until nobody wants more.
    void read_all() {
        while (true) {
            Step step = read_one();
            const bool last = step.is_last();
            std::unique_lock lock(mutex_);
            room_.wait(lock, [&] { return steps_.size() < kMostBatches || unwanted_; });
            steps_.push_back(std::move(step));
            const bool unwanted = unwanted_;
            lock.unlock();
            filled_.notify_one();
            if (last || unwanted) {
                return;
            }
        }
    }

    Step take() {
        std::unique_lock lock(mutex_);
        filled_.wait(lock, [&] { return !steps_.empty(); });
        Step step = std::move(steps_.front());
        steps_.pop_front();
        lock.unlock();
        room_.notify_one();
        return step;
    }

    void stop() {
        if (!thread_.joinable()) {
            return;
        }
        {
            const std::scoped_lock lock(mutex_);
            unwanted_ = true;
        }
        room_.notify_one();
        thread_.join();
    }

    std::unique_ptr<TableReader> reader_; // while the thread runs: the thread's
    std::size_t listed_ = 0;              // the same; how many of its unreadable records were told
    std::size_t rows_ = 0;
    bool ended_ = false;
    std::vector<UnreadableRecord> unreadable_;
    const std::vector<AbsentField> none_;

    std::mutex mutex_;
    std::condition_variable filled_;
    std::condition_variable room_;
    std::deque<Step> steps_;
    bool unwanted_ = false;
    std::thread thread_;
};

} // namespace

std::unique_ptr<TableReader> read_ahead(std::unique_ptr<TableReader> reader) {
    return std::make_unique<ReadAhead>(std::move(reader));
}

} // namespace rulec::input
