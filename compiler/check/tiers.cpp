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
    if (text.ends_with(".00"))
        text.resize(text.size() - 3);
    return text;
}

void check_version(const Fit& fit, const std::vector<std::string>& names,
                   const std::vector<Span>& spans, Diagnostics& diagnostics) {
    const Reach scores = reach(fit);
    for (std::size_t i = 0; i < fit.tiers.size(); ++i) {
        const std::string& name = names[static_cast<std::size_t>(fit.tiers[i].value)];
        if (scores.high && fit.tiers[i].from > *scores.high)
            diagnostics.emit<RB2009>(spans[i], name,
                                     fmt::format("the highest score is {}", written(*scores.high)));
        else if (i > 0 && scores.low && fit.tiers[i - 1].from <= *scores.low)
            diagnostics
                .emit<RB2009>(spans[i], name,
                              fmt::format("the lowest score is {}, and the tier before takes that",
                                          written(*scores.low)))
                .help("take it out, or let the tier before it start higher");
    }
}

} // namespace

void check_tiers(const model::Rulebook& book, Diagnostics& diagnostics) {
    for (const model::Rule& rule : book.rules) {
        if (rule.head.kind != rulebook::plan::RuleKind::Fit ||
            !rule.head.type.is(rulebook::plan::TypeKind::Enum))
            continue;
        const auto& names = book.schema.enums[rule.head.type.enum_index()].values;
        for (const std::uint32_t version : rule.head.versions)
            if (book.fits[version].tiers.size() == book.tier_spans[version].size())
                check_version(book.fits[version], names, book.tier_spans[version], diagnostics);
    }
}

} // namespace rulec::check
