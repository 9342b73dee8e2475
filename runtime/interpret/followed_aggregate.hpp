// An aggregate that is asked at ascending instants, of one root record after the other; internal to
// this folder. It gives what asking every element gives (aggregates.cpp), without doing so.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "runtime/interpret/changing_elements.hpp"
#include "runtime/interpret/run_of_rows.hpp"

namespace rulebook::interpret {

class FollowedAggregate {
public:
    // `followed` outlives it.
    explicit FollowedAggregate(const Followed& followed);

    // For the evaluation's root and instant; whatever was asked before. Nothing where the elements
    // must be asked one by one.
    std::optional<Value> value(const Call& call);

    // Notes when time alone may change that value: call it after value().
    void note_changes(Evaluation& evaluation) const;

    // How much is remembered: elements whose part may change, and different values.
    std::size_t kept() const;

private:
    const Followed* followed_;
    std::variant<RunOfRows, ChangingElements> elements_;
    Totals totals_;
    Record root_{kNoRecord, 0};
    std::int64_t instant_ = 0;
    bool fits_ = true; // for this root
};

} // namespace rulebook::interpret
