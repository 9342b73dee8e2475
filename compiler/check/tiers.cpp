#include "compiler/check/tiers.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "runtime/value/decimal.hpp"
#include "runtime/value/integer.hpp"

namespace rulec::check {

namespace {

using rulebook::plan::Fit;
using rulebook::plan::PointsClause;

// Hundredths of points; an end that is open has no value.
struct Reach {
    std::optional<std::int64_t> low = 0;
    std::optional<std::int64_t> high = 0;

    void limit(std::optional<std::int64_t> at_least, std::optional<std::int64_t> at_most) {
        if (at_most) {
            high = high ? std::min(*high, *at_most) : *at_most;
            low = low ? std::optional(std::min(*low, *at_most)) : low;
        }
        if (at_least) {
            low = low ? std::max(*low, *at_least) : *at_least;
            high = high ? std::optional(std::max(*high, *at_least)) : high;
        }
    }
    // Sums that no integer holds are as good as open.
    void add(const Reach& other) {
        low = low && other.low ? rulebook::checked_add(*low, *other.low) : std::nullopt;
        high = high && other.high ? rulebook::checked_add(*high, *other.high) : std::nullopt;
    }
};

// A clause that does not hold gives nothing; one that goes over records may count any number.
Reach reach(const PointsClause& clause) {
    Reach made;
    made.low = std::min<std::int64_t>(0, clause.points);
    made.high = std::max<std::int64_t>(0, clause.points);
    if (clause.ramp) {
        made.low = std::min(*made.low, clause.points_to);
        made.high = std::max(*made.high, clause.points_to);
    }
    if (clause.for_each) {
        const bool fades = clause.for_each->fading != rulebook::plan::ForEach::Fading::None;
        if (clause.points < 0 || fades)
            made.low.reset();
        if (clause.points > 0 || fades)
            made.high.reset();
    }
    made.limit(clause.at_least, clause.at_most);
    return made;
}

// The scores that the fit can give.
Reach reach(const Fit& fit) {
    Reach total;
    std::vector<Reach> groups(fit.groups.size());
    for (const PointsClause& clause : fit.clauses)
        (clause.group ? groups[*clause.group] : total).add(reach(clause));
    for (std::size_t i = 0; i < groups.size(); ++i) {
        groups[i].limit(fit.groups[i].at_least, fit.groups[i].at_most);
        total.add(groups[i]);
    }
    total.limit(fit.score_low, fit.score_high);
    return total;
}

std::string written(std::int64_t points) {
    std::string text;
    rulebook::append_points(text, points);
    return text;
}

} // namespace

void check_tiers(const model::Rulebook& book, std::size_t index, Diagnostics& diagnostics) {
    const Fit& fit = book.fits[index];
    const std::vector<Span>& spans = book.tier_spans[index];
    if (fit.tiers.size() != spans.size())
        return; // a tier was refused
    const auto& rules = book.rules;
    const auto owner = std::ranges::find_if(rules, [&](const model::Rule& rule) {
        return rule.head.kind == rulebook::plan::RuleKind::Fit &&
               std::ranges::find(rule.head.versions, index) != rule.head.versions.end();
    });
    if (owner == rules.end() || !owner->head.type.is(rulebook::plan::TypeKind::Enum))
        return;
    const auto& names = book.schema.enums[owner->head.type.enum_index()].values;
    const Reach scores = reach(fit);
    for (std::size_t i = 0; i < fit.tiers.size(); ++i) {
        const std::string& name = names[static_cast<std::size_t>(fit.tiers[i].value)];
        if (scores.high && fit.tiers[i].from > *scores.high)
            diagnostics.emit<RB2009>(spans[i], name,
                                     fmt::format("the highest score is {}", written(*scores.high)));
        else if (i > 0 && scores.low && fit.tiers[i - 1].from <= *scores.low)
            diagnostics.emit<RB2009>(
                spans[i], name,
                fmt::format("the lowest score is {}, and the tier before it takes that",
                            written(*scores.low)));
    }
}

} // namespace rulec::check
