#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "compiler/check/rows.hpp"
#include "compiler/check/triggers.hpp"
#include "runtime/value/integer.hpp"

namespace rulec::check {

namespace {

using rulebook::checked_multiply;
using rulebook::plan::CalendarUnit;
using rulebook::plan::Extent;
using rulebook::plan::On;
using rulebook::plan::Pattern;

using Most = std::optional<std::int64_t>; // nothing: no bound

// A day that loses an hour is the shortest there is.
constexpr std::int64_t kShortestDay = 23'000'000LL * 3'600;
constexpr std::int64_t kDaysOfWeek = 7;
constexpr std::int64_t kLeastDaysOfMonth = 28;
constexpr std::int64_t kMostDaysOfMonth = 31;

std::string_view plural(CalendarUnit unit) {
    switch (unit) {
    case CalendarUnit::Day:
        return "days";
    case CalendarUnit::IsoWeek:
        return "iso weeks";
    case CalendarUnit::Month:
        break;
    }
    return "months";
}

std::int64_t most_days(CalendarUnit unit) {
    return unit == CalendarUnit::Day       ? 1
           : unit == CalendarUnit::IsoWeek ? kDaysOfWeek
                                           : kMostDaysOfMonth;
}

// How many dates events can be on that lie no further apart. Rather too many than too few.
Most most_dates(const Extent& extent) {
    switch (extent.kind) {
    case Extent::Kind::Elapsed:
        return extent.microseconds / kShortestDay + 2;
    case Extent::Kind::Calendar:
        return checked_multiply(extent.count, most_days(extent.unit));
    case Extent::Kind::SameBucket:
        return most_days(extent.unit);
    case Extent::Kind::Working:
        break;
    }
    return std::nullopt;
}

// `dates` in a row touch at most so many pieces of at least `length` days.
std::int64_t most_pieces(std::int64_t dates, std::int64_t length) {
    return dates < 2 ? dates : (dates - 2) / length + 2;
}

Most most_buckets(CalendarUnit unit, const Extent& extent) {
    const Most dates = most_dates(extent);
    if (!dates || unit == CalendarUnit::Day)
        return dates;
    const bool aligned = extent.unit == unit && extent.kind != Extent::Kind::Elapsed;
    if (aligned && extent.kind == Extent::Kind::SameBucket)
        return 1;
    if (aligned && unit == CalendarUnit::IsoWeek)
        return extent.count;
    return most_pieces(*dates, unit == CalendarUnit::IsoWeek ? kDaysOfWeek : kLeastDaysOfMonth);
}

// Whether whatever fits into `outer` fits into `inner`.
bool says_nothing(const Extent& inner, const Extent& outer) {
    if (inner.kind != outer.kind)
        return false;
    switch (inner.kind) {
    case Extent::Kind::Elapsed:
        return inner.microseconds >= outer.microseconds;
    case Extent::Kind::Working:
        return inner.calendar == outer.calendar && inner.microseconds >= outer.microseconds;
    case Extent::Kind::Calendar:
        return inner.unit == outer.unit && inner.count >= outer.count;
    case Extent::Kind::SameBucket:
        return inner.unit == outer.unit;
    }
    return false;
}

class PatternCheck {
public:
    PatternCheck(const model::Rulebook& book, const Sources& sources, const On& on,
                 const model::TriggerSpans& spans, Diagnostics& diagnostics)
        : book_(book), sources_(sources), on_(on), spans_(spans), diagnostics_(diagnostics) {}

    void check() {
        if (on_.patterns.empty() || on_.patterns.size() != spans_.patterns.size())
            return;
        check(static_cast<std::uint32_t>(on_.patterns.size() - 1), {});
        if (on_.kind == On::Kind::Without)
            check_ended_by_itself();
    }

private:
    struct Around {
        const Extent* extent;
        Span span;
    };

    void check(std::uint32_t index, std::vector<Around> around) {
        const Pattern& pattern = on_.patterns[index];
        for (std::size_t i = pattern.within.size(); i-- > 0;) {
            const Span span = spans_.within[index][i];
            const auto idle = std::ranges::find_if(around, [&](const Around& outer) {
                return says_nothing(pattern.within[i], *outer.extent);
            });
            if (idle != around.end())
                diagnostics_.emit<RB3109>(span, words(*idle)).label(idle->span);
            around.push_back({&pattern.within[i], span});
        }
        if (pattern.kind == Pattern::Kind::DifferentBuckets)
            check_buckets(pattern, spans_.patterns[index], around);
        for (const std::uint32_t operand : pattern.operands)
            check(operand, around);
    }

    // More days than the length around them has.
    void check_buckets(const Pattern& pattern, Span span, const std::vector<Around>& around) {
        for (const Around& outer : around) {
            const Most most = most_buckets(pattern.unit, *outer.extent);
            if (!most || pattern.count <= *most)
                continue;
            diagnostics_
                .emit<RB3107>(span, fmt::format("events within {} are on at most {} different {}",
                                                words(outer), *most, plural(pattern.unit)))
                .label(outer.span);
            return;
        }
    }

    std::string words(const Around& around) const {
        if (around.extent->kind != Extent::Kind::SameBucket)
            return std::string(sources_.text(around.span));
        const std::string_view unit = plural(around.extent->unit);
        return fmt::format("the same {}", unit.substr(0, unit.size() - 1));
    }

    // `A without A within D`: an event of one instant ends the wait, so A ends its own.
    void check_ended_by_itself() {
        std::set<std::uint32_t> last;
        add_last(static_cast<std::uint32_t>(on_.patterns.size() - 1), last);
        const bool by_itself = std::ranges::all_of(last, [&](std::uint32_t signal) {
            const auto& entity = book_.schema.entities[book_.signals[signal].collection];
            return std::ranges::binary_search(on_.absent, signal) && !entity.sequence;
        });
        if (by_itself && !last.empty())
            diagnostics_
                .emit<RB3107>(spans_.on, "what begins the wait ends it at the same instant, since "
                                         "its records have no `sequence`")
                .help("mark a field `sequence` by which events of one instant are ordered, or "
                      "write `no A for D`");
    }

    void add_last(std::uint32_t index, std::set<std::uint32_t>& signals) const {
        const Pattern& pattern = on_.patterns[index];
        if (pattern.kind == Pattern::Kind::Signal)
            signals.insert(pattern.signal);
        else if (pattern.kind == Pattern::Kind::Then)
            add_last(pattern.operands.back(), signals);
        else
            for (const std::uint32_t operand : pattern.operands)
                add_last(operand, signals);
    }

    const model::Rulebook& book_;
    const Sources& sources_;
    const On& on_;
    const model::TriggerSpans& spans_;
    Diagnostics& diagnostics_;
};

// A signal whose conditions exclude each other.
void check_signal(const model::Rulebook& book, const model::Signal& signal,
                  Diagnostics& diagnostics) {
    if (!model::present(signal.where))
        return;
    Rows rows(book, {{signal.where}});
    if (const auto by = rows.shadowed_by(0); by && by->empty())
        diagnostics.emit<RB3108>(signal.span, signal.name);
}

} // namespace

void check_patterns(const model::Rulebook& book, const Sources& sources, Diagnostics& diagnostics) {
    for (const model::Signal& signal : book.signals)
        check_signal(book, signal, diagnostics);
    for (std::size_t i = 0; i < book.triggers.size(); ++i)
        PatternCheck(book, sources, book.triggers[i].on, book.trigger_spans[i], diagnostics)
            .check();
}

} // namespace rulec::check
