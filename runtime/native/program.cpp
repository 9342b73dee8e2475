#include "runtime/native/program.hpp"

#include <algorithm>

namespace rulebook::native {

std::size_t bytes_of(Cell cell) {
    switch (cell) {
#define RB_CELL(Name, id, Type, bytes)                                                             \
    case Cell::Name:                                                                               \
        static_assert(sizeof(Type) == (bytes));                                                    \
        return bytes;
#include "runtime/native/cells.def"
    }
    return 0;
}

template <class Arrays>
static const Arrays* of_rule(const std::vector<Arrays>& all, std::uint32_t rule) {
    const auto found = std::ranges::find(all, rule, &Arrays::rule);
    return found == all.end() ? nullptr : &*found;
}

const FitArrays* Program::fit_of(std::uint32_t rule) const {
    return of_rule(fits, rule);
}

const DecisionArrays* Program::decision_of(std::uint32_t rule) const {
    return of_rule(decisions, rule);
}

std::optional<std::size_t> Program::table_of(std::uint32_t rule) const {
    const TableArrays* const found = of_rule(tables, rule);
    return found == nullptr ? std::nullopt
                            : std::optional(static_cast<std::size_t>(found - tables.data()));
}

} // namespace rulebook::native
