// `record.field`, `enum.value`, `rule.result`.
#include "compiler/model/checker.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::Entity;
using rulebook::plan::RuleKind;

// Fits give an enum of tiers, a score, and two facts about the evaluation.
struct FitMember {
    std::string_view name;
    Op op;
    TypeKind type;
};
constexpr FitMember kFitMembers[] = {
    {"score", Op::FitScore, TypeKind::Points},
    {"tier", Op::FitTier, TypeKind::Enum},
    {"out", Op::FitOut, TypeKind::Bool},
    {"unknowns", Op::FitUnknowns, TypeKind::Int},
};

} // namespace

ExprId Checker::check_member(const ast::Member& node, Span span) {
    if (const auto* object = file_.as<ast::NameReference>(node.object))
        return check_member_of_name(object->name, node.member, span);
    const ExprId object = check(node.object);
    if (present(object))
        context_.diagnostics.emit<RB1205>(node.member.span, say(type_of(object)), node.member.text);
    return kError;
}

ExprId Checker::check_member_of_name(const ast::Name& object, const ast::Name& member, Span span) {
    if (const auto frame = frame_named(object.text)) {
        const Entity& entity = context_.book.schema.entities[scope_.frames[*frame].entity];
        if (const auto index = entity.field_named(member.text))
            return field(*frame, *index, span);
        auto& report = context_.diagnostics.emit<RB1205>(member.span, object.text, member.text);
        std::vector<std::string> fields;
        for (const auto& candidate : entity.fields)
            fields.push_back(candidate.name);
        suggest(report, member.span, member.text, fields);
        return kError;
    }
    const NamedThing* thing = context_.find(object.text);
    if (thing != nullptr && thing->kind == NameKind::Enum) {
        const Type type = Type::enumeration(thing->index);
        if (const auto value = enum_value(context_, type, member.text))
            return constant(Value::of(*value), type, span);
        return report_unknown_name(member, &type);
    }
    if (thing != nullptr && thing->kind == NameKind::Rule)
        return rule_member(thing->index, member, span);
    if (context_.book.schema.entity_of_collection(object.text)) {
        report_field_of_collection(object, member, span);
        return kError;
    }
    if (thing != nullptr && thing->kind == NameKind::Entity && !scope_.completed_by.empty()) {
        context_.diagnostics.emit<RB3014>(object.span, object.text, scope_.completed_by);
        return kError;
    }
    if (thing != nullptr && thing->kind == NameKind::Entity) {
        context_.diagnostics.emit<RB1207>(object.span, object.text, "no record at hand here")
            .help("records are named inside `where` of their collection");
        return kError;
    }
    const Entity& own = context_.book.schema.entities[scope_.bare_frame().entity];
    if (own.field_named(object.text)) {
        context_.diagnostics.emit<RB1205>(member.span, object.text, member.text);
        return kError;
    }
    return report_unknown_name(object, nullptr);
}

ExprId Checker::rule_member(std::uint32_t rule, const ast::Name& member, Span span) {
    const rulebook::plan::Rule& head = context_.book.rules[rule].head;
    if (context_.erroneous_names.contains(head.name))
        return kError;
    if (!layer_reaches(layer_of(head.kind), fmt::format("{} `{}`", spelling(head.kind), head.name),
                       span))
        return kError;
    if (head.kind == RuleKind::Fit) {
        for (const FitMember& known : kFitMembers) {
            if (known.name != member.text)
                continue;
            const bool tier = known.type == TypeKind::Enum;
            if (tier && !head.type.is(TypeKind::Enum))
                break;
            const ExprId made =
                operation(known.op, tier ? head.type : Type::of(known.type), {}, span);
            context_.book.expressions[made].index = rule;
            return made;
        }
        std::vector<std::string> members;
        for (const FitMember& known : kFitMembers)
            if (known.type != TypeKind::Enum || head.type.is(TypeKind::Enum))
                members.emplace_back(known.name);
        auto& report = context_.diagnostics.emit<RB1205>(member.span, head.name, member.text);
        if (!suggest(report, member.span, member.text, members))
            report.help(
                "a fit has `.score`, `.out`, `.unknowns` and, where it declares tiers, `.tier`");
        return kError;
    }
    auto outputs = std::span<const rulebook::plan::TableOutputColumn>{};
    if (head.kind == RuleKind::Table) {
        outputs = context_.book.tables[head.versions[0]].outputs;
        for (std::size_t i = 0; i < outputs.size(); ++i)
            if (outputs[i].name == member.text) {
                const ExprId made = operation(Op::TableOutput, outputs[i].type, {}, span,
                                              static_cast<std::int64_t>(i));
                context_.book.expressions[made].index = rule;
                return made;
            }
    }
    auto& report = context_.diagnostics.emit<RB1205>(member.span, head.name, member.text);
    std::vector<std::string> names;
    for (const auto& output : outputs)
        names.push_back(output.name);
    if (!suggest(report, member.span, member.text, names) && !names.empty())
        report.help(fmt::format("its outputs are {}", fmt::join(names, ", ")));
    return kError;
}

} // namespace rulec::model
