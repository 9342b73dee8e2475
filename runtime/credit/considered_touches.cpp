#include "runtime/credit/considered_touches.hpp"

#include <array>

#include "runtime/interpret/span.hpp"

namespace rulebook::credit {

using interpret::Record;
using interpret::RowIndex;
using Standing = ConsideredTouch::Standing;

plan::Value is_among(const DealRow& row, RowIndex touch, std::int64_t at) {
    if (row.credit.touch_where == plan::kNoNode)
        return plan::Value::of(true);
    const std::array<Record, 3> frames{row.root, row.deal_record(), {row.credit.touches, touch}};
    interpret::RowContext context;
    context.instant = at;
    context.frames = frames;
    context.deal = row.deal;
    context.fired = row.fired;
    return row.evaluator.evaluate(row.credit.touch_where, context);
}

namespace {

Standing standing_of(const DealRow& row, RowIndex touch, std::int64_t instant, std::int64_t at) {
    if (instant > at)
        return Standing::TooLate;
    if (row.credit.lookback &&
        !interpret::in_window(row.shapes.zone(), *row.credit.lookback, instant, at))
        return Standing::TooEarly;
    const plan::Value among = is_among(row, touch, at);
    if (!among.known())
        return Standing::AmongUnknown;
    return among.is_true() ? Standing::Taken : Standing::NotAmong;
}

} // namespace

std::vector<ConsideredTouch> consider_touches(const DealRow& row, std::int64_t at) {
    const data::Dataset& dataset = row.evaluator.dataset();
    const plan::Entity& entity = row.shapes.plan().schema.entities[row.credit.touches];
    std::vector<ConsideredTouch> considered;
    const data::RowRange rows = dataset.children(row.credit.touches, row.root.row);
    for (RowIndex touch = rows.first; touch < rows.last; ++touch) {
        const plan::Value time = dataset.value(row.credit.touches, touch, *entity.visible_from());
        if (time.known()) // a touch without a time is never visible
            considered.push_back(
                {touch, time.integer(), standing_of(row, touch, time.integer(), at)});
    }
    return considered;
}

std::vector<Touch> touches_to_weigh(const DealRow& row, std::int64_t at,
                                    std::span<const RowIndex> taken,
                                    std::span<const plan::FieldIndex> key_fields) {
    const plan::Plan& plan = row.shapes.plan();
    const interpret::Records records(plan.schema, row.evaluator.dataset());
    const auto field = [&](RowIndex touch, plan::FieldIndex index) {
        return records.field({row.credit.touches, touch}, index, at, plan::kNoNode);
    };
    const auto ordered = [&](RowIndex earlier, RowIndex later) {
        const plan::Entity& entity = plan.schema.entities[row.credit.touches];
        if (field(earlier, *entity.visible_from()) != field(later, *entity.visible_from()))
            return true;
        if (!entity.sequence)
            return false;
        const plan::Value first = field(earlier, *entity.sequence);
        const plan::Value second = field(later, *entity.sequence);
        return first.known() && second.known() && first != second;
    };
    std::vector<Touch> touches;
    for (std::size_t i = 0; i < taken.size(); ++i) {
        Touch touch;
        touch.instant =
            field(taken[i], *plan.schema.entities[row.credit.touches].visible_from()).integer();
        touch.party = party_of(plan, row.credit, field(taken[i], row.credit.party_field));
        for (const plan::FieldIndex key : key_fields)
            touch.keys.push_back(field(taken[i], key));
        if (i > 0)
            touch.rank = touches.back().rank + (ordered(taken[i - 1], taken[i]) ? 1 : 0);
        touches.push_back(std::move(touch));
    }
    return touches;
}

} // namespace rulebook::credit
