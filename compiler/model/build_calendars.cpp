// calendar: when people are at work, and lengths of time that count it.
#include "compiler/model/checker.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"
#include "compiler/model/separated_values.hpp"
#include "runtime/value/integer.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::Calendar;
using rulebook::plan::Extent;

constexpr std::int64_t kMicrosecondsPerHour = 3'600'000'000;

class CalendarBuilder {
public:
    CalendarBuilder(Context& context, const Declared<ast::Calendar>& declared, Calendar& calendar)
        : context_(context), file_(*declared.file), node_(*declared.node), calendar_(calendar) {}

    void build() {
        require(node_.zone.present(), "zone \"Europe/Berlin\"");
        require(node_.days.has_value(), "days mon to fri");
        require(!node_.hours.empty(), "hours 9:00 to 17:00");
        if (node_.zone.present())
            build_zone();
        if (node_.days)
            calendar_.days = node_.days->mask;
        build_hours();
        if (node_.holidays)
            read_holidays(*node_.holidays);
    }

private:
    void require(bool there, std::string_view what) {
        if (!there)
            context_.diagnostics.emit<RB3009>(node_.name.span, node_.name.text, what);
    }

    // A name of the IANA database, or a field that holds one.
    void build_zone() {
        if (const auto* text = file_.as<ast::TextLiteral>(node_.zone)) {
            calendar_.zone = text->value;
            if (rulebook::time::find_zone(text->value) == nullptr)
                context_.diagnostics.emit<RB1006>(file_[node_.zone].span, text->value);
            return;
        }
        Checker checker(context_, file_,
                        root_scope(context_.book, kDecisionLayer,
                                   fmt::format("calendar `{}`", node_.name.text)));
        const ExprId zone = checker.check(node_.zone);
        if (!present(zone))
            return;
        const Expression& made = context_.book.expressions[zone];
        const bool is_field = made.kind == ExpressionKind::Operation && made.op == Op::Field;
        if (is_field && made.type.is(TypeKind::Text))
            calendar_.zone_field = zone;
        else
            context_.diagnostics.emit<RB3011>(made.span, context_.book.schema.root_entity().name,
                                              is_field ? describe(context_, made.type)
                                                       : std::string("no field"));
    }

    // Ascending and apart; hours that touch are one.
    void build_hours() {
        std::vector<ast::WorkingHours> hours = node_.hours;
        std::ranges::sort(hours, {}, &ast::WorkingHours::from);
        const ast::WorkingHours* before = nullptr;
        for (const ast::WorkingHours& one : hours) {
            if (one.from >= one.to)
                continue; // reported where it was read
            if (before != nullptr && one.from < before->to)
                context_.diagnostics.emit<RB3010>(one.span).label(before->span);
            else if (before != nullptr && one.from == before->to)
                calendar_.hours.back().to = one.to;
            else
                calendar_.hours.push_back({one.from, one.to});
            before = &one;
        }
    }

    // One column of dates; the first line is the head.
    void read_holidays(const ast::Text& path) {
        const auto rows = read_rows(context_, path);
        if (!rows)
            return;
        for (std::size_t i = 1; i < rows->size(); ++i) {
            const SeparatedRow& row = (*rows)[i];
            const auto date = row.cells.size() == 1 ? value_from_text(context_, row.cells[0],
                                                                      Type::of(TypeKind::Date))
                                                    : std::nullopt;
            if (!date) {
                context_.diagnostics.emit<RB1109>(
                    path.span, path.value, row.line,
                    "holidays are one column of dates, such as 2026-12-25");
                return;
            }
            calendar_.holidays.push_back(date->integer());
        }
        std::ranges::sort(calendar_.holidays);
        calendar_.holidays.erase(std::ranges::unique(calendar_.holidays).begin(),
                                 calendar_.holidays.end());
    }

    Context& context_;
    const ast::File& file_;
    const ast::Calendar& node_;
    Calendar& calendar_;
};

// `10 working hours of office`
std::optional<Extent> working_time(Context& context, const ast::DurationLiteral& node, Span span) {
    Extent extent;
    extent.kind = Extent::Kind::Working;
    const NamedThing* thing = context.find(node.calendar.text);
    if (thing == nullptr || thing->kind != NameKind::Calendar) {
        auto& report = context.diagnostics.emit<RB3007>(node.calendar.span, node.calendar.text);
        suggest(report, node.calendar.span, node.calendar.text,
                context.names_of(NameKind::Calendar));
        return std::nullopt;
    }
    extent.calendar = thing->index;
    const auto total = rulebook::checked_multiply(node.count, kMicrosecondsPerHour);
    if (!total) {
        context.diagnostics.emit<RB1312>(span, context.sources.text(span), "a duration");
        return std::nullopt;
    }
    extent.microseconds = *total;
    return extent;
}

} // namespace

std::optional<Extent> literal_extent(Context& context, const ast::File& file, ast::ExprId id) {
    const auto* literal = file.as<ast::DurationLiteral>(id);
    std::optional<Extent> extent;
    if (literal != nullptr && literal->kind == ast::DurationKind::Working)
        extent = working_time(context, *literal, file[id].span);
    else if (const auto length = literal_span(context, file, id)) {
        extent = Extent{
            .microseconds = length->microseconds, .unit = length->unit, .count = length->count};
        if (length->calendar)
            extent->kind = Extent::Kind::Calendar;
    }
    if (!extent || extent->microseconds > 0 || extent->count > 0)
        return extent;
    context.diagnostics.emit<RB3008>(file[id].span);
    return std::nullopt;
}

std::optional<std::int64_t> literal_length(Context& context, const ast::File& file,
                                           ast::ExprId id) {
    const auto length = literal_duration(context, file, id);
    if (!length || *length > 0)
        return length;
    context.diagnostics.emit<RB3008>(file[id].span);
    return std::nullopt;
}

void build_calendars(Context& context) {
    for (std::size_t i = 0; i < context.calendar_nodes.size(); ++i) {
        Calendar calendar = context.book.calendars[i];
        CalendarBuilder(context, context.calendar_nodes[i], calendar).build();
        context.book.calendars[i] = std::move(calendar);
    }
}

} // namespace rulec::model
