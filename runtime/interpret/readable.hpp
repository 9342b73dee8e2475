// Values as people read them: in `say`, in text outputs, in explanations.
#pragma once

#include <string>

#include "runtime/plan/schema.hpp"
#include "runtime/plan/type.hpp"
#include "runtime/plan/value.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/value/calendar.hpp"

namespace rulebook::interpret {

// `$1,200.00`, `EUR 1,200.00`, `12.5%`, `87.5` (points), `2026-01-31`, `2026-01-31T09:00:00Z`,
// `14 days`, an enum value's name, text as it is, `unknown`. Times are told on the clock of the
// zone, with its offset: people read them where the rulebook is at home. Without a zone: in UTC.
void append_readable(std::string& out, const plan::Schema& schema, plan::Type type,
                     const plan::Value& value, const time::Zone* zone = nullptr);

// The same on its own, with text in quotes.
std::string readable(const plan::Schema& schema, plan::Type type, const plan::Value& value,
                     const time::Zone* zone = nullptr);

// RFC 3339: `2026-01-31T09:00:00-05:00`; `Z` where the zone is UTC. An offset with seconds, as
// clocks had before there were zones, is written with them.
void append_time_in(std::string& out, const time::Zone& zone, Time time);

} // namespace rulebook::interpret
