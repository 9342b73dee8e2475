#include "tests/generator/probes.hpp"

#include <array>

#include <fmt/format.h>

#include "tests/generator/expressions.hpp"
#include "tests/generator/probing_fits.hpp"
#include "tests/generator/schema_text.hpp"
#include "tests/generator/vocabulary.hpp"

namespace rulebook::generator {

namespace {

using plan::TypeKind;

struct Asked {
    TypeKind kind;
    std::string text;
};

// `enum` is the plan of the schema.
std::string_view written(TypeKind kind) {
    return kind == TypeKind::Enum ? "plan" : plan::spelling(kind);
}

class ProbeWriter {
public:
    explicit ProbeWriter(Randomness& random) : random_(random), expressions_(random) {}

    std::string write(std::size_t probes) {
        text_ = kSchemaText;
        if (random_.one_in(3)) {
            text_ += random_fit(random_, "size", " until 2026-03-14");
            text_ += random_fit(random_, "size",
                                random_.one_in(2) ? " from 2026-03-14" : " from 2026-03-24");
        } else {
            text_ += random_fit(random_, "size", "");
        }
        text_ += random_fit(random_, "fit", "");
        text_ += fmt::format("decide level -> int {{\n  owner sales\n  choose {} when {}\n"
                             "  choose weight when {}\n}}\n",
                             random_.below(4), operand(TypeKind::Bool), operand(TypeKind::Bool));
        text_ +=
            fmt::format("decide wanted -> bool {{\n  owner sales\n  choose {} when {}\n"
                        "  choose active when {}\n}}\n",
                        operand(TypeKind::Bool), operand(TypeKind::Bool), operand(TypeKind::Bool));
        for (std::size_t i = 0; i < probes; ++i) {
            const Asked asked = probe();
            text_ +=
                fmt::format("decide probe_{} -> {} {{\n  owner sales\n", i, written(asked.kind));
            if (random_.one_in(3))
                text_ += fmt::format("  choose {} when {}\n", expressions_.literal(asked.kind),
                                     operand(TypeKind::Bool));
            text_ += fmt::format("  choose {} otherwise\n}}\n", asked.text);
        }
        return std::move(text_);
    }

private:
    std::string operand(TypeKind kind, Subject subject = Subject::Account) {
        if (kind == TypeKind::Duration && subject == Subject::Account && !random_.one_in(3))
            return random_.one_in(2) ? "(trial_ends - started_at)" : "(as_of - trial_ends)";
        if (random_.one_in(3))
            return expressions_.field(kind, subject);
        return expressions_.of(kind, subject, random_.one_in(5) ? 1 : 0);
    }
    // No constant: of two constants the first must be the smaller one.
    std::string varying(TypeKind kind) {
        return kind == TypeKind::Duration ? "(trial_ends - started_at)"
                                          : expressions_.field(kind, Subject::Account);
    }
    TypeKind kind_of(std::initializer_list<TypeKind> kinds) {
        return kinds.begin()[random_.below(kinds.size())];
    }

    Asked probe() {
        switch (random_.below(12)) {
        case 0:
        case 1:
            return operation();
        case 2:
        case 11:
            return function();
        case 3:
        case 4:
            return comparison();
        case 5:
            return logic();
        case 6:
            return of_rule();
        default:
            return aggregate();
        }
    }

    Asked operation() {
        const Operation& row = kOperations[random_.below(kOperations.size())];
        if (row.left == TypeKind::Points)
            return {row.result, fmt::format("(size.score {} fit.score)", row.sign)};
        return {row.result,
                fmt::format("({} {} {})", operand(row.left), row.sign, operand(row.right))};
    }

    Asked function() {
        switch (random_.below(8)) {
        case 0: {
            const TypeKind kind = kind_of({TypeKind::Int, TypeKind::Number, TypeKind::Percent,
                                           TypeKind::Money, TypeKind::Duration});
            return {kind, fmt::format("(-{})", operand(kind))};
        }
        case 1:
            return {TypeKind::Money,
                    fmt::format("convert({}, USD, {})", random_.pick({"euros", "yen"}),
                                operand(TypeKind::Number))};
        case 2: // to a step that is no unknown, such as rulebooks write
            return {TypeKind::Number, fmt::format("round({}, {})", varying(TypeKind::Number),
                                                  expressions_.literal(TypeKind::Number))};
        default:
            break;
        }
        const Builtin& row = random_.pick(builtins());
        std::string arguments;
        for (const TypeKind parameter : row.parameters)
            arguments += (arguments.empty() ? "" : ", ") + operand(parameter);
        return {row.result, fmt::format("{}({})", row.name, arguments)};
    }

    Asked comparison() {
        const TypeKind kind =
            kind_of({TypeKind::Int, TypeKind::Number, TypeKind::Percent, TypeKind::Money,
                     TypeKind::Date, TypeKind::Time, TypeKind::Duration, TypeKind::Enum,
                     TypeKind::Bool, TypeKind::Text, TypeKind::Text, TypeKind::Number});
        const std::string left = operand(kind);
        const bool ordered = kind != TypeKind::Text && kind != TypeKind::Bool;
        switch (random_.below(ordered ? 9 : 5)) {
        case 0:
            return truth("({} is {})", left, operand(kind));
        case 1:
            return truth("({} is not {})", left, operand(kind));
        case 2:
            return truth("({} is missing)", left);
        case 3: // of texts: by codes
            return truth("({} is {})", expressions_.field(kind, Subject::Account),
                         expressions_.literal(kind));
        case 4:
            return truth("({} {}in ({}, {}, {}))", left, random_.one_in(2) ? "not " : "",
                         expressions_.literal(kind), expressions_.literal(kind),
                         expressions_.literal(kind));
        case 5:
            return truth("({} in {} to {}{})", left, varying(kind),
                         random_.one_in(2) ? "under " : "", operand(kind));
        case 6:
            return truth("({} in {})", left, expressions_.range(kind));
        default:
            return truth("({} {} {})", left, random_.pick({"<", "<=", ">", ">="}), operand(kind));
        }
    }

    template <class... Given>
    static Asked truth(fmt::format_string<Given...> format, Given&&... given) {
        return {TypeKind::Bool, fmt::format(format, std::forward<Given>(given)...)};
    }

    Asked logic() {
        const auto part = [&] { return operand(TypeKind::Bool); };
        const TypeKind kind =
            kind_of({TypeKind::Bool, TypeKind::Int, TypeKind::Number, TypeKind::Money,
                     TypeKind::Date, TypeKind::Enum, TypeKind::Text});
        switch (random_.below(7)) {
        case 0:
            return truth("({} and {} and {})", part(), part(), part());
        case 1:
            return truth("({} or {} or {})", part(), part(), part());
        case 2:
            return truth("(not {})", part());
        case 3:
            return truth("(at least {} of ({}, {}, {}, {}))", random_.between(1, 3), part(), part(),
                         part(), part());
        case 4:
            return {kind, fmt::format("({} default {})", expressions_.field(kind, Subject::Account),
                                      expressions_.field(kind, Subject::Account))};
        case 5:
            return text_test();
        default:
            return {kind,
                    fmt::format("(if {} then {} else {})", part(), operand(kind), operand(kind))};
        }
    }

    Asked text_test() {
        const std::string email = random_.one_in(2) ? "email" : operand(TypeKind::Text);
        switch (random_.below(4)) {
        case 0:
            return truth("({} like any of (\"*Head*\", \"a*\"))", email);
        case 1:
            return truth("({} matches \"^[a-zA-Z]+@\")", email);
        case 2:
            return truth("({} has word {})", email, random_.pick({"\"of\"", "\"ask\""}));
        default:
            return truth("({} {} {})", email,
                         random_.pick({"contains", "starts with", "ends with"}),
                         random_.pick({"\"a\"", "\"ad\"", "\"s\"", "\"com\""}));
        }
    }

    Asked of_rule() {
        const std::string_view fit = random_.pick({"size", "fit"});
        switch (random_.below(9)) {
        case 5:
            return {TypeKind::Int, fmt::format("(level + {})", operand(TypeKind::Int))};
        case 6:
            return truth("(wanted or {})", operand(TypeKind::Bool));
        case 0:
            return truth("({}.score {} {})", fit, random_.pick({"<", ">=", "is"}),
                         random_.between(0, 40));
        case 1:
            return truth("({}.tier {} {})", fit, random_.pick({">=", "is", "<"}),
                         random_.pick({"A", "B", "C"}));
        case 2:
            return truth("{}.out", fit);
        case 3:
            return {TypeKind::Int, fmt::format("{}.unknowns", fit)};
        default:
            return past();
        }
    }

    Asked past() {
        switch (random_.below(5)) {
        case 0:
            return {TypeKind::Percent,
                    fmt::format("change({}, {})",
                                random_.pick({"count(events)", "limit", "sum(deals.amount)",
                                              "sum(events.amount)"}),
                                random_.pick({"1 day", "7 days", "30 days"}))};
        case 1:
            return {TypeKind::Enum, "(plan as of 7 days ago)"};
        case 2:
            return truth("(({} > 2) as of {} days ago)",
                         random_.pick({"count(events)", "limit", "limit"}), random_.between(1, 30));
        default:
            return {TypeKind::Int,
                    fmt::format("({} as of {} ago)",
                                random_.pick({"limit", "count(deals)", "(limit default 3)"}),
                                random_.pick({"1 hour", "7 days", "2 weeks"}))};
        }
    }

    std::string windows(Subject element) {
        const auto time = [&] { return operand(TypeKind::Time); };
        switch (random_.below(11)) {
        case 0:
        case 1:
            return fmt::format(" in last {} days", random_.between(3, 60));
        case 2:
            return random_.one_in(2) ? " in last 3 calendar days" : " in last 2 calendar months";
        case 3:
            return fmt::format(" in {} days before {}", random_.between(3, 60), time());
        case 4:
            return fmt::format(" since {}", time());
        case 5:
            return fmt::format(" before {}", time());
        case 6:
            return random_.one_in(2)
                       ? fmt::format(" from 2026-03-01T05:00:00Z until {}", time())
                       : fmt::format(" in last {} days until {}", random_.between(10, 40), time());
        case 7:
            return element == Subject::Deal
                       ? fmt::format(" in last {} days by closed_at", random_.between(5, 40))
                       : fmt::format(" in {} iso weeks before {}", random_.between(1, 3), time());
        default:
            return "";
        }
    }

    // A field of the element, as in rulebooks; mostly one that may be unknown.
    static std::string counted_once(Subject element) {
        switch (element) {
        case Subject::User:
            return "title";
        case Subject::Event:
            return "amount";
        case Subject::Touch:
            return "channel";
        case Subject::Line:
            return "price";
        case Subject::Deal:
        case Subject::Account:
            break;
        }
        return "account.email";
    }

    Asked aggregate() {
        // Those of the account itself; the last one belongs to deals.
        const Collection& collection = kCollections[random_.one_in(20) ? 4 : random_.below(4)];
        const auto value = [&](TypeKind kind) {
            return expressions_.of(kind, collection.element, random_.one_in(4) ? 1 : 0);
        };
        std::string elements(collection.name);
        if (random_.one_in(2))
            elements += " where " + expressions_.condition(collection.element, 1);
        if (collection.ordered)
            elements += windows(collection.element);
        switch (random_.below(9)) {
        case 0:
            return {TypeKind::Int, fmt::format("count({})", elements)};
        case 1:
            return truth("any({})", elements);
        case 2:
            return every(elements, value(TypeKind::Bool));
        case 3:
            return {TypeKind::Int, fmt::format("distinct({} of {})",
                                               random_.one_in(2) ? counted_once(collection.element)
                                                                 : value(TypeKind::Text),
                                               elements)};
        case 4:
        case 5:
            return summed(value, elements);
        case 6:
            return compared(value, elements);
        default:
            return collection.ordered ? first_or_last(value, elements) : compared(value, elements);
        }
    }

    // `by` stands behind `have`.
    static Asked every(std::string elements, const std::string& have) {
        constexpr std::string_view kBy = " by closed_at";
        if (!elements.ends_with(kBy))
            return truth("every({} have {})", elements, have);
        elements.resize(elements.size() - kBy.size());
        return truth("every({} have {}{})", elements, have, kBy);
    }

    template <class Value>
    Asked summed(const Value& value, const std::string& elements) {
        const TypeKind kind =
            kind_of({TypeKind::Int, TypeKind::Number, TypeKind::Percent, TypeKind::Money});
        if (random_.one_in(2))
            return {kind, fmt::format("sum({} of {})", value(kind), elements)};
        return {kind == TypeKind::Int ? TypeKind::Number : kind,
                fmt::format("avg({} of {})", value(kind), elements)};
    }

    template <class Value>
    Asked compared(const Value& value, const std::string& elements) {
        const TypeKind kind =
            kind_of({TypeKind::Int, TypeKind::Number, TypeKind::Money, TypeKind::Time});
        return {kind,
                fmt::format("{}({} of {})", random_.pick({"min", "max"}), value(kind), elements)};
    }

    template <class Value>
    Asked first_or_last(const Value& value, const std::string& elements) {
        const TypeKind kind = kind_of({TypeKind::Int, TypeKind::Number, TypeKind::Money,
                                       TypeKind::Bool, TypeKind::Time, TypeKind::Text});
        return {kind, fmt::format("{}({} of {})", random_.pick({"first", "last"}), value(kind),
                                  elements)};
    }

    Randomness& random_;
    Expressions expressions_;
    std::string text_;
};

} // namespace

std::string random_probing_rulebook(Randomness& random, std::size_t probes) {
    return ProbeWriter(random).write(probes);
}

} // namespace rulebook::generator
