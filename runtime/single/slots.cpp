#include "runtime/single/slots.hpp"

#include <cmath>

#include "runtime/value/calendar.hpp"

namespace rulebook::single {

SlotRange range_of(const plan::Schema& schema, const plan::Field& field) {
    SlotRange range;
    range.held = plan::representation(field.type.kind);
    if (field.type.is(plan::TypeKind::Enum)) {
        range.least = 0;
        range.most =
            static_cast<std::int64_t>(schema.enums[field.type.enum_index()].values.size()) - 1;
    } else if (field.type.is(plan::TypeKind::Date)) {
        range.least = kFirstDate.days;
        range.most = kLastDate.days;
    } else if (field.type.is(plan::TypeKind::Time)) {
        range.least = kFirstTime.microseconds;
        range.most = kLastTime.microseconds;
    }
    if (!field.range || !field.range->low.known() || !field.range->high.known())
        return range;
    if (range.held == plan::Representation::Real) {
        range.least_real = field.range->low.real();
        range.most_real = field.range->high.real();
        if (field.range->high_open)
            range.most_real = std::nextafter(range.most_real, range.least_real - 1.0);
    } else {
        range.least = field.range->low.integer();
        range.most = field.range->high.integer() - (field.range->high_open ? 1 : 0);
    }
    return range;
}

} // namespace rulebook::single
