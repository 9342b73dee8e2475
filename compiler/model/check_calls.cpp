// Calls: built-in functions, lookups, definitions, and the few that are more than a function.
#include "compiler/model/checker.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

namespace {

struct BuiltinRow {
    std::string_view name;
    TypeKind result;
    std::vector<TypeKind> parameters;
    Op op;
};

#define RB_UNWRAP(...) __VA_ARGS__
const std::vector<BuiltinRow>& builtins() {
    using enum TypeKind;
    static const std::vector<BuiltinRow> rows = {
#define RB_BUILTIN(name, Result, Parameters, Operation, cost, example)                             \
    {#name, TypeKind::Result, {RB_UNWRAP Parameters}, Op::Operation},
#include "runtime/plan/builtins.def"
    };
    return rows;
}
#undef RB_UNWRAP

bool takes_more(Op op) {
    return op == Op::Minimum || op == Op::Maximum;
}

constexpr std::string_view kSpecial[] = {"age", "change", "convert"};

} // namespace

ExprId Checker::check_call(const ast::Call& node, Span span, const Type* expected) {
    const std::string& name = node.callee.text;
    const bool selects = node.arguments.size() == 1 &&
                         (node.arguments[0].of.present() || node.arguments[0].where.present() ||
                          node.arguments[0].have.present() || !node.arguments[0].windows.empty() ||
                          node.arguments[0].by.present());
#define RB_AGGREGATE(Name, id, spelling)                                                           \
    if (name == (spelling) && (selects || goes_over_collection(node)))                             \
        return check_aggregate(rulebook::plan::AggregateKind::Name, node, span, expected);
#include "runtime/plan/aggregates.def"
    if (name == "credited" && scope_.credit && scope_.credit->in_flag)
        return check_credited(node, span);
    for (const std::string_view special : kSpecial)
        if (name == special)
            return check_special(node, span);
    if (const NamedThing* thing = context_.find(name)) {
        if (thing->kind == NameKind::Lookup)
            return check_lookup(thing->index, node, span);
        if (thing->kind == NameKind::Definition)
            return check_definition_call(thing->index, node, span);
    }
    return check_builtin(node, span, expected);
}

// One argument that is a collection, or a field of one; `min` and `max` of several are functions.
bool Checker::goes_over_collection(const ast::Call& node) const {
    const bool also_function = node.callee.text == "min" || node.callee.text == "max";
    if (node.arguments.size() != 1)
        return !also_function;
    if (!also_function)
        return true;
    ast::ExprId value = node.arguments[0].value;
    if (const auto* member = file_.as<ast::Member>(value))
        value = member->object;
    return collection(value).has_value();
}

bool Checker::plain_arguments(const ast::Call& node, std::size_t count, std::string_view takes) {
    for (const ast::Selection& argument : node.arguments)
        if (argument.of.present() || argument.where.present() || argument.have.present() ||
            !argument.windows.empty() || argument.by.present()) {
            context_.diagnostics.emit<RB1316>(argument.span, "where")
                .help("`where` and windows select elements: `count(users where …)`");
            return false;
        }
    if (node.arguments.size() == count)
        return true;
    context_.diagnostics.emit<RB1306>(node.callee.span, node.callee.text, takes,
                                      fmt::format("{} arguments", node.arguments.size()));
    return false;
}

// The first overload whose parameters the arguments fit, exactly or with int as number.
ExprId Checker::check_builtin(const ast::Call& node, Span span, const Type* expected) {
    std::vector<const BuiltinRow*> overloads;
    std::vector<std::string> names;
    for (const BuiltinRow& row : builtins()) {
        names.emplace_back(row.name);
        if (row.name == node.callee.text)
            overloads.push_back(&row);
    }
    if (overloads.empty()) {
        auto& report = context_.diagnostics.emit<RB1307>(node.callee.span, node.callee.text);
        suggest(report, node.callee.span, node.callee.text, names);
        return kError;
    }
    const std::size_t least = overloads[0]->parameters.size();
    const bool more = takes_more(overloads[0]->op) && node.arguments.size() > least;
    if (!plain_arguments(node, more ? node.arguments.size() : least,
                         fmt::format("{} argument{}", least, least == 1 ? "" : "s")))
        return kError;
    std::vector<ExprId> arguments;
    for (const ast::Selection& argument : node.arguments) {
        const ExprId checked = check(
            argument.value, overloads[0]->parameters[0] == TypeKind::Bool ? nullptr : expected);
        if (!present(checked))
            return kError;
        arguments.push_back(checked);
    }
    for (const bool widen : {false, true})
        for (const BuiltinRow* row : overloads)
            if (const auto made =
                    apply_builtin(row->op, row->result, row->parameters, arguments, widen, span))
                return *made;
    std::vector<std::string> given;
    for (const ExprId argument : arguments)
        given.push_back(say(type_of(argument)));
    std::vector<std::string> taken;
    for (const BuiltinRow* row : overloads) {
        std::vector<std::string_view> parameters;
        for (const TypeKind parameter : row->parameters)
            parameters.push_back(spelling(parameter));
        taken.push_back(fmt::format("({})", fmt::join(parameters, ", ")));
    }
    context_.diagnostics.emit<RB1306>(span, node.callee.text,
                                      fmt::format("{}", fmt::join(taken, " or ")),
                                      fmt::format("({})", fmt::join(given, ", ")));
    return kError;
}

// The operation, if the arguments fit the parameters; the last parameter repeats for min and max.
std::optional<ExprId> Checker::apply_builtin(Op op, TypeKind result,
                                             const std::vector<TypeKind>& parameters,
                                             std::vector<ExprId> arguments, bool widen, Span span) {
    Type money;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const TypeKind wanted = parameters[std::min(i, parameters.size() - 1)];
        const Type given = type_of(arguments[i]);
        const bool widens = widen && wanted == TypeKind::Number &&
                            (given.is(TypeKind::Int) || given.is(TypeKind::Points));
        const bool first_instant =
            widen && wanted == TypeKind::Date && given.is(TypeKind::Time) && parameters.size() == 1;
        if (!given.is(wanted) && !widens && !first_instant)
            return std::nullopt;
        if (wanted == TypeKind::Money) {
            if (money.is(TypeKind::Money) && money != given)
                return std::nullopt;
            money = given;
        }
        if (widens)
            arguments[i] = to_number(arguments[i]);
        if (first_instant) // year(t) of a time is that of its date
            arguments[i] = operation(Op::DateOf, Type::of(TypeKind::Date), {arguments[i]}, span);
    }
    return operation(op, result == TypeKind::Money ? money : Type::of(result), std::move(arguments),
                     span);
}

// age(t) = as_of - t; change(X, D); convert(amount, CURRENCY, rate).
ExprId Checker::check_special(const ast::Call& node, Span span) {
    const std::string& name = node.callee.text;
    if (name == "age") {
        if (!plain_arguments(node, 1, "one time"))
            return kError;
        const ExprId then = check_as(node.arguments[0].value, Type::of(TypeKind::Time));
        const ExprId now = operation(Op::EvaluationInstant, Type::of(TypeKind::Time), {}, span);
        return operation(Op::SubtractExact, Type::of(TypeKind::Duration), {now, then}, span);
    }
    if (name == "change") {
        if (!plain_arguments(node, 2, "a value and a length of time"))
            return kError;
        const ExprId value = check(node.arguments[0].value);
        const auto ago = literal_duration(context_, file_, node.arguments[1].value);
        if (!present(value) || !ago)
            return kError;
        const TypeKind kind = type_of(value).kind;
        if (kind == TypeKind::Number)
            return operation(Op::ChangeNumber, Type::of(TypeKind::Percent), {value}, span, *ago);
        if (kind != TypeKind::Int && kind != TypeKind::Money && kind != TypeKind::Percent &&
            kind != TypeKind::Duration && kind != TypeKind::Points) {
            context_.diagnostics.emit<RB1306>(at(value).span, name, "a number or an amount",
                                              say(type_of(value)));
            return kError;
        }
        return operation(Op::Change, Type::of(TypeKind::Percent), {value}, span, *ago);
    }
    if (!plain_arguments(node, 3, "an amount, a currency and a rate"))
        return kError;
    const auto* code = file_.as<ast::NameReference>(node.arguments[1].value);
    const auto currency = code != nullptr ? rulebook::Currency::of(code->name.text) : std::nullopt;
    if (!currency) {
        const Span where = file_[node.arguments[1].value].span;
        context_.diagnostics.emit<RB1007>(where, context_.sources.text(where));
        return kError;
    }
    const ExprId amount = check(node.arguments[0].value);
    const ExprId rate = check_as(node.arguments[2].value, Type::of(TypeKind::Number));
    if (!present(amount) || !present(rate))
        return kError;
    if (!type_of(amount).is(TypeKind::Money)) {
        context_.diagnostics.emit<RB1306>(at(amount).span, name, "money", say(type_of(amount)));
        return kError;
    }
    return operation(Op::ConvertMoney, Type::money(*currency), {amount, rate}, span);
}

ExprId Checker::check_lookup(std::uint32_t index, const ast::Call& node, Span span) {
    const rulebook::plan::LookupTable& lookup = context_.book.lookups[index];
    if (context_.erroneous_names.contains(lookup.name))
        return kError;
    if (!plain_arguments(node, lookup.key_types.size(),
                         fmt::format("{} keys", lookup.key_types.size())))
        return kError;
    std::vector<ExprId> keys;
    for (std::size_t i = 0; i < node.arguments.size(); ++i)
        keys.push_back(check_as(node.arguments[i].value, lookup.key_types[i]));
    const ExprId made = operation(Op::Lookup, lookup.type, std::move(keys), span);
    if (present(made))
        context_.book.expressions[made].index = index;
    return made;
}

ExprId Checker::check_definition_call(std::uint32_t index, const ast::Call& node, Span span) {
    if (!definition_is_ready(context_, index, node.callee.span))
        return kError;
    const Definition definition = context_.book.definitions[index]; // a copy: checking may add more
    if (!plain_arguments(node, definition.parameters.size(),
                         fmt::format("{} arguments", definition.parameters.size())) ||
        !layer_reaches(definition.layer, fmt::format("`{}`", definition.name), node.callee.span))
        return kError;
    Expression made;
    made.kind = ExpressionKind::Definition;
    made.type = definition.type;
    made.index = index;
    made.span = span;
    made.may_be_unknown = definition.may_be_unknown;
    for (std::size_t i = 0; i < definition.parameters.size(); ++i) {
        const Parameter& parameter = definition.parameters[i];
        const ast::ExprId argument = node.arguments[i].value;
        if (!parameter.record) {
            const ExprId value = check_as(argument, parameter.type);
            if (!present(value))
                return kError;
            made.operands.push_back(value);
            continue;
        }
        const auto* record = file_.as<ast::NameReference>(argument);
        const auto frame = record != nullptr ? frame_named(record->name.text) : std::nullopt;
        if (!frame || scope_.frames[*frame].entity != parameter.entity) {
            const auto& entity = context_.book.schema.entities[parameter.entity];
            context_.diagnostics.emit<RB1306>(file_[argument].span, definition.name,
                                              fmt::format("a record of `{}`", entity.name),
                                              "something else");
            return kError;
        }
        made.frames.push_back(*frame);
    }
    return add(std::move(made));
}

// credited(P): in a flag, what the deal gives that party.
ExprId Checker::check_credited(const ast::Call& node, Span span) {
    if (!plain_arguments(node, 1, "one party"))
        return kError;
    const Type party = scope_.credit->party_type;
    const auto value = literal_value(context_, file_, node.arguments[0].value, party);
    if (!value)
        return kError;
    const ExprId made = operation(Op::CreditedAmount, scope_.credit->amount_type, {}, span);
    context_.book.expressions[made].literal = *value;
    context_.book.expressions[made].may_be_unknown = false;
    return made;
}

} // namespace rulec::model
