#include "runtime/credit/columns/exact_parts.hpp"

#include <algorithm>
#include <numeric>

namespace rulebook::credit::columns {

namespace {

constexpr std::size_t kFew = 24;

template <class Number>
void give_in_order(std::uint64_t units, std::uint64_t* amounts, const Number* remainders,
                   std::size_t count, std::uint32_t* order) {
    std::iota(order, order + count, 0U);
    const auto larger = [&](std::uint32_t a, std::uint32_t b) {
        return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
    };
    std::nth_element(order, order + units, order + count, larger);
    for (std::uint64_t i = 0; i < units; ++i)
        ++amounts[order[i]];
}

} // namespace

template <class Number>
void give_units(std::uint64_t units, std::uint64_t* amounts, Number* remainders, std::size_t count,
                std::uint32_t* order) {
    if (count > kFew) {
        give_in_order(units, amounts, remainders, count, order);
        return;
    }
    for (; units > 0; --units) {
        std::size_t largest = 0;
        Number most = remainders[0];
        for (std::size_t i = 1; i < count; ++i) {
            const bool larger = remainders[i] > most;
            largest = larger ? i : largest;
            most = larger ? remainders[i] : most;
        }
        ++amounts[largest];
        remainders[largest] = 0;
    }
}

template void give_units(std::uint64_t, std::uint64_t*, Narrow*, std::size_t, std::uint32_t*);
template void give_units(std::uint64_t, std::uint64_t*, Broad*, std::size_t, std::uint32_t*);

} // namespace rulebook::credit::columns
