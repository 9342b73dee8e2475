#include "tests/generator/expressions.hpp"

#include <optional>
#include <vector>

#include <fmt/format.h>

#include "tests/generator/vocabulary.hpp"

namespace rulebook::generator {

using plan::TypeKind;

std::string Expressions::literal(TypeKind kind) {
    return std::string(random_.pick(literals(kind)));
}

std::string Expressions::range(TypeKind kind) {
    const std::vector<std::string_view> all = literals(kind);
    const std::size_t low = random_.below(all.size() - 1);
    const std::size_t high = low + 1 + random_.below(all.size() - low - 1);
    return fmt::format("{} to {}{}", all[low], random_.one_in(2) ? "under " : "", all[high]);
}

std::string Expressions::field(TypeKind kind, Subject subject) {
    std::vector<std::string> names;
    for (const Field& field : kFields) {
        if (field.kind != kind)
            continue;
        if (field.subject == subject)
            names.emplace_back(field.name);
        else if (field.subject == Subject::Account)
            names.push_back("account." + std::string(field.name));
    }
    return names.empty() ? literal(kind) : random_.pick(names);
}

std::string Expressions::leaf(TypeKind kind, Subject subject) {
    switch (random_.below(4)) {
    case 0:
        return literal(kind);
    case 1:
        if (const std::string name = field(kind, subject); name != "true" && name != "false")
            return fmt::format("({} default {})", name,
                               random_.one_in(4) ? field(kind, subject) : literal(kind));
        return literal(kind);
    default:
        return field(kind, subject);
    }
}

std::string Expressions::of(TypeKind kind, Subject subject, int depth) {
    return depth <= 0 ? leaf(kind, subject) : compound(kind, subject, depth);
}

std::string Expressions::compound(TypeKind kind, Subject subject, int depth) {
    if (kind == TypeKind::Bool)
        return truth(subject, depth);
    switch (random_.below(7)) {
    case 0:
        return leaf(kind, subject);
    case 1:
        return fmt::format("(if {} then {} else {})", condition(subject, depth - 1),
                           of(kind, subject, depth - 1), of(kind, subject, depth - 1));
    case 2:
        return aggregate(kind, subject, depth);
    case 3:
        return call(kind, subject, depth);
    case 4:
        return past(kind, subject, depth);
    default:
        return operation(kind, subject, depth);
    }
}

std::string Expressions::truth(Subject subject, int depth) {
    const auto part = [&] { return condition(subject, depth - 1); };
    switch (random_.below(10)) {
    case 0:
        return leaf(TypeKind::Bool, subject);
    case 1:
        return fmt::format("({} and {})", part(), part());
    case 2:
        return fmt::format("({} or {})", part(), part());
    case 3:
        return fmt::format("(not {})", part());
    case 4:
        return fmt::format("(at least 2 of ({}, {}, {}))", part(), part(), part());
    case 5:
        return fmt::format("(if {} then {} else {})", part(), part(), part());
    case 6:
        return text_test(subject, depth);
    case 7:
        return aggregate(TypeKind::Bool, subject, depth);
    default:
        return comparison(subject, depth);
    }
}

std::string Expressions::comparison(Subject subject, int depth) {
    if (subject == Subject::Deal && random_.one_in(3))
        return fmt::format("(status {} {})", random_.pick({"is", "is not"}),
                           random_.pick({"open", "won", "lost"}));
    if (subject == Subject::Account && random_.one_in(9))
        return random_.one_in(2) ? "(region is north)" : "(region in (north, east))";
    static const std::vector<TypeKind> kinds = {
        TypeKind::Int,  TypeKind::Number, TypeKind::Percent,  TypeKind::Money,
        TypeKind::Date, TypeKind::Time,   TypeKind::Duration, TypeKind::Enum};
    const TypeKind kind = random_.pick(kinds);
    const std::string left = of(kind, subject, depth - 1);
    switch (random_.below(6)) {
    case 0:
        return fmt::format("({} is missing)", left);
    case 1:
        return fmt::format("({} in {})", left, range(kind));
    case 2:
        return fmt::format("({} {}in ({}, {}))", left, random_.one_in(3) ? "not " : "",
                           literal(kind), literal(kind));
    default:
        return fmt::format("({} {} {})", left, random_.pick({"<", "<=", ">", ">=", "is", "is not"}),
                           of(kind, subject, depth - 1));
    }
}

std::string Expressions::text_test(Subject subject, int depth) {
    const std::string text = of(TypeKind::Text, subject, depth - 1);
    switch (random_.below(6)) {
    case 0:
        return fmt::format("({} is {})", text, of(TypeKind::Text, subject, 0));
    case 1:
        return fmt::format("({} like any of (\"*Head*\", \"a*\"))", text);
    case 2:
        return fmt::format("({} matches \"^[a-zA-Z]+@|^a\")", text);
    case 3:
        return fmt::format("({} has word \"of\")", text);
    default:
        return fmt::format("({} {} {})", text,
                           random_.pick({"contains", "starts with", "ends with"}),
                           literal(TypeKind::Text));
    }
}

std::string Expressions::operation(TypeKind kind, Subject subject, int depth) {
    std::vector<Operation> fitting;
    for (const Operation& operation : kOperations)
        if (operation.result == kind && operation.left != TypeKind::Points)
            fitting.push_back(operation);
    if (fitting.empty())
        return leaf(kind, subject);
    const Operation chosen = random_.pick(fitting);
    return fmt::format("({} {} {})", of(chosen.left, subject, depth - 1), chosen.sign,
                       of(chosen.right, subject, depth - 1));
}

std::string Expressions::call(TypeKind kind, Subject subject, int depth) {
    std::vector<Builtin> fitting;
    for (const Builtin& builtin : builtins())
        if (builtin.result == kind)
            fitting.push_back(builtin);
    if (fitting.empty())
        return leaf(kind, subject);
    const Builtin chosen = random_.pick(fitting);
    std::string arguments;
    for (const TypeKind parameter : chosen.parameters)
        arguments += (arguments.empty() ? "" : ", ") + of(parameter, subject, depth - 1);
    return fmt::format("{}({})", chosen.name, arguments);
}

std::string Expressions::window(Subject subject) {
    switch (random_.below(8)) {
    case 0:
        return " in last 7 days";
    case 1:
        return " in last 3 calendar days";
    case 2:
        return " in last 1 iso week";
    case 3:
        return " in last 2 calendar months";
    case 4:
        return fmt::format(" in 5 days before {}", of(TypeKind::Time, subject, 0));
    case 5:
        return fmt::format(" {} {}", random_.pick({"since", "before", "from", "until"}),
                           of(TypeKind::Time, subject, 0));
    default:
        return "";
    }
}

std::string Expressions::aggregate(TypeKind kind, Subject subject, int depth) {
    std::vector<Collection> fitting;
    for (const Collection& collection : kCollections)
        if (collection.owner == subject || collection.owner == Subject::Account)
            fitting.push_back(collection);
    const Collection chosen = random_.pick(fitting);
    const bool bare = chosen.owner == subject;
    std::string tail = fmt::format("{}{}", bare ? "" : "account.", chosen.name);
    if (random_.one_in(2))
        tail += " where " + condition(chosen.element, depth - 2);
    std::string of_what = tail;
    if (chosen.ordered)
        of_what += window(subject);
    if (kind == TypeKind::Bool)
        return random_.one_in(3)
                   ? fmt::format("every({} have {})", of_what, condition(chosen.element, depth - 2))
                   : fmt::format("any({})", of_what);
    const std::string value = of(kind, chosen.element, depth - 2);
    const bool sums = kind == TypeKind::Int || kind == TypeKind::Number ||
                      kind == TypeKind::Percent || kind == TypeKind::Money ||
                      kind == TypeKind::Duration;
    const bool compares = sums || kind == TypeKind::Date || kind == TypeKind::Time;
    switch (random_.below(4)) {
    case 0:
        if (kind == TypeKind::Int)
            return random_.one_in(2)
                       ? fmt::format("count({})", of_what)
                       : fmt::format("distinct({} of {})",
                                     of(TypeKind::Text, chosen.element, depth - 2), of_what);
        [[fallthrough]];
    case 1:
        if (sums && kind != TypeKind::Int)
            return fmt::format("{}({} of {})", random_.pick({"sum", "avg"}), value, of_what);
        if (sums)
            return fmt::format("sum({} of {})", value, of_what);
        [[fallthrough]];
    case 2:
        if (compares)
            return fmt::format("{}({} of {})", random_.pick({"min", "max"}), value, of_what);
        [[fallthrough]];
    default:
        return chosen.ordered
                   ? fmt::format("{}({} of {})", random_.pick({"first", "last"}), value, of_what)
                   : leaf(kind, subject);
    }
}

// Of what can have been otherwise: tracked fields and ordered collections.
std::string Expressions::past(TypeKind kind, Subject subject, int depth) {
    if (subject != Subject::Account)
        return leaf(kind, subject);
    if (kind == TypeKind::Percent)
        return fmt::format("change({}, {})",
                           random_.pick({"count(events)", "limit", "sum(deals.amount)"}),
                           random_.pick({"1 day", "7 days", "30 days"}));
    if (kind == TypeKind::Enum)
        return "(plan as of 7 days ago)";
    return fmt::format("({} as of {} ago)",
                       fmt::format("(if count(events) > 1 then {} else {})",
                                   of(kind, subject, depth - 2), literal(kind)),
                       random_.pick({"1 hour", "7 days", "2 weeks"}));
}

} // namespace rulebook::generator
