#include "compiler/model/test_records.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/model/checker.hpp"
#include "runtime/value/calendar.hpp"
#include "runtime/value/integer.hpp"

namespace rulec::model {

using rulebook::plan::Entity;
using rulebook::plan::EntityIndex;

static bool is_inside(const rulebook::plan::ValueRange& range, const Value& value) {
    return !range.low.known() || !range.high.known() ||
           (!(value < range.low) && (range.high_open ? value < range.high : !(range.high < value)));
}

TestRecord TestRecords::record_of(EntityIndex entity, const ast::TestRecord& node) {
    TestRecord record;
    record.entity = entity;
    record.span = node.span;
    for (const ast::TestField& field : node.fields)
        if (field.value.kind == ast::TestValue::Kind::Records)
            add_records(record, field);
        else
            add_cell(record.entity, record.cells, field);
    return record;
}

void TestRecords::add_records(TestRecord& record, const ast::TestField& field) {
    const auto& schema = context_.book.schema;
    if (field.name.text == "history")
        return add_history(record, field);
    const auto entity = schema.entity_of_collection(field.name.text);
    if (!entity || schema.entities[*entity].parent != record.entity) {
        return report_unknown_field(context_, record.entity, field.name);
    }
    for (const ast::TestRecord& child : field.value.records)
        record.children.push_back(record_of(*entity, child));
}

void TestRecords::add_history(TestRecord& record, const ast::TestField& field) {
    const Entity& entity = context_.book.schema.entities[record.entity];
    if (std::ranges::none_of(entity.fields, &rulebook::plan::Field::tracked)) {
        context_.diagnostics.emit<RB6005>(field.name.span, entity.name);
        return;
    }
    for (const ast::TestRecord& row : field.value.records)
        if (auto version = version_of(record.entity, row))
            record.history.push_back(std::move(*version));
    std::ranges::sort(record.history, {}, &TestVersion::known_from);
}

std::optional<TestVersion> TestRecords::version_of(EntityIndex entity, const ast::TestRecord& row) {
    TestVersion version;
    std::optional<std::int64_t> known_from;
    for (const ast::TestField& field : row.fields) {
        if (field.name.text == "known_from") {
            known_from = instant_of(field.value);
            continue;
        }
        add_cell(entity, version.cells, field);
        const auto index = context_.book.schema.entities[entity].field_named(field.name.text);
        if (index && !context_.book.schema.entities[entity].fields[*index].tracked)
            context_.diagnostics.emit<RB6006>(field.name.span, field.name.text);
    }
    if (!known_from) {
        if (std::ranges::none_of(row.fields, [](const ast::TestField& field) {
                return field.name.text == "known_from";
            }))
            context_.diagnostics.emit<RB6007>(row.span);
        return std::nullopt;
    }
    version.known_from = *known_from;
    return version;
}

void TestRecords::find_origin(const ast::TestRecord& record) {
    for (const ast::TestField& field : record.fields) {
        const auto index = context_.book.schema.root_entity().field_named(field.name.text);
        if (index && context_.book.schema.root_entity().fields[*index].origin &&
            field.value.kind == ast::TestValue::Kind::Expression)
            origin_ = literal_instant(context_, file_, field.value.expression);
    }
}

void TestRecords::add_cell(EntityIndex of, std::vector<TestCell>& cells,
                           const ast::TestField& node) {
    const Entity& entity = context_.book.schema.entities[of];
    const auto index = entity.field_named(node.name.text);
    if (!index) {
        report_unknown_field(context_, of, node.name);
        return;
    }
    if (context_.is_erroneous(of, *index))
        return;
    for (const TestCell& other : cells)
        if (other.field == *index)
            context_.diagnostics.emit<RB1102>(node.name.span, entity.name, node.name.text);
    const auto value = value_of(node.value, entity.fields[*index].type);
    if (!value)
        return;
    // Of a required field the record is rejected, which the run of the test tells.
    const auto& field = entity.fields[*index];
    if (field.optional && value->known() && field.range && !is_inside(*field.range, *value))
        context_.diagnostics.emit<RB6009>(node.value.span, entity.name, node.name.text);
    cells.push_back({*index, *value});
}

std::optional<Value> TestRecords::value_of(const ast::TestValue& node, Type type) {
    if (node.kind == ast::TestValue::Kind::Records) {
        context_.diagnostics.emit<RB1302>(node.span, describe(context_, type), "records");
        return std::nullopt;
    }
    if (node.kind == ast::TestValue::Kind::Offset || type.is(TypeKind::Time)) {
        const auto instant = instant_or_missing(node);
        if (!instant)
            return std::nullopt;
        if (!type.is(TypeKind::Time) && !type.is(TypeKind::Date)) {
            context_.diagnostics.emit<RB1302>(node.span, describe(context_, type), "a time");
            return std::nullopt;
        }
        if (type.is(TypeKind::Time) || !instant->known())
            return instant;
        return Value::of(std::int64_t{
            rulebook::time::date_of(*context_.zone, rulebook::Time{instant->integer()}).days});
    }
    const auto* number = std::get_if<ast::IntLiteral>(&file_[node.expression].node);
    if (number != nullptr && type.is(TypeKind::Number))
        return Value::of(static_cast<double>(number->value));
    if (type.is(TypeKind::Text) && report_unquoted(node.expression))
        return std::nullopt;
    return literal_value(context_, file_, node.expression, type);
}

// `name login`: a text stands in quotes, and names mean nothing here.
bool TestRecords::report_unquoted(ast::ExprId id) {
    const auto* word = file_.as<ast::NameReference>(id);
    if (word == nullptr)
        return false;
    const Span span = file_[id].span;
    const std::string quoted = fmt::format("\"{}\"", word->name.text);
    context_.diagnostics.emit<RB1302>(span, "a text", "a name")
        .help(fmt::format("texts stand in quotes: `{}`", quoted))
        .fix(span, quoted);
    return true;
}

std::optional<Value> TestRecords::instant_or_missing(const ast::TestValue& node) {
    if (node.kind == ast::TestValue::Kind::Expression &&
        file_.as<ast::MissingLiteral>(node.expression) != nullptr)
        return Value();
    const auto instant = instant_of(node);
    return instant ? std::optional(Value::of(*instant)) : std::nullopt;
}

std::optional<std::int64_t> TestRecords::instant_of(const ast::TestValue& node) {
    if (node.kind == ast::TestValue::Kind::Expression)
        return literal_instant(context_, file_, node.expression);
    const auto offset = literal_duration(context_, file_, node.expression);
    if (!origin_) {
        context_.diagnostics.emit<RB6003>(node.span);
        return std::nullopt;
    }
    if (!offset)
        return std::nullopt;
    const auto instant = node.negative ? rulebook::checked_subtract(*origin_, *offset)
                                       : rulebook::checked_add(*origin_, *offset);
    if (instant && rulebook::in_calendar(rulebook::Time{*instant}))
        return instant;
    context_.diagnostics.emit<RB6008>(node.span);
    return std::nullopt;
}

} // namespace rulec::model
