#include "runtime/explain/left_out_touches.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "runtime/explain/reads.hpp"
#include "runtime/explain/subject.hpp"

namespace rulebook::explain {

namespace {

using credit::ConsideredTouch;
using Standing = ConsideredTouch::Standing;

constexpr std::size_t kMostOfAKind = 3;

std::string_view why_not(Standing standing) {
    switch (standing) {
    case Standing::TooEarly:
        return "before the lookback";
    case Standing::TooLate:
        return "after the deal's instant";
    case Standing::NotAmong:
        return "the rule's filter is false of it";
    case Standing::AmongUnknown:
        return "the rule's filter is unknown of it";
    case Standing::Taken:
        break;
    }
    return {};
}

// Of a kind those closest to the deal, in their order.
std::vector<ConsideredTouch> nearest(const credit::DealCredit& deal, Standing standing) {
    std::vector<ConsideredTouch> some;
    std::ranges::copy_if(deal.touches, std::back_inserter(some),
                         [&](const ConsideredTouch& touch) { return touch.standing == standing; });
    if (some.size() <= kMostOfAKind)
        return some;
    if (standing == Standing::TooLate)
        some.resize(kMostOfAKind);
    else
        some.erase(some.begin(), some.end() - kMostOfAKind);
    return some;
}

} // namespace

std::string touch_text(const interpret::Evaluator& evaluator, const interpret::Record& touch,
                       std::int64_t instant) {
    const plan::Entity& entity = evaluator.plan().schema.entities[touch.entity];
    std::string text = entity.name;
    if (entity.key)
        text += ' ' + evaluator.dataset().key_text(touch.entity, touch.row);
    return text + " at " + time_text(evaluator.zone(), instant);
}

std::vector<Line> left_out_lines(interpret::Evaluator& evaluator, const credit::DealCredit& deal,
                                 const interpret::RowContext& row) {
    const plan::Credit& rule = evaluator.plan().credits[deal.version];
    std::vector<ConsideredTouch> touches;
    for (const Standing standing :
         {Standing::TooEarly, Standing::NotAmong, Standing::AmongUnknown, Standing::TooLate})
        std::ranges::copy(nearest(deal, standing), std::back_inserter(touches));
    std::ranges::sort(touches, {}, &ConsideredTouch::row); // as the collection is ordered
    std::vector<Line> lines;
    for (const ConsideredTouch& touch : touches) {
        const interpret::Record record{rule.touches, touch.row};
        Line line;
        line.kind = LineKind::LeftOut;
        line.text = fmt::format("{}, not taken: {}", touch_text(evaluator, record, touch.instant),
                                why_not(touch.standing));
        if (touch.standing == Standing::NotAmong || touch.standing == Standing::AmongUnknown) {
            const std::array frames{row.frames[0], row.frames[1], record};
            interpret::RowContext with_touch = row;
            with_touch.frames = frames;
            with_touch.touches = std::nullopt;
            line.seen = seen_by(evaluator, rule.touch_where, with_touch);
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace rulebook::explain
