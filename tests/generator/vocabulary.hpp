// What random expressions are made of: fields, collections, operations, functions and literals.
// Internal to this folder.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "tests/generator/expressions.hpp"

namespace rulebook::generator {

struct Field {
    Subject subject;
    plan::TypeKind kind;
    std::string_view name;
};

// Enums are spelled with their type where they are compared.
inline constexpr std::array kFields = {
    Field{Subject::Account, plan::TypeKind::Int, "seats"},
    Field{Subject::Account, plan::TypeKind::Int, "weight"},
    Field{Subject::Account, plan::TypeKind::Int, "limit"},
    Field{Subject::Account, plan::TypeKind::Number, "ratio"},
    Field{Subject::Account, plan::TypeKind::Percent, "discount"},
    Field{Subject::Account, plan::TypeKind::Money, "revenue"},
    Field{Subject::Account, plan::TypeKind::Text, "email"},
    Field{Subject::Account, plan::TypeKind::Text, "company"},
    Field{Subject::Account, plan::TypeKind::Bool, "active"},
    Field{Subject::Account, plan::TypeKind::Date, "renewal"},
    Field{Subject::Account, plan::TypeKind::Time, "trial_ends"},
    Field{Subject::Account, plan::TypeKind::Time, "started_at"},
    Field{Subject::Account, plan::TypeKind::Enum, "plan"},
    Field{Subject::User, plan::TypeKind::Time, "joined_at"},
    Field{Subject::User, plan::TypeKind::Text, "title"},
    Field{Subject::User, plan::TypeKind::Int, "logins"},
    Field{Subject::Event, plan::TypeKind::Time, "at"},
    Field{Subject::Event, plan::TypeKind::Text, "name"},
    Field{Subject::Event, plan::TypeKind::Number, "amount"},
    Field{Subject::Touch, plan::TypeKind::Time, "at"},
    Field{Subject::Touch, plan::TypeKind::Text, "channel"},
    Field{Subject::Touch, plan::TypeKind::Money, "cost"},
    Field{Subject::Deal, plan::TypeKind::Time, "created_at"},
    Field{Subject::Deal, plan::TypeKind::Time, "closed_at"},
    Field{Subject::Deal, plan::TypeKind::Money, "amount"},
    Field{Subject::Line, plan::TypeKind::Money, "price"},
    Field{Subject::Line, plan::TypeKind::Int, "quantity"},
};

struct Collection {
    Subject owner;
    Subject element;
    std::string_view name;
    bool ordered;
};

inline constexpr std::array kCollections = {
    Collection{Subject::Account, Subject::User, "users", true},
    Collection{Subject::Account, Subject::Event, "events", true},
    Collection{Subject::Account, Subject::Touch, "touches", true},
    Collection{Subject::Account, Subject::Deal, "deals", true},
    Collection{Subject::Account, Subject::Line, "lines", false},
    Collection{Subject::Deal, Subject::Line, "lines", false},
};

struct Operation {
    std::string_view sign;
    plan::TypeKind left, right, result;
};

inline constexpr std::string_view kPlus = "+", kMinus = "-", kTimes = "*", kDividedBy = "/";
inline constexpr std::array kOperations = {
#define RB_OPERATOR(Operator, Left, Right, Result, Op)                                             \
    Operation{k##Operator, plan::TypeKind::Left, plan::TypeKind::Right, plan::TypeKind::Result},
#include "runtime/plan/operators.def"
};

struct Builtin {
    std::string_view name;
    plan::TypeKind result;
    std::vector<plan::TypeKind> parameters;
};

const std::vector<Builtin>& builtins();

// From the least to the greatest.
std::vector<std::string_view> literals(plan::TypeKind kind);

} // namespace rulebook::generator
