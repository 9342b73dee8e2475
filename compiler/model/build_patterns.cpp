#include "compiler/model/pattern_builder.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diagnostics/did_you_mean.hpp"
#include "compiler/model/checker.hpp"

namespace rulec::model {

using rulebook::plan::CalendarUnit;
using rulebook::plan::EntityIndex;
using rulebook::plan::Extent;
using rulebook::plan::Pattern;

namespace {

constexpr std::int64_t kMostCounted = 100'000;
constexpr std::uint32_t kDeepestThen = 6;

Pattern::Kind kind_of(ast::PatternOperator op) {
    switch (op) {
    case ast::PatternOperator::Then:
        return Pattern::Kind::Then;
    case ast::PatternOperator::And:
        return Pattern::Kind::And;
    case ast::PatternOperator::Or:
        break;
    }
    return Pattern::Kind::Or;
}

// How often `then` stands on the right side of another: what each event has to carry along.
std::uint32_t depth_of_then(const std::vector<Pattern>& patterns, std::uint32_t index) {
    const Pattern& pattern = patterns[index];
    std::uint32_t deepest = 0;
    for (const std::uint32_t operand : pattern.operands) {
        const bool right =
            pattern.kind == Pattern::Kind::Then && operand != pattern.operands.front();
        deepest = std::max(deepest, depth_of_then(patterns, operand) + (right ? 1 : 0));
    }
    return deepest;
}

} // namespace

CalendarUnit unit_of(ast::Bucket bucket) {
    switch (bucket) {
    case ast::Bucket::Day:
        return CalendarUnit::Day;
    case ast::Bucket::IsoWeek:
        return CalendarUnit::IsoWeek;
    case ast::Bucket::Month:
        break;
    }
    return CalendarUnit::Month;
}

std::optional<std::uint32_t> PatternBuilder::signal(const ast::Name& name) {
    const NamedThing* thing = context_.find(name.text);
    if (thing != nullptr && thing->kind == NameKind::Signal)
        return thing->index;
    auto& report = context_.diagnostics.emit<RB3003>(name.span, name.text);
    suggest(report, name.span, name.text, context_.names_of(NameKind::Signal));
    return std::nullopt;
}

std::optional<std::vector<std::uint32_t>> PatternBuilder::signals(ast::PatternId id,
                                                                  bool& is_reported) {
    if (!id.present() || std::holds_alternative<ast::ErroneousPattern>(file_[id].node)) {
        is_reported = true;
        return std::nullopt;
    }
    if (const auto* single = std::get_if<ast::SignalPattern>(&file_[id].node)) {
        const auto index = signal(single->signal);
        is_reported = is_reported || !index;
        return index ? std::optional(std::vector{*index}) : std::nullopt;
    }
    const auto* joined = std::get_if<ast::JoinedPattern>(&file_[id].node);
    if (joined == nullptr || joined->op != ast::PatternOperator::Or)
        return std::nullopt;
    std::vector<std::uint32_t> found;
    for (const ast::PatternId operand : joined->operands) {
        const auto more = signals(operand, is_reported);
        if (!more)
            return std::nullopt;
        found.insert(found.end(), more->begin(), more->end());
    }
    return found;
}

std::optional<std::uint32_t> PatternBuilder::add(ast::PatternId id) {
    if (!id.present())
        return std::nullopt;
    const ast::Pattern& pattern = file_[id];
    return std::visit([&](const auto& node) { return add(node, pattern.span); }, pattern.node);
}

std::optional<std::uint32_t> PatternBuilder::add(const ast::SignalPattern& node, Span span) {
    const auto index = signal(node.signal);
    if (!index)
        return std::nullopt;
    Pattern made;
    made.signal = *index;
    return push(std::move(made), span);
}

std::optional<std::uint32_t> PatternBuilder::add(const ast::JoinedPattern& node, Span span) {
    Pattern made;
    made.kind = kind_of(node.op);
    bool sound = true;
    for (const ast::PatternId operand : node.operands) {
        const auto index = add(operand);
        sound = sound && index.has_value();
        made.operands.push_back(index.value_or(0));
    }
    if (!sound)
        return std::nullopt;
    const std::uint32_t index = push(std::move(made), span);
    if (depth_of_then(on_.patterns, index) <= kDeepestThen)
        return index;
    context_.diagnostics.emit<RB3021>(span, std::int64_t{kDeepestThen});
    return std::nullopt;
}

std::optional<std::uint32_t> PatternBuilder::add(const ast::WithinPattern& node, Span span) {
    const auto inner = add(node.pattern);
    std::optional<Extent> extent;
    if (node.same)
        extent = Extent{.kind = Extent::Kind::SameBucket, .unit = unit_of(*node.same)};
    else
        extent = literal_extent(context_, file_, node.duration);
    if (!inner || !extent)
        return std::nullopt;
    on_.patterns[*inner].within.push_back(*extent);
    spans_.within[*inner].push_back(node.same ? span : file_[node.duration].span);
    return inner;
}

std::optional<std::int64_t> PatternBuilder::count_of(ast::ExprId id) {
    const auto count = literal_int(context_, file_, id);
    if (!count)
        return std::nullopt;
    if (*count < 1)
        context_.diagnostics.emit<RB3005>(file_[id].span);
    else if (*count > kMostCounted)
        context_.diagnostics.emit<RB3016>(file_[id].span, kMostCounted);
    else
        return count;
    return std::nullopt;
}

// What is counted, added to the patterns, as the operand of what counts it.
std::optional<Pattern> PatternBuilder::counted(ast::PatternId id, ast::ExprId number, Span span) {
    const auto count = count_of(number);
    bool is_reported = false;
    const auto found = signals(id, is_reported);
    if (!found && !is_reported)
        context_.diagnostics.emit<RB3015>(file_[id].span, "a pattern of several events");
    if (!found || !count)
        return std::nullopt;
    std::set<std::string> collections;
    Pattern joined;
    joined.kind = Pattern::Kind::Or;
    for (const std::uint32_t signal : *found) {
        const EntityIndex entity = context_.book.signals[signal].collection;
        collections.insert("`" + context_.book.schema.entities[entity].collection + "`");
        Pattern one;
        one.signal = signal;
        joined.operands.push_back(push(std::move(one), file_[id].span));
    }
    if (collections.size() > 1) {
        context_.diagnostics.emit<RB3015>(file_[id].span,
                                          fmt::format("of {}", fmt::join(collections, " and ")));
        return std::nullopt;
    }
    Pattern made;
    made.count = *count;
    made.operands = {joined.operands.size() == 1 ? joined.operands.front()
                                                 : push(std::move(joined), span)};
    return made;
}

std::optional<std::uint32_t> PatternBuilder::add(const ast::RepeatedPattern& node, Span span) {
    auto made = counted(node.pattern, node.count, span);
    if (!made)
        return std::nullopt;
    made->kind = Pattern::Kind::Times;
    return push(*std::move(made), span);
}

// `A with 3 different user`: a field of the records that A is about.
std::optional<std::uint32_t> PatternBuilder::add(const ast::DifferentValuesPattern& node,
                                                 Span span) {
    auto made = counted(node.pattern, node.count, span);
    if (!made)
        return std::nullopt;
    const Pattern& operand = on_.patterns[made->operands.front()];
    const std::uint32_t first = operand.kind == Pattern::Kind::Signal
                                    ? operand.signal
                                    : on_.patterns[operand.operands.front()].signal;
    const EntityIndex entity = context_.book.signals[first].collection;
    const auto field = context_.book.schema.entities[entity].field_named(node.field.text);
    if (!field) {
        report_unknown_field(context_, entity, node.field);
        return std::nullopt;
    }
    if (context_.is_erroneous(entity, *field))
        return std::nullopt;
    check_values(context_.book.schema.entities[entity].fields[*field], made->count, node.count);
    made->kind = Pattern::Kind::DifferentValues;
    made->field = *field;
    return push(*std::move(made), span);
}

// A yes or no has two values, an enum those that it lists.
void PatternBuilder::check_values(const rulebook::plan::Field& field, std::int64_t count,
                                  ast::ExprId id) {
    std::optional<std::size_t> values;
    if (field.type.is(TypeKind::Bool))
        values = 2;
    else if (field.type.is(TypeKind::Enum))
        values = context_.book.schema.enums[field.type.enum_index()].values.size();
    if (values && count > static_cast<std::int64_t>(*values))
        context_.diagnostics.emit<RB3017>(file_[id].span, field.name,
                                          static_cast<std::int64_t>(*values));
}

std::optional<std::uint32_t> PatternBuilder::add(const ast::DifferentBucketsPattern& node,
                                                 Span span) {
    auto made = counted(node.pattern, node.count, span);
    if (!made)
        return std::nullopt;
    made->kind = Pattern::Kind::DifferentBuckets;
    made->unit = unit_of(node.bucket);
    return push(*std::move(made), span);
}

std::uint32_t PatternBuilder::push(Pattern pattern, Span span) {
    on_.patterns.push_back(std::move(pattern));
    spans_.patterns.push_back(span);
    spans_.within.emplace_back();
    return static_cast<std::uint32_t>(on_.patterns.size() - 1);
}

std::vector<EntityIndex> PatternBuilder::completing(std::uint32_t index) const {
    const Pattern& pattern = on_.patterns[index];
    if (pattern.kind == Pattern::Kind::Signal)
        return {context_.book.signals[pattern.signal].collection};
    if (pattern.kind == Pattern::Kind::Then)
        return completing(pattern.operands.back());
    std::set<EntityIndex> found;
    for (const std::uint32_t operand : pattern.operands) {
        const auto more = completing(operand);
        found.insert(more.begin(), more.end());
    }
    return {found.begin(), found.end()};
}

} // namespace rulec::model
