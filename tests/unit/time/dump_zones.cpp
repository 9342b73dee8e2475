// Writes what the runtime knows of every zone from 1990 to 2037, for compare_zones.py:
//
//   version 2025b
//   zone NAME OFFSET                       the offset at the start of 1990
//   change NAME SECONDS OFFSET             a transition and the offset from then on
//   day NAME DAYS SECONDS                  start_of_day, for the dates around transitions
//   local NAME LOCAL_SECONDS SECONDS       instant_of, for local times around transitions

#include <cstdio>

#include "runtime/time/zone.hpp"
#include "runtime/value/calendar_text.hpp"

namespace {

using namespace rulebook;

long long seconds_of(Time time) {
    return time.microseconds / kMicrosecondsPerSecond;
}

void dump_change(const time::Zone& zone, Time at, const char* name) {
    std::printf("change %s %lld %d\n", name, seconds_of(at), time::offset_at(zone, at));
    const Date date = time::date_of(zone, at);
    for (int days = date.days - 1; days <= date.days + 1; ++days)
        std::printf("day %s %d %lld\n", name, days, seconds_of(time::start_of_day(zone, {days})));
    const LocalTime wall = time::local_time(zone, at);
    for (int minutes = -60; minutes <= 60; minutes += 30) {
        const LocalTime local{wall.microseconds + minutes * 60 * kMicrosecondsPerSecond};
        std::printf("local %s %lld %lld\n", name,
                    static_cast<long long>(local.microseconds / kMicrosecondsPerSecond),
                    seconds_of(time::instant_of(zone, local)));
    }
}

} // namespace

int main() {
    const Time first{start_of(*checked_date(1990, 1, 1)).microseconds};
    const Time last{start_of(*checked_date(2038, 1, 1)).microseconds};
    std::printf("version %.*s\n", static_cast<int>(time::zone_data_version().size()),
                time::zone_data_version().data());
    for (const time::Zone& zone : time::zones()) {
        const std::string name(zone.name);
        std::printf("zone %s %d\n", name.c_str(), time::offset_at(zone, first));
        for (auto at = time::next_offset_change(zone, first); at && *at < last;
             at = time::next_offset_change(zone, *at))
            dump_change(zone, *at, name.c_str());
    }
    return 0;
}
