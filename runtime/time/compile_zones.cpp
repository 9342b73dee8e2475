// Build-time program: reads the system's time zones with cctz and writes them as C++ tables, so
// that the runtime carries its zone rules (and their version) with it.
//
// usage: compile_zones ZONEINFO_FOLDER > zone_tables.inc
//
// A zone is a list of transitions and, from some year on, a pattern that repeats: which of the 14
// kinds of years a year is (the weekday of January 1, leap or not) says when its clocks change. The
// pattern is accepted only if it gives exactly the transitions that cctz lists, up to the year
// 2437.

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include "runtime/time/year_kind.hpp"

namespace {

using Seconds = std::int64_t;
using Offset = std::int32_t;
using rulebook::time::kYearKinds;
using rulebook::time::year_kind;
using rulebook::time::year_start;

constexpr std::int32_t kLastYear = 2436;   // cctz lists transitions up to here
constexpr std::int32_t kPatternYears = 40; // enough to meet all 14 kinds
constexpr std::int32_t kEarliestPattern = 1971;

struct Transition {
    Seconds at;
    Offset offset; // from then on
    friend auto operator<=>(const Transition&, const Transition&) = default;
};

// The transitions of a year of one kind, counted from its start in UTC.
using YearTransitions = std::vector<Transition>;

struct Pattern {
    Offset offset_at_new_year = 0;
    std::array<YearTransitions, kYearKinds> years;
    friend auto operator<=>(const Pattern&, const Pattern&) = default;
};

struct History {
    Offset first_offset = 0;
    std::vector<Transition> transitions; // before the pattern
    std::int32_t pattern_from = 0;       // a year; 0: no pattern
    std::uint32_t pattern = 0;
    friend auto operator<=>(const History&, const History&) = default;
};

using Instant = cctz::time_point<cctz::seconds>;

Seconds seconds_of(Instant instant) {
    return instant.time_since_epoch().count();
}

// Only those that change the offset: others change the abbreviation, or begin the file.
std::vector<Transition> transitions_of(const cctz::time_zone& zone) {
    std::vector<Transition> found;
    Offset offset = zone.lookup(Instant::min()).offset;
    cctz::time_zone::civil_transition change;
    for (Instant at = Instant::min(); zone.next_transition(at, &change);) {
        at = zone.lookup(change.to).trans;
        if (seconds_of(at) >= year_start(kLastYear + 1))
            break;
        if (const Offset next = zone.lookup(at).offset; next != offset) {
            found.push_back({seconds_of(at), next});
            offset = next;
        }
    }
    return found;
}

YearTransitions transitions_in_year(const std::vector<Transition>& transitions, std::int32_t year) {
    YearTransitions found;
    for (const Transition& transition : transitions)
        if (transition.at >= year_start(year) && transition.at < year_start(year + 1))
            found.push_back({transition.at - year_start(year), transition.offset});
    return found;
}

Offset offset_at(const History& history, Seconds at) {
    Offset offset = history.first_offset;
    for (const Transition& transition : history.transitions)
        if (transition.at <= at)
            offset = transition.offset;
    return offset;
}

Pattern pattern_of(const History& history) {
    Pattern pattern;
    pattern.offset_at_new_year = offset_at(history, year_start(kLastYear));
    for (std::int32_t year = kLastYear - kPatternYears + 1; year <= kLastYear; ++year)
        pattern.years[year_kind(year)] = transitions_in_year(history.transitions, year);
    return pattern;
}

// The first year from which on the pattern gives the transitions that the history lists.
std::int32_t first_year_of(const Pattern& pattern, const History& history) {
    std::int32_t year = kLastYear;
    while (year >= kEarliestPattern &&
           transitions_in_year(history.transitions, year) == pattern.years[year_kind(year)] &&
           offset_at(history, year_start(year) - 1) == pattern.offset_at_new_year)
        --year;
    return year + 1;
}

class Tables {
public:
    void add(const std::string& name, const cctz::time_zone& zone) {
        History history;
        history.first_offset = zone.lookup(Instant::min()).offset;
        history.transitions = transitions_of(zone);
        const Pattern pattern = pattern_of(history);
        if (pattern != Pattern{pattern.offset_at_new_year, {}}) {
            history.pattern_from = first_year_of(pattern, history);
            if (history.pattern_from > kLastYear - kPatternYears) {
                std::cerr << "compile_zones: " << name << " follows no yearly pattern\n";
                std::exit(1);
            }
            history.pattern = numbered(pattern, patterns_, pattern_order_);
            std::erase_if(history.transitions, [&](const Transition& transition) {
                return transition.at >= year_start(history.pattern_from);
            });
        }
        names_[name] = numbered(history, histories_, history_order_);
    }

    void write(const std::string& version) const {
        std::cout << "// Made by compile_zones from tzdata " << version << "; do not edit.\n"
                  << "constexpr std::string_view kVersion = \"" << version << "\";\n";
        write_transitions();
        write_patterns();
        std::cout << "constexpr Zone kZones[] = {\n";
        for (const auto& [name, history] : names_)
            std::cout << "{\"" << name << "\", &kHistories[" << history << "]},\n";
        std::cout << "};\n";
    }

private:
    template <class Thing>
    static std::uint32_t numbered(const Thing& thing, std::map<Thing, std::uint32_t>& numbers,
                                  std::vector<const Thing*>& order) {
        const auto [place, added] =
            numbers.emplace(thing, static_cast<std::uint32_t>(numbers.size()));
        if (added)
            order.push_back(&place->first);
        return place->second;
    }

    void write_transitions() const {
        std::ostringstream instants;
        std::ostringstream offsets;
        std::ostringstream histories;
        std::size_t first = 0;
        for (const History* history : history_order_) {
            for (const Transition& transition : history->transitions) {
                instants << transition.at << ",\n";
                offsets << transition.offset << ",\n";
            }
            histories << '{' << first << ", " << history->transitions.size() << ", "
                      << history->first_offset << ", " << history->pattern_from << ", "
                      << history->pattern << "},\n";
            first += history->transitions.size();
        }
        std::cout << "constexpr std::int64_t kInstants[] = {\n"
                  << instants.str() << "};\nconstexpr std::int32_t kOffsets[] = {\n"
                  << offsets.str() << "};\nconstexpr History kHistories[] = {\n"
                  << histories.str() << "};\n";
    }

    void write_patterns() const {
        std::cout << "constexpr Pattern kPatterns[] = {\n";
        for (const Pattern* pattern : pattern_order_) {
            std::cout << '{' << pattern->offset_at_new_year << ", {{\n";
            for (const YearTransitions& year : pattern->years) {
                if (year.size() > 2) {
                    std::cerr << "compile_zones: a year with more than two transitions repeats\n";
                    std::exit(1);
                }
                std::cout << '{' << year.size() << ", {{";
                for (const Transition& transition : year)
                    std::cout << '{' << transition.at << ", " << transition.offset << "},";
                std::cout << "}}},\n";
            }
            std::cout << "}}},\n";
        }
        std::cout << "};\n";
    }

    std::map<std::string, std::uint32_t> names_;
    std::map<History, std::uint32_t> histories_;
    std::vector<const History*> history_order_;
    std::map<Pattern, std::uint32_t> patterns_;
    std::vector<const Pattern*> pattern_order_;
};

// The names of zones and links, and the version, from the first line `# version 2025b`.
bool read_names(const std::string& path, std::set<std::string>& names, std::string& version) {
    std::ifstream file(path);
    std::string line;
    while (std::getline(file, line)) {
        std::istringstream words(line);
        std::string kind;
        std::string first;
        std::string second;
        words >> kind >> first >> second;
        if (kind == "#" && first == "version" && version.empty())
            version = second;
        else if (kind == "Z")
            names.insert(first);
        else if (kind == "L")
            names.insert(second);
    }
    return !version.empty() && !names.empty();
}

} // namespace

int main(int argument_count, char** arguments) {
    if (argument_count != 2) {
        std::cerr << "usage: compile_zones ZONEINFO_FOLDER\n";
        return 2;
    }
    const std::string folder = arguments[1];
    std::set<std::string> names;
    std::string version;
    if (!read_names(folder + "/tzdata.zi", names, version)) {
        std::cerr << "compile_zones: no version and zones in " << folder << "/tzdata.zi\n";
        return 1;
    }
    Tables tables;
    for (const std::string& name : names) {
        cctz::time_zone zone;
        std::string file = "file:";
        file.append(folder).append("/").append(name);
        if (!cctz::load_time_zone(file, &zone)) {
            std::cerr << "compile_zones: cannot read " << file << '\n';
            return 1;
        }
        tables.add(name, zone);
    }
    tables.write(version);
    return 0;
}
