// fit: points, groups, limits, score, tiers.
#include "compiler/model/checker.hpp"

#include <limits>

#include <fmt/format.h>

namespace rulec::model {

namespace {

using rulebook::plan::Fit;
using rulebook::plan::ForEach;
using rulebook::plan::PointsClause;

class FitBuilder {
public:
    FitBuilder(Context& context, const Declared<ast::Fit>& declared, Fit& fit)
        : context_(context), file_(*declared.file), node_(*declared.node), fit_(fit),
          checker_(context, file_,
                   root_scope(context.book, kDecisionLayer,
                              reader_name(rulebook::plan::RuleKind::Fit,
                                          declared.node->head.name.text))) {}

    void build() {
        for (const ast::FitClause& clause : node_.clauses)
            std::visit([&](const auto& one) { add(one); }, clause);
        build_score();
        build_tiers();
    }

private:
    void add(const ast::OutWhen& out) {
        fit_.outs.push_back({checker_.check_condition(out.when.expression),
                             out.when.because ? out.when.because->value : "",
                             source_note(context_, out.span, out.when.because)});
    }

    void add(const ast::PointsGroup& group) {
        const auto index = static_cast<std::uint32_t>(fit_.groups.size());
        fit_.groups.push_back(
            {group.name.text, points(group.limits.at_most), points(group.limits.at_least), {}});
        fit_.groups.back().note = source_note(context_, group.name.span);
        check_limits(fit_.groups.back().at_least, fit_.groups.back().at_most, group.name.span);
        for (const ast::PointsClause& clause : group.clauses)
            add(clause, index);
    }

    void add(const ast::PointsClause& clause) { add(clause, std::nullopt); }

    void add(const ast::PointsClause& clause, std::optional<std::uint32_t> group) {
        PointsClause made;
        made.group = group;
        made.because = clause.because ? clause.because->value : "";
        made.note = source_note(context_, clause.span, clause.because);
        std::visit([&](const auto& one) { fill(one, made); }, clause.node);
        fit_.clauses.push_back(std::move(made));
    }

    // points 30 when P
    void fill(const ast::PointsWhen& node, PointsClause& made) {
        made.points = points(node.points).value_or(0);
        if (node.condition.present())
            made.when = checker_.check_condition(node.condition);
    }

    // points 0 to 10 as X goes from 1 to 10: X can be counted, and its ends are of its type
    void fill(const ast::PointsAlong& node, PointsClause& made) {
        made.points = points(node.points_from).value_or(0);
        made.points_to = points(node.points_to).value_or(0);
        const ExprId input = checker_.check(node.value);
        if (!present(input))
            return;
        const Type type = context_.book.expressions[input].type;
        switch (type.kind) {
        case TypeKind::Bool:
        case TypeKind::Text:
        case TypeKind::Enum:
            context_.diagnostics.emit<RB2007>(context_.book.expressions[input].span,
                                              "numbers, amounts, dates and lengths of time");
            return;
        default:
            break;
        }
        const auto from = literal_value(context_, file_, node.value_from, type);
        const auto to = literal_value(context_, file_, node.value_to, type);
        if (!from || !to)
            return;
        if (!(*from < *to))
            context_.diagnostics.emit<RB2006>(
                file_[node.value_from].span.to(file_[node.value_to].span));
        made.ramp = rulebook::plan::Ramp{input, *from, *to};
    }

    // points 3 for each of C … halving every D
    void fill(const ast::PointsForEach& node, PointsClause& made) {
        made.points = points(node.points).value_or(0);
        made.at_most = points(node.limits.at_most);
        made.at_least = points(node.limits.at_least);
        const auto elements = checker_.check_elements(node.elements, "for each of");
        if (!elements)
            return;
        ForEach for_each;
        for_each.level = 1;
        for_each.elements.collection = elements->entity;
        for_each.elements.owner = context_.book.schema.root;
        for_each.elements.where = elements->where;
        for_each.elements.windows = elements->windows;
        for_each.elements.has_time_field = elements->time_field.has_value();
        for_each.elements.time_field = elements->time_field.value_or(0);
        if (node.fading != ast::Fading::None) {
            for_each.fading = node.fading == ast::Fading::Halving ? ForEach::Fading::Halving
                                                                  : ForEach::Fading::Losing;
            for_each.every_microseconds = literal_duration(context_, file_, node.every).value_or(1);
            if (node.fading == ast::Fading::Losing)
                for_each.loses = points(node.losing).value_or(0);
            if (!elements->time_field)
                context_.diagnostics.emit<RB1311>(
                    node.elements.span, context_.book.schema.entities[elements->entity].collection,
                    "points over it cannot fade");
        }
        made.for_each = std::move(for_each);
    }

    void build_score() {
        if (!node_.score)
            return;
        fit_.score_low = points(node_.score->low);
        fit_.score_high = points(node_.score->high);
        check_limits(fit_.score_low, fit_.score_high, node_.score->span);
    }

    // From the highest down; the last one may be `otherwise`.
    void build_tiers() {
        std::optional<std::int64_t> above;
        for (std::size_t i = 0; i < node_.tiers.size(); ++i) {
            const ast::Tier& tier = node_.tiers[i];
            const bool last = i + 1 == node_.tiers.size();
            if (!tier.from.present() && !last)
                context_.diagnostics.emit<RB2008>(tier.span);
            const auto from = tier.from.present()
                                  ? points(tier.from)
                                  : std::optional(std::numeric_limits<std::int64_t>::min());
            if (!from)
                continue;
            if (above && *from >= *above)
                context_.diagnostics.emit<RB2003>(tier.span, tier.name.text);
            above = from;
            // Values of the tier enum: out, then from the lowest up.
            fit_.tiers.push_back({*from, static_cast<std::int64_t>(node_.tiers.size() - i)});
            if (last && tier.from.present())
                context_.diagnostics.emit<RB2008>(tier.span).help(
                    "end with a tier for all other scores: `, D otherwise`");
        }
    }

    std::optional<std::int64_t> points(ast::ExprId id) {
        return id.present() ? literal_points(context_, file_, id) : std::nullopt;
    }

    void check_limits(std::optional<std::int64_t> low, std::optional<std::int64_t> high,
                      Span span) {
        if (low && high && *high < *low)
            context_.diagnostics.emit<RB2006>(span);
    }

    Context& context_;
    const ast::File& file_;
    const ast::Fit& node_;
    Fit& fit_;
    Checker checker_;
};

} // namespace

void build_fits(Context& context) {
    for (std::size_t i = 0; i < context.fit_nodes.size(); ++i) {
        auto& spans = context.book.tier_spans.emplace_back();
        for (const ast::Tier& tier : context.fit_nodes[i].node->tiers)
            spans.push_back(tier.span);
        Fit fit = context.book.fits[i];
        FitBuilder(context, context.fit_nodes[i], fit).build();
        context.book.fits[i] = std::move(fit);
    }
}

} // namespace rulec::model
