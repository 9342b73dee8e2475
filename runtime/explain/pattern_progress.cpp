#include "runtime/explain/pattern_progress.hpp"

#include <algorithm>
#include <ranges>

#include <fmt/format.h>

#include "runtime/explain/subject.hpp"
#include "runtime/trigger/pattern_machine.hpp"
#include "runtime/trigger/pattern_shape.hpp"

namespace rulebook::explain {

namespace {

using plan::Extent;
using plan::Pattern;
using trigger::SeenEvent;

Patterns without_length(Patterns patterns) {
    patterns.back().within.clear();
    return patterns;
}

Patterns with_count(Patterns patterns, std::int64_t count) {
    patterns.back().count = count;
    return patterns;
}

bool is_count(const Pattern& pattern) {
    return pattern.kind == Pattern::Kind::Times || pattern.kind == Pattern::Kind::DifferentValues ||
           pattern.kind == Pattern::Kind::DifferentBuckets;
}

class Story {
public:
    Story(trigger::AccountTriggers& triggers, const plan::Plan& plan,
          std::span<const SeenEvent> events, std::int64_t as_of)
        : triggers_(triggers), plan_(plan), events_(events), as_of_(as_of) {}

    // `around`: the lengths that hold for the match as a whole.
    void tell(const Patterns& patterns, std::vector<Extent> around) {
        const Pattern& whole = patterns.back();
        around.insert(around.end(), whole.within.begin(), whole.within.end());
        claim_never(patterns);
        const Patterns unlimited = without_length(patterns);
        const auto misses = whole.within.empty() ? std::vector<Completed>{} : ends(unlimited);
        if (!misses.empty())
            return tell_miss(patterns, unlimited, misses, around);
        switch (whole.kind) {
        case Pattern::Kind::Signal:
            return say(fmt::format("no {}", plan_.signals[whole.signal].name));
        case Pattern::Kind::Then:
            return tell_chain(patterns, around);
        case Pattern::Kind::And:
            return tell_parts(patterns, around);
        case Pattern::Kind::Or:
            for (const std::uint32_t operand : whole.operands)
                tell(part(patterns, operand), around);
            return;
        default:
            return tell_count(patterns);
        }
    }

    Progress result;

private:
    std::vector<Completed> ends(const Patterns& patterns) const {
        return completions(triggers_, patterns, events_);
    }
    std::string time(std::int64_t instant) const {
        return time_text(triggers_.shapes().zone(), instant);
    }
    void say(std::string words) { result.words.push_back(std::move(words)); }
    void claim(const Patterns& patterns, const Completed& end) {
        result.claims.push_back({patterns, end.instant, end.start});
    }
    void claim_never(const Patterns& patterns) { result.claims.push_back({patterns, {}, 0}); }

    // "at …", "at … (from …)".
    std::string when(const Completed& end) const {
        return end.start == end.instant
                   ? fmt::format("at {}", time(end.instant))
                   : fmt::format("at {} (from {})", time(end.instant), time(end.start));
    }

    // The signals of the pattern that came at the instant.
    std::string names_at(const Patterns& patterns, std::int64_t instant) const {
        std::vector<std::uint32_t> there;
        for (const std::uint32_t signal : signals_in(patterns))
            if (std::ranges::any_of(events_, [&](const SeenEvent& event) {
                    return event.instant == instant &&
                           std::ranges::binary_search(event.signals, signal);
                }))
                there.push_back(signal);
        std::string text;
        for (const std::uint32_t signal : there)
            text += (text.empty() ? "" : ", ") + plan_.signals[signal].name;
        return text;
    }

    // ---- complete but for its length
    void tell_miss(const Patterns& patterns, const Patterns& unlimited,
                   const std::vector<Completed>& misses, const std::vector<Extent>& around) {
        if (is_count(patterns.back()))
            tell_best_count(patterns);
        const Completed nearest = *std::ranges::min_element(
            misses, {}, [](const Completed& end) { return end.instant - end.start; });
        claim(unlimited, nearest);
        say(fmt::format("nearest miss: {} at {}, {} at {}{}", names_at(patterns, nearest.start),
                        time(nearest.start), names_at(patterns, nearest.instant),
                        time(nearest.instant), too_late(patterns.back(), nearest)));
        if (patterns.back().kind == Pattern::Kind::Then)
            tell_chain_end(patterns, around);
        else if (patterns.back().kind == Pattern::Kind::And)
            tell_latest_parts(patterns, around);
    }

    // ": 2 days too late, `within 14 days` ended at …".
    std::string too_late(const Pattern& pattern, const Completed& miss) {
        const trigger::Extents& extents = triggers_.shapes().extents();
        for (const Extent& extent : pattern.within) {
            if (extents.within(extent, miss.start, miss.instant, triggers_.surroundings()))
                continue;
            const std::string length = words(plan_, extent);
            const auto end = deadline(extent, miss.start);
            if (!end)
                return fmt::format(": not within {}", length);
            return fmt::format(": {} too late, `within {}` ended at {}",
                               duration_words(miss.instant - *end), length, time(*end));
        }
        return {};
    }

    std::optional<std::int64_t> deadline(const Extent& extent, std::int64_t start) {
        if (extent.kind == Extent::Kind::SameBucket)
            return std::nullopt;
        return triggers_.shapes().extents().deadline(extent, start, triggers_.surroundings());
    }

    // Until when a match that began at `start` may go on: "the wait for the rest ended at …".
    std::string wait_words(const std::vector<Extent>& around, std::int64_t start) {
        std::optional<std::int64_t> end;
        bool included = true;
        for (const Extent& extent : around)
            if (const auto at = deadline(extent, start); at && (!end || *at < *end)) {
                end = at;
                included = trigger::Extents::includes_deadline(extent);
            }
        if (!end)
            return {};
        const bool over = *end < as_of_ || (*end == as_of_ && !included);
        return (over ? ": the wait for the rest ended at " : ": the rest may come until ") +
               time(*end);
    }

    // ---- counts
    // The greatest count for which the pattern is complete.
    std::pair<std::int64_t, Completed> greatest_count(const Patterns& patterns) const {
        std::int64_t complete = 0;
        std::int64_t not_complete = patterns.back().count;
        Completed last;
        while (not_complete - complete > 1) {
            const std::int64_t middle = complete + (not_complete - complete) / 2;
            const auto found = ends(with_count(patterns, middle));
            (found.empty() ? not_complete : complete) = middle;
            if (!found.empty())
                last = found.back();
        }
        return {complete, last};
    }

    void tell_best_count(const Patterns& patterns) {
        const auto [count, last] = greatest_count(patterns);
        if (count > 0)
            claim(with_count(patterns, count), last);
        claim_never(with_count(patterns, count + 1));
        const std::string wanted =
            fmt::format("of {} came for `{}`", patterns.back().count, words(plan_, patterns));
        say(count == 0 ? "none " + wanted
                       : fmt::format("{} {} at best, last {}", count, wanted, when(last)));
    }
    void tell_count(const Patterns& patterns) { tell_best_count(patterns); }

    // ---- P then Q
    std::vector<Patterns> operands_of(const Patterns& patterns) const {
        std::vector<Patterns> parts;
        for (const std::uint32_t operand : patterns.back().operands)
            parts.push_back(part(patterns, operand));
        return parts;
    }

    // Its first parts, as far as they are complete, and the part that does not follow.
    void tell_chain(const Patterns& patterns, const std::vector<Extent>& around) {
        const std::vector<Patterns> parts = operands_of(patterns);
        std::size_t done = 0;
        std::vector<Completed> prefix;
        for (std::size_t more = 1; more <= parts.size(); ++more) {
            const auto found = ends(first_of(parts, more));
            if (found.empty())
                break;
            done = more;
            prefix = found;
        }
        if (done > 0)
            tell_prefix(first_of(parts, done), prefix, around);
        if (done == parts.size())
            return;
        const auto next = ends(parts[done]);
        if (next.empty())
            return tell(parts[done], around);
        claim(parts[done], next.back());
        claim_never(first_of(parts, done + 1));
        say(fmt::format("no {} after it: the last one is {}", words(plan_, parts[done]),
                        when(next.back())));
    }
    // The whole was complete but for its length: what is under way now.
    void tell_chain_end(const Patterns& patterns, const std::vector<Extent>& around) {
        const std::vector<Patterns> parts = operands_of(patterns);
        const Patterns prefix = first_of(parts, parts.size() - 1);
        tell_prefix(prefix, ends(prefix), around);
    }
    void tell_prefix(const Patterns& prefix, const std::vector<Completed>& found,
                     const std::vector<Extent>& around) {
        const Completed best = *std::ranges::max_element(found, {}, &Completed::start);
        claim(prefix, best);
        say(fmt::format("{} {}{}", words(plan_, prefix), when(best),
                        wait_words(around, best.start)));
    }
    static Patterns first_of(const std::vector<Patterns>& parts, std::size_t count) {
        return joined(Pattern::Kind::Then,
                      {parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(count)});
    }

    // ---- P and Q
    void tell_parts(const Patterns& patterns, const std::vector<Extent>& around) {
        std::vector<Patterns> missing;
        for (const Patterns& each : operands_of(patterns)) {
            const auto found = ends(each);
            if (found.empty())
                missing.push_back(each);
            else
                tell_prefix(each, found, around);
        }
        for (const Patterns& each : missing)
            tell(each, around);
    }
    void tell_latest_parts(const Patterns& patterns, const std::vector<Extent>& around) {
        for (const Patterns& each : operands_of(patterns))
            tell_prefix(each, ends(each), around);
    }

    trigger::AccountTriggers& triggers_;
    const plan::Plan& plan_;
    std::span<const SeenEvent> events_;
    std::int64_t as_of_;
};

} // namespace

std::vector<Completed> completions(trigger::AccountTriggers& triggers, const Patterns& pattern,
                                   std::span<const SeenEvent> events) {
    const trigger::PatternShape shape(pattern, triggers.shapes().extents());
    trigger::PatternMachine machine(shape);
    std::vector<Completed> found;
    for (std::size_t at = 0; at < events.size();) {
        const std::int64_t instant = events[at].instant;
        std::vector<trigger::Event> together;
        for (; at < events.size() && events[at].instant == instant; ++at)
            together.push_back({events[at].record.entity, events[at].record.row,
                                events[at].sequence, events[at].signals});
        if (const auto end = machine.handle(instant, together, triggers.surroundings()))
            found.push_back({instant, end->start});
    }
    return found;
}

Progress progress_of(trigger::AccountTriggers& triggers, const plan::Plan& plan,
                     const Patterns& pattern, std::span<const SeenEvent> events,
                     std::int64_t as_of) {
    Story story(triggers, plan, events, as_of);
    story.tell(pattern, {});
    return std::move(story.result);
}

} // namespace rulebook::explain
