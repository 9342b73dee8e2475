// test blocks: the account, when it is asked, and what to expect.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"
#include "compiler/model/checker.hpp"
#include "compiler/model/test_records.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::Entity;
using rulebook::plan::RuleKind;

class TestBuilder {
public:
    TestBuilder(Context& context, const ast::File& file, const ast::Test& node, Test& test)
        : context_(context), file_(file), node_(node), test_(test), records_(context, file),
          checker_(context, file,
                   root_scope(context.book, kCreditLayer,
                              fmt::format("test \"{}\"", node.name.value))) {}

    void build() {
        test_.name = node_.name.value;
        test_.span = node_.name.span;
        test_.root.entity = context_.book.schema.root;
        for (const ast::TestEntity& entity : node_.entities)
            build_root(entity);
        if (node_.entities.size() > 1)
            context_.diagnostics.emit<RB6012>(node_.entities[1].span, root().name)
                .label(node_.entities[0].span, "first here");
        if (node_.entities.empty())
            context_.diagnostics.emit<RB6001>(node_.name.span, root().name);
        if (node_.as_of)
            ask_at(*node_.as_of);
        else
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
        records_.find_origin(node.record);
        test_.root = records_.record_of(test_.root.entity, node.record);
        test_.root.span = node.span;
    }

    void ask_at(const ast::TestValue& node) {
        const auto instant = records_.instant_of(node);
        if (!instant)
            return;
        test_.as_of = *instant;
        if (records_.origin() && *instant < *records_.origin())
            context_.diagnostics.emit<RB6013>(node.span, root().name);
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
            if (const auto at = records_.instant_of(instant))
                expected.instants.push_back(*at);
        std::ranges::sort(expected.instants);
        if (node.expectation == ast::FiringExpectation::FiresTimes) {
            const auto times = literal_int(context_, file_, node.times);
            if (!times)
                return;
            expected.times = *times;
        }
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
            const bool nobody = !node_amount.party.quoted && (amount.party_name == "unattributed" ||
                                                              amount.party_name == "unknown");
            if (nobody)
                amount.party = {};
            else if (party_type.is(TypeKind::Text))
                amount.party = Value::of(node_amount.party.text);
            else if (const auto value = enum_value(context_, party_type, node_amount.party.text))
                amount.party = Value::of(*value);
            else {
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
        expected.never = node.never;
        for (const ast::Name& flag : node.flags) {
            const auto known = flags_of(*credit);
            if (std::ranges::find(known, flag.text) == known.end()) {
                auto& report =
                    context_.diagnostics.emit<RB1205>(flag.span, node.credit.text, flag.text);
                suggest(report, flag.span, flag.text, known);
            }
            expected.flags.push_back(flag.text);
        }
        test_.expectations.push_back({std::move(expected), span});
    }

    // Of any version; the language's own flag needs no declaration.
    std::vector<std::string> flags_of(std::uint32_t credit) const {
        std::vector<std::string> names{std::string(rulebook::plan::kNoWeightFlag)};
        for (const std::uint32_t version : context_.book.rules[credit].head.versions)
            for (const auto& flag : context_.book.credits[version].flags)
                if (std::ranges::find(names, flag.name) == names.end())
                    names.push_back(flag.name);
        return names;
    }

    Context& context_;
    const ast::File& file_;
    const ast::Test& node_;
    Test& test_;
    TestRecords records_;
    Checker checker_;
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
