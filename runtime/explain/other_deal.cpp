#include "runtime/explain/other_deal.hpp"

#include <array>

#include <fmt/format.h>

#include "runtime/explain/reads.hpp"
#include "runtime/explain/subject.hpp"
#include "runtime/explain/thresholds.hpp"

namespace rulebook::explain {

namespace {

using credit::OtherDeal;

// "it is known only from 2026-03-01T00:00:00Z".
std::string not_known_yet(const interpret::Evaluator& evaluator, const interpret::Record& deal) {
    const plan::Entity& entity = evaluator.plan().schema.entities[deal.entity];
    const plan::FieldIndex field = *entity.visible_from();
    const plan::Value since = evaluator.dataset().value(deal.entity, deal.row, field);
    const std::string& name = entity.fields[field].name;
    if (!since.known())
        return fmt::format("its `{}` does not say since when it is known", name);
    return fmt::format("it is known only from its `{}`, {}", name,
                       time_text(evaluator.zone(), since.integer()));
}

std::string why_not(const interpret::Evaluator& evaluator, const OtherDeal& other,
                    const interpret::Record& deal) {
    switch (other.why) {
    case OtherDeal::Why::NotKnownYet:
        return not_known_yet(evaluator, deal);
    case OtherDeal::Why::Later:
        return fmt::format("it is credited only at {}, `{}`",
                           time_text(evaluator.zone(), other.at.integer()),
                           label_of(evaluator.plan(), evaluator.plan().credits[other.version].at));
    case OtherDeal::Why::NotFor:
        return "the rule's `for` is false of it";
    }
    return {};
}

} // namespace

std::optional<Explanation> explain_other_deal(interpret::Evaluator& evaluator,
                                              const credit::CreditShapes& shapes,
                                              std::uint32_t rule, interpret::RowIndex root,
                                              interpret::Record deal, std::int64_t as_of,
                                              const interpret::FiredLookup* fired) {
    const auto other = credit::other_deal(shapes, rule, evaluator, root, deal, as_of, fired);
    if (!other)
        return std::nullopt;
    const plan::Plan& plan = evaluator.plan();
    const plan::Credit& credit = plan.credits[other->version];
    const std::array frames{interpret::Record{plan.schema.root, root}, deal};
    interpret::RowContext row;
    row.instant = as_of;
    row.frames = frames;
    row.deal = deal.row;
    row.fired = fired;
    Line line;
    line.kind = LineKind::Deal;
    line.text = fmt::format(
        "{} {}, neither credited nor listed: {}", plan.schema.entities[deal.entity].name,
        evaluator.dataset().key_text(deal.entity, deal.row), why_not(evaluator, *other, deal));
    if (other->why != OtherDeal::Why::NotKnownYet) {
        line.truth = truth_of(other->judged);
        line.seen = seen_by(evaluator, credit.deal_where, row);
    }
    if (other->why == OtherDeal::Why::NotFor)
        for (const Line& needed : thresholds(evaluator, credit.deal_where, row, true))
            line.remarks.push_back(needed.text);
    Explanation explanation = Subject(evaluator, rule, root, as_of).begin();
    explanation.results = {{"credited", "0"}, {"not credited", "0"}};
    explanation.lines.push_back(std::move(line));
    return explanation;
}

} // namespace rulebook::explain
