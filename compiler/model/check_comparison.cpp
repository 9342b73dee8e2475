// Comparisons, ranges and sets.
#include "compiler/model/checker.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

bool Checker::has_order(Type type) const {
    switch (type.kind) {
    case TypeKind::Bool:
    case TypeKind::Text:
        return false;
    case TypeKind::Enum:
        return context_.book.schema.enums[type.enum_index()].ordered;
    default:
        return true;
    }
}

// Brings both sides to one type, or reports why they do not compare.
bool Checker::make_comparable(ExprId& left, ExprId& right, bool ordered, Span span) {
    Type l = type_of(left);
    Type r = type_of(right);
    const auto countable = [](Type type) {
        return type.is(TypeKind::Int) || type.is(TypeKind::Number) || type.is(TypeKind::Points);
    };
    if (l != r && countable(l) && countable(r)) {
        left = to_number(left);
        right = to_number(right);
        l = r = Type::of(TypeKind::Number);
    }
    if (l == r) {
        if (!ordered || has_order(l))
            return true;
        if (!l.is(TypeKind::Enum)) {
            context_.diagnostics.emit<RB1304>(span, say(l));
            return false;
        }
        const auto& type = context_.book.schema.enums[l.enum_index()];
        const std::string what = type.name.empty()
                                     ? fmt::format("an enum of {}", fmt::join(type.values, ", "))
                                     : fmt::format("enum `{}`", type.name);
        context_.diagnostics.emit<RB1304>(span, what)
            .help("declare it ordered: `enum NAME ordered { least, …, greatest }`");
        return false;
    }
    auto& report = context_.diagnostics.emit<RB1303>(span, say(l), say(r));
    report.label(at(left).span, say(l)).label(at(right).span, say(r));
    explain_mismatch(report, left, right);
    return false;
}

// a is b, a < b, …: both of one type; `<` needs an order; unknown if either side is.
ExprId Checker::check_comparison(const ast::Comparison& node, Span span) {
    ExprId left = kError;
    ExprId right = kError;
    if (needs_context(node.left) && !needs_context(node.right)) {
        right = check(node.right);
        const Type type = present(right) ? type_of(right) : Type{};
        left = check(node.left, present(right) ? &type : nullptr);
    } else {
        left = check(node.left);
        const Type type = present(left) ? type_of(left) : Type{};
        if (present(left) || !needs_context(node.right))
            right = check(node.right, present(left) ? &type : nullptr);
    }
    if (!present(left) || !present(right))
        return kError;
    static constexpr Op kOps[] = {Op::Equal,     Op::NotEqual, Op::Less,
                                  Op::LessEqual, Op::Greater,  Op::GreaterEqual};
    const Op op = kOps[static_cast<std::size_t>(node.op)];
    const bool ordered = op != Op::Equal && op != Op::NotEqual;
    if (!make_comparable(left, right, ordered, node.operator_span))
        return kError;
    return operation(op, Type::of(TypeKind::Bool), {left, right}, span);
}

// x in a to b: as x >= a and x <= b.
ExprId Checker::check_range(const ast::InRange& node, Span span) {
    ExprId value = check(node.value);
    if (!present(value))
        return kError;
    const Type type = type_of(value);
    ExprId low = check(node.low, &type);
    ExprId high = check(node.high, &type);
    if (!present(low) || !present(high))
        return kError;
    ExprId widened = value;
    if (!make_comparable(widened, low, true, at(low).span) ||
        !make_comparable(value, high, true, at(high).span))
        return kError;
    if (type_of(widened) != type_of(value)) { // an int between a number and an int
        value = to_number(value);
        low = to_number(low);
        high = to_number(high);
    }
    if (at(low).op == Op::Constant && at(high).op == Op::Constant &&
        at(high).literal < at(low).literal)
        context_.diagnostics.emit<RB1107>(at(low).span.to(at(high).span));
    const Op op = node.high_open ? Op::InRangeUnder : Op::InRange;
    const ExprId made = operation(op, Type::of(TypeKind::Bool), {value, low, high}, span);
    return negated(made, node.negated, span);
}

// x in (a, b): the `or` of the comparisons.
ExprId Checker::check_list(const ast::InList& node, Span span) {
    ExprId value = check(node.value);
    if (!present(value))
        return kError;
    const Type type = type_of(value);
    std::vector<ExprId> operands{value};
    bool sound = true;
    bool widen = false;
    for (const ast::ExprId item : node.items) {
        ExprId checked = check(item, &type);
        ExprId compared = value;
        sound = present(checked) && make_comparable(compared, checked, false, at(checked).span) &&
                sound;
        widen = widen || (sound && type_of(checked) != type);
        operands.push_back(checked);
    }
    if (!sound)
        return kError;
    if (widen)
        for (ExprId& operand : operands)
            operand = to_number(operand);
    const ExprId made = operation(Op::InSet, Type::of(TypeKind::Bool), std::move(operands), span);
    return negated(made, node.negated, span);
}

// x in free_mail: exact, against a list of texts.
ExprId Checker::check_set(const ast::InSet& node, Span span) {
    const auto* reference = file_.as<ast::NameReference>(node.set);
    const NamedThing* thing = reference != nullptr ? context_.find(reference->name.text) : nullptr;
    if (thing == nullptr || thing->kind != NameKind::List) {
        if (file_.as<ast::Erroneous>(node.set) == nullptr) {
            auto& report = context_.diagnostics.emit<RB1203>(
                file_[node.set].span, context_.sources.text(file_[node.set].span));
            const std::string_view written = context_.sources.text(file_[node.set].span);
            if (!suggest(report, file_[node.set].span, written, context_.names_of(NameKind::List)))
                report.help("`in` takes a list that is declared, `(a, b)`, or a range `1 to 3`");
        }
        return kError;
    }
    const ExprId value = check_as(node.value, Type::of(TypeKind::Text));
    const ExprId made = operation(Op::InList, Type::of(TypeKind::Bool), {value}, span);
    if (!present(made))
        return kError;
    context_.book.expressions[made].index = thing->index;
    return negated(made, node.negated, span);
}

} // namespace rulec::model
