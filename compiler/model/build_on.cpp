#include "compiler/model/on_builder.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "runtime/plan/node.hpp"
#include "runtime/value/calendar.hpp"

namespace rulec::model {

using rulebook::plan::EntityIndex;
using rulebook::plan::Field;
using rulebook::plan::kFrames;
using rulebook::plan::On;

Completion OnBuilder::build(ast::PatternId id) {
    const ast::Pattern& pattern = file_[id];
    if (const auto* without = std::get_if<ast::WithoutPattern>(&pattern.node))
        return build(*without);
    if (const auto* silence = std::get_if<ast::SilencePattern>(&pattern.node))
        return build(*silence, pattern.span);
    if (const auto* clock = std::get_if<ast::ClockPattern>(&pattern.node))
        return build(*clock);
    if (const auto* becomes = std::get_if<ast::BecomesPattern>(&pattern.node))
        return build(*becomes, pattern.span);
    on_.kind = On::Kind::Pattern;
    return completed_by(patterns_.add(id));
}

Completion OnBuilder::completed_by(std::optional<std::uint32_t> pattern) const {
    const auto& entities = context_.book.schema.entities;
    Completion made;
    if (pattern)
        made.entities = patterns_.completing(*pattern);
    else // reported: what reads a record shall not be reported, too
        for (EntityIndex entity = 0; entity < entities.size(); ++entity)
            if (entities[entity].ordered_by && made.entities.size() + 1 < kFrames)
                made.entities.push_back(entity);
    std::vector<std::string> names;
    for (const EntityIndex entity : made.entities)
        names.push_back(fmt::format("`{}`", entities[entity].name));
    made.words = fmt::format("the last one is of {}", fmt::join(names, " or "));
    if (made.entities.size() >= kFrames) {
        context_.diagnostics.emit<RB3023>(spans_.on, std::int64_t{kFrames - 1});
        made.entities.clear();
    }
    return made;
}

// `P without B within D`
Completion OnBuilder::build(const ast::WithoutPattern& node) {
    on_.kind = On::Kind::Without;
    const auto whole = patterns_.add(node.pattern);
    add_absent(node.absent);
    set_wait(node.duration);
    return completed_by(whole);
}

// `no A for D`
Completion OnBuilder::build(const ast::SilencePattern& node, Span span) {
    on_.kind = On::Kind::Silence;
    require_origin("`no … for`", span);
    add_absent(node.signal);
    set_wait(node.duration);
    return {{}, "silence does"};
}

// Signals, any of which ends the wait; of whatever collections.
void OnBuilder::add_absent(ast::PatternId id) {
    bool is_reported = false;
    auto found = patterns_.signals(id, is_reported);
    if (!found) {
        if (!is_reported)
            context_.diagnostics.emit<RB3020>(file_[id].span);
        return;
    }
    std::ranges::sort(*found);
    found->erase(std::ranges::unique(*found).begin(), found->end());
    on_.absent = *std::move(found);
}

void OnBuilder::set_wait(ast::ExprId duration) {
    if (const auto wait = literal_extent(context_, file_, duration))
        on_.wait = *wait;
}

// `at F`, `3 days before F`, `2 hours after F`
Completion OnBuilder::build(const ast::ClockPattern& node) {
    on_.kind = On::Kind::Clock;
    if (node.kind != ast::ClockKind::At)
        if (const auto offset = clock_offset(node.offset))
            on_.offset = node.kind == ast::ClockKind::Before ? -*offset : *offset;
    on_.clock = clock_field(node.field);
    return {{}, "the clock does"};
}

// Calendar lengths have a meaning between two instants; a clock has one.
std::optional<std::int64_t> OnBuilder::clock_offset(ast::ExprId id) {
    const auto* length = file_.as<ast::DurationLiteral>(id);
    if (length == nullptr || length->kind == ast::DurationKind::Elapsed)
        return literal_length(context_, file_, id);
    context_.diagnostics.emit<RB1314>(file_[id].span, context_.sources.text(file_[id].span))
        .help("a clock goes by elapsed time, and by dates where its field is a date: write `3 days "
              "before F`");
    return std::nullopt;
}

// A time or date of the root, named plainly: so that it is known when it changes. Whole days before
// or after a date are counted in dates: what is left to elapse is nothing.
ExprId OnBuilder::clock_field(ast::ExprId id) {
    Checker checker(context_, file_, root_scope(context_.book, kTriggerLayer, reader_));
    const ExprId field = checker.check(id);
    if (!present(field))
        return kError;
    const Expression& made = context_.book.expressions[field];
    const bool is_field = made.kind == ExpressionKind::Operation && made.op == Op::Field;
    const bool is_time = made.type.is(TypeKind::Time) || made.type.is(TypeKind::Date);
    if (is_field && made.type.is(TypeKind::Date) && on_.offset % rulebook::kMicrosecondsPerDay == 0)
        return checker.start_of_day(field, std::exchange(on_.offset, 0));
    if (is_field && is_time)
        return checker.check_instant(id);
    context_.diagnostics.emit<RB3018>(made.span, context_.book.schema.root_entity().name,
                                      is_field ? describe(context_, made.type)
                                               : std::string("no field"));
    return kError;
}

// `becomes C`, `becomes C lasting D`
Completion OnBuilder::build(const ast::BecomesPattern& node, Span span) {
    on_.kind = On::Kind::Becomes;
    require_origin("`becomes`", span);
    Checker checker(context_, file_, root_scope(context_.book, kTriggerLayer, reader_));
    on_.condition = checker.check_condition(node.condition);
    if (node.lasting.present())
        on_.lasting = literal_length(context_, file_, node.lasting);
    return {{}, "a condition does"};
}

void OnBuilder::require_origin(std::string_view what, Span span) {
    const auto& root = context_.book.schema.root_entity();
    if (std::ranges::none_of(root.fields, &Field::origin))
        context_.diagnostics.emit<RB3019>(span, what, root.name);
}

} // namespace rulec::model
