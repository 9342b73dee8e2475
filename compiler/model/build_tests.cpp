// test blocks: records to build, and what to expect.
#include "compiler/model/checker.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/plan/plan.hpp"
#include "runtime/value/calendar.hpp"
#include "runtime/value/integer.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::Entity;
using rulebook::plan::EntityIndex;
using rulebook::plan::RuleKind;

class TestBuilder {
public:
    TestBuilder(Context& context, const ast::File& file, const ast::Test& node, Test& test)
        : context_(context), file_(file), node_(node), test_(test),
          checker_(context, file,
                   root_scope(context.book, kCreditLayer,
                              fmt::format("test \"{}\"", node.name.value))) {}

    void build() {
        test_.name = node_.name.value;
        test_.span = node_.name.span;
        test_.root.entity = context_.book.schema.root;
        for (const ast::TestEntity& entity : node_.entities)
            build_root(entity);
        if (node_.entities.empty())
            context_.diagnostics.emit<RB6001>(node_.name.span, root().name);
        if (node_.as_of) {
            if (const auto instant = instant_of(*node_.as_of))
                test_.as_of = *instant;
        } else
            context_.diagnostics.emit<RB6002>(node_.name.span);
        for (const ast::TestControl& control : node_.controls)
            add_control(control.trigger);
        for (const ast::Expectation& expectation : node_.expectations)
            std::visit([&](const auto& one) { add(one, expectation.span); }, expectation.node);
        if (node_.expectations.empty())
            context_.diagnostics.emit<RB6010>(node_.name.span);
    }

private:
    const Entity& root() const { return context_.book.schema.root_entity(); }

    void build_root(const ast::TestEntity& node) {
        if (node.entity.text != root().name) {
            context_.diagnostics.emit<RB6001>(node.entity.span, root().name);
            return;
        }
        find_origin(node.record);
        test_.root = record_of(test_.root.entity, node.record);
        test_.root.span = node.span;
    }

    TestRecord record_of(EntityIndex entity, const ast::TestRecord& node) {
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

    void add_records(TestRecord& record, const ast::TestField& field) {
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

    void add_history(TestRecord& record, const ast::TestField& field) {
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

    std::optional<TestVersion> version_of(EntityIndex entity, const ast::TestRecord& row) {
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

    // Offsets count from the root's origin, so it is read first.
    void find_origin(const ast::TestRecord& record) {
        for (const ast::TestField& field : record.fields) {
            const auto index = root().field_named(field.name.text);
            if (index && root().fields[*index].origin &&
                field.value.kind == ast::TestValue::Kind::Expression)
                origin_ = literal_instant(context_, file_, field.value.expression);
        }
    }

    void add_cell(EntityIndex of, std::vector<TestCell>& cells, const ast::TestField& node) {
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

    static bool is_inside(const rulebook::plan::ValueRange& range, const Value& value) {
        return !range.low.known() || !range.high.known() ||
               (!(value < range.low) &&
                (range.high_open ? value < range.high : !(range.high < value)));
    }

    std::optional<Value> value_of(const ast::TestValue& node, Type type) {
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
                return *instant;
            return Value::of(std::int64_t{
                rulebook::time::date_of(*context_.zone, rulebook::Time{instant->integer()}).days});
        }
        const auto* number = std::get_if<ast::IntLiteral>(&file_[node.expression].node);
        if (number != nullptr && type.is(TypeKind::Number))
            return Value::of(static_cast<double>(number->value));
        return literal_value(context_, file_, node.expression, type);
    }

    std::optional<Value> instant_or_missing(const ast::TestValue& node) {
        if (node.kind == ast::TestValue::Kind::Expression &&
            file_.as<ast::MissingLiteral>(node.expression) != nullptr)
            return Value();
        const auto instant = instant_of(node);
        return instant ? std::optional(Value::of(*instant)) : std::nullopt;
    }

    // `+3 days` from the origin, a date (its first instant), or a time.
    std::optional<std::int64_t> instant_of(const ast::TestValue& node) {
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

    std::optional<std::uint32_t> rule(const ast::Name& name, RuleKind kind) {
        const NamedThing* thing = context_.find(name.text);
        if (thing != nullptr && thing->kind == NameKind::Rule &&
            context_.book.rules[thing->index].head.kind == kind)
            return thing->index;
        context_.diagnostics.emit<RB6004>(name.span, spelling(kind), name.text);
        return std::nullopt;
    }

    // `control T`: a trigger or a policy that has a control group.
    void add_control(const ast::Name& name) {
        const NamedThing* thing = context_.find(name.text);
        if (thing != nullptr && thing->kind == NameKind::Policy) {
            if (!context_.policy_nodes[thing->index].node->control)
                context_.diagnostics.emit<RB6011>(name.span, name.text);
            test_.control_policies.push_back(thing->index);
            return;
        }
        const auto trigger = rule(name, RuleKind::Trigger);
        if (!trigger)
            return;
        const auto& versions = context_.book.rules[*trigger].head.versions;
        const bool has_group = std::ranges::any_of(versions, [&](std::uint32_t version) {
            return context_.trigger_nodes[version].node->control.has_value();
        });
        if (!has_group)
            report_no_group(name, context_.book.triggers[versions[0]].policy);
        test_.controls.push_back(*trigger);
    }

    // Of a trigger without a control group of its own; its policy may have one.
    void report_no_group(const ast::Name& name, std::optional<std::uint32_t> policy) {
        auto& report = context_.diagnostics.emit<RB6011>(name.span, name.text);
        if (policy && context_.policy_nodes[*policy].node->control) {
            const std::string& meant = context_.book.policies[*policy].name;
            report.help(fmt::format("its policy has one: `control {}`", meant))
                .fix(name.span, meant);
        }
    }

    void add(const ast::ExpectCondition& node, Span span) {
        const ExprId condition = checker_.check_condition(node.condition);
        test_.expectations.push_back({ExpectedCondition{condition}, span});
    }

    void add(const ast::ExpectFiring& node, Span span) {
        const auto trigger = rule(node.trigger, RuleKind::Trigger);
        if (!trigger)
            return;
        ExpectedFirings expected;
        expected.rule = *trigger;
        expected.expectation = static_cast<ExpectedFiring>(node.expectation);
        for (const ast::TestValue& instant : node.instants)
            if (const auto at = instant_of(instant))
                expected.instants.push_back(*at);
        std::ranges::sort(expected.instants);
        test_.expectations.push_back({std::move(expected), span});
    }

    void add(const ast::ExpectCredit& node, Span span) {
        const auto credit = rule(node.credit, RuleKind::Credit);
        if (!credit)
            return;
        const auto& version = context_.book.credits[context_.book.rules[*credit].head.versions[0]];
        if (!present(version.divide))
            return; // reported where the rule is
        const Type amount_type = context_.book.expressions[version.divide].type;
        const Type party_type =
            context_.book.schema.entities[version.touches].fields[version.party_field].type;
        ExpectedCredit expected;
        expected.rule = *credit;
        for (const ast::CreditedAmount& node_amount : node.amounts) {
            ExpectedAmount amount;
            amount.party_name = node_amount.party.text;
            if (party_type.is(TypeKind::Text))
                amount.party = Value::of(node_amount.party.text);
            else if (const auto value = enum_value(context_, party_type, node_amount.party.text))
                amount.party = Value::of(*value);
            else if (amount.party_name != "unattributed" && amount.party_name != "unknown") {
                report_unknown_value(context_, node_amount.party.span, node_amount.party.text,
                                     party_type);
                continue;
            }
            const auto value = literal_value(context_, file_, node_amount.amount, amount_type);
            if (value && value->known())
                amount.amount = value->integer();
            expected.amounts.push_back(std::move(amount));
        }
        test_.expectations.push_back({std::move(expected), span});
    }

    void add(const ast::ExpectFlags& node, Span span) {
        const auto credit = rule(node.credit, RuleKind::Credit);
        if (!credit)
            return;
        ExpectedFlags expected;
        expected.rule = *credit;
        const auto& flags =
            context_.book.credits[context_.book.rules[*credit].head.versions[0]].flags;
        for (const ast::Name& flag : node.flags) {
            if (std::ranges::find(flags, flag.text, &rulebook::plan::Flag::name) == flags.end())
                context_.diagnostics.emit<RB1205>(flag.span, node.credit.text, flag.text);
            expected.flags.push_back(flag.text);
        }
        test_.expectations.push_back({std::move(expected), span});
    }

    Context& context_;
    const ast::File& file_;
    const ast::Test& node_;
    Test& test_;
    Checker checker_;
    std::optional<std::int64_t> origin_;
};

} // namespace

void build_tests(Context& context) {
    context.each<ast::Test>([&](const ast::File& file, const ast::Test& node) {
        for (const Test& other : context.book.tests)
            if (other.name == node.name.value)
                context.diagnostics.emit<RB1003>(node.name.span, node.name.value)
                    .label(other.span, "first here");
        Test test;
        TestBuilder(context, file, node, test).build();
        context.book.tests.push_back(std::move(test));
    });
}

} // namespace rulec::model
