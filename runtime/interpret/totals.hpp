// What an aggregate gives, kept up to date while elements come and go; internal to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "runtime/interpret/ends.hpp"
#include "runtime/interpret/number_sum.hpp"
#include "runtime/interpret/operation.hpp"
#include "runtime/interpret/part.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

class Totals {
public:
    // `slope`: by how much every value grows in every microsecond. `in_order`: parts come in the
    // order of their rows.
    Totals(const plan::Aggregate& aggregate, std::int64_t slope, bool in_order)
        : aggregate_(&aggregate), slope_(slope), in_order_(in_order) {}

    void clear() { *this = Totals(*aggregate_, slope_, in_order_); }
    // `for_good`: it will not be removed.
    void add(const Part& part, bool for_good);
    // A part that was added, as it was, not for good.
    void remove(const Part& part);

    // What the aggregate gives at the evaluation's instant. Nothing where it does not fit, so that
    // the elements must be asked one by one.
    std::optional<Value> value(const Call& call) const;

    std::int64_t elements() const { return elements_; }
    // Of whole numbers at rest: `sum`, `avg`.
    Int128 sum_at_rest() const { return sum_; }
    // How much is remembered.
    std::size_t kept() const {
        return values_.kept() + times_.size() + places_.kept() + numbers_.kept();
    }

private:
    using Place = std::pair<std::int64_t, RowIndex>; // time, row

    void count(const Part& part, int sign);
    std::optional<Value> sum(const Call& call) const;
    std::optional<Value> average(const Call& call) const;
    std::optional<Value> extreme(const Call& call) const;
    std::optional<Value> distinct(const Call& call) const;
    std::optional<Value> value_of_chosen(const Call& call) const;
    bool all_unknown() const { return elements_ > 0 && known_ == 0; }
    // Of all known values at the instant.
    Int128 exact_sum(const Call& call) const;

    const plan::Aggregate* aggregate_;
    std::int64_t slope_;
    bool in_order_;
    std::int64_t elements_ = 0;
    std::int64_t known_ = 0;   // of their values
    std::int64_t without_ = 0; // elements that do not `have`
    Int128 sum_ = 0;
    NumberSum numbers_;
    Ends<plan::Value> values_;                  // `min`, `max`
    std::map<plan::Value, std::int64_t> times_; // `distinct`: how often each is there
    Ends<Place> places_;                        // `first`, `last`
};

} // namespace rulebook::interpret
