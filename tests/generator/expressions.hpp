// Random expressions of every type, as text.
#pragma once

#include <string>

#include "runtime/plan/type.hpp"
#include "tests/generator/randomness.hpp"

namespace rulebook::generator {

// Whose fields are bare.
enum class Subject { Account, User, Event, Touch, Deal, Line };

class Expressions {
public:
    explicit Expressions(Randomness& random) : random_(random) {}

    // `depth`: how many operations may stand in each other. What is compound stands in parentheses.
    std::string of(plan::TypeKind kind, Subject subject, int depth);
    std::string condition(Subject subject, int depth) {
        return of(plan::TypeKind::Bool, subject, depth);
    }
    // `in last 7 days`, or nothing.
    std::string window(Subject subject);
    std::string literal(plan::TypeKind kind);
    // `1 to under 40`
    std::string range(plan::TypeKind kind);
    // Of the subject, or of its account; where there is none of the kind a literal.
    std::string field(plan::TypeKind kind, Subject subject);

private:
    std::string leaf(plan::TypeKind kind, Subject subject);
    std::string compound(plan::TypeKind kind, Subject subject, int depth);
    std::string truth(Subject subject, int depth);
    std::string comparison(Subject subject, int depth);
    std::string text_test(Subject subject, int depth);
    std::string operation(plan::TypeKind kind, Subject subject, int depth);
    std::string call(plan::TypeKind kind, Subject subject, int depth);
    std::string aggregate(plan::TypeKind kind, Subject subject, int depth);
    std::string past(plan::TypeKind kind, Subject subject, int depth);

    Randomness& random_;
};

} // namespace rulebook::generator
