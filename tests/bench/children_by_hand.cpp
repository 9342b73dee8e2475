#include "tests/bench/children.hpp"

namespace rulebook::bench {

void children_by_hand(const EventColumns& events, const std::uint32_t* first_event,
                      std::int64_t accounts, const ChildrenQuestion& question,
                      const ChildrenResults& results) {
    for (std::int64_t account = 0; account < accounts; ++account) {
        std::int64_t first = 0;
        std::int64_t second = 0;
        std::int64_t large = 0;
        std::int64_t sum = 0;
        std::int64_t elements = 0;
        std::int64_t known = 0;
        for (std::uint32_t i = first_event[account]; i < first_event[account + 1]; ++i) {
            const bool there = events.at[i] <= question.until;
            const bool has_amount = events.amount_known[i] != 0;
            first += there & (events.name[i] == question.first_name);
            second += there & (events.name[i] == question.second_name) &
                      (events.at[i] >= question.window_of_count);
            large += there & has_amount & (events.amount[i] >= question.large);
            const bool summed = there & (events.at[i] >= question.window_of_sum);
            elements += summed;
            known += summed & has_amount;
            sum += (summed & has_amount) ? events.amount[i] : 0;
        }
        results.first_name[account] = first;
        results.second_name[account] = second;
        results.large[account] = large;
        results.sum[account] = sum;
        results.sum_known[account] = elements == 0 || known > 0 ? 1 : 0;
    }
}

} // namespace rulebook::bench
