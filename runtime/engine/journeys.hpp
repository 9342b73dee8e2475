// The journeys of all accounts, counted, as a credit rule takes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "runtime/credit/journeys.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/learn/journey_counts.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::engine {

struct JourneyOptions {
    std::optional<std::int64_t> as_of; // none: the greatest instant that the data knows of
    std::size_t threads = 1;           // what comes out does not depend on it
    // Called now and then with the number of accounts done and of all, from one thread at a time.
    std::function<void(std::size_t done, std::size_t all)> progress;
};

// Every journey of the graph is of a deal or of an account.
struct CountedJourneys {
    learn::JourneyGraph graph;
    std::optional<std::int64_t> as_of;
    std::uint32_t version = 0;                // index in Plan::credits: what they were taken by
    std::uint64_t accounts = 0;               // that were looked at
    std::uint64_t won = 0;                    // deals
    std::uint64_t lost = 0;                   // deals
    std::uint64_t accounts_without_close = 0; // that have a journey to nothing
    credit::LeftOut left_out;
};

// By the version of the credit rule (index in Plan::rules) that is in force at as_of; where none
// is, by the last one. Fails as engine::run does, and with learn.too_many.
Result<CountedJourneys> count_journeys(const plan::Plan& plan, const data::Dataset& dataset,
                                       std::uint32_t rule, const JourneyOptions& options);

} // namespace rulebook::engine
