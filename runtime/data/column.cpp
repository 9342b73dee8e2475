#include "runtime/data/column.hpp"

#include <compare>

namespace rulebook::data {

namespace {

template <class T>
int three_way(const T& a, const T& b) {
    return a < b ? -1 : (b < a ? 1 : 0);
}

} // namespace

plan::Value Column::value(RowIndex row) const {
    if (!known(row))
        return plan::Value::unknown(cause(row), plan::kNoNode);
    switch (plan::representation(type_.kind)) {
    case plan::Representation::Bool:
        return plan::Value::of(boolean(row));
    case plan::Representation::Integer:
        return plan::Value::of(integer(row));
    case plan::Representation::Real:
        return plan::Value::of(real(row));
    case plan::Representation::Text:
        return plan::Value::of(std::string(text(row)));
    }
    return {};
}

int Column::compare(RowIndex a, RowIndex b) const {
    if (known_[a] != known_[b])
        return three_way(known_[a], known_[b]);
    if (known_[a] == 0)
        return 0;
    switch (plan::representation(type_.kind)) {
    case plan::Representation::Bool:
        return three_way(booleans_[a], booleans_[b]);
    case plan::Representation::Integer:
        return three_way(integers_[a], integers_[b]);
    case plan::Representation::Real:
        return three_way(reals_[a], reals_[b]);
    case plan::Representation::Text:
        return dictionary_.is_sorted() || codes_[a] == codes_[b] ? three_way(codes_[a], codes_[b])
                                                                 : three_way(text(a), text(b));
    }
    return 0;
}

int Column::compare_causes(RowIndex a, RowIndex b) const {
    return known_[a] != 0 || known_[b] != 0 ? 0 : three_way(causes_[a], causes_[b]);
}

} // namespace rulebook::data
