// Every set of events that is a match of a pattern.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tests/oracle/lengths.hpp"

namespace rulebook::oracle {

// Which events of History::events(): a bit each, so there are 32 of them at most.
using EventSet = std::uint32_t;

struct Completion {
    std::int64_t start = 0;
    std::size_t completing = 0; // index in History::events()
};

class Matches {
public:
    // `patterns` as in plan::On: the last one is the whole.
    Matches(const Lengths& lengths, std::span<const plan::Pattern> patterns);

    const std::vector<EventSet>& all() const { return whole_; }

    // At an instant: of the matches that end there and whose events are all later than `consumed`,
    // the latest start and the last event that ends one of them.
    std::optional<Completion> completion(std::int64_t instant,
                                         std::optional<std::int64_t> consumed) const;

private:
    std::vector<EventSet> of(const plan::Pattern& pattern) const;
    std::vector<EventSet> counted(const plan::Pattern& pattern,
                                  const std::vector<EventSet>& single) const;
    bool are_different(const plan::Pattern& pattern, EventSet set) const;
    bool follows(EventSet late, EventSet early) const;
    std::int64_t start(EventSet set) const;
    std::size_t last(EventSet set) const;
    std::vector<std::size_t> members(EventSet set) const;

    const Lengths& lengths_;
    const std::vector<Event>& events_;
    std::vector<std::vector<EventSet>> sets_; // per pattern
    std::vector<EventSet> whole_;
};

} // namespace rulebook::oracle
