// Every operator on every pair of types: defined, with the type that operators.def says, or an
// error with a code of its own; comparison likewise. Nothing in between.
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/diagnostics/render.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::TypeKind;

constexpr std::string_view kHeader = R"(
rulebook pairs { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
enum plan ordered { free, team }
entity account {
  id       : text key
  v_bool   : bool  v_int  : int   v_number : number  v_percent  : percent   v_money : money
  v_text   : text  v_date : date  v_time   : time    v_enum     : plan
  v_points : int
}
fit scored { owner sales  points 10 when v_bool  score 0 to 10  tier A from 10, B otherwise }
)";

struct Kind {
    TypeKind kind;
    std::string written;
};

std::vector<Kind> kinds() {
    std::vector<Kind> all;
#define RB_TYPE(Name, id, spelling, Representation) all.push_back({TypeKind::Name, "v_" spelling});
#include "runtime/plan/types.def"
    for (Kind& kind : all) {
        if (kind.kind == TypeKind::Points)
            kind.written = "scored.score";
        if (kind.kind == TypeKind::Duration)
            kind.written = "(v_time - v_time)";
    }
    return all;
}

// The codes of the errors; empty if there are none.
std::set<std::string> errors_of(const std::string& expression) {
    RulebookText text;
    text.files = {
        text.sources.add("pairs.rules", std::string(kHeader) + "define x = " + expression +
                                            "\nfit reads { owner sales  points 1 when x is known "
                                            " score 0 to 1  tier A from 1, B otherwise }\n")};
    Diagnostics diagnostics;
    check_rulebook(text, diagnostics);
    std::set<std::string> codes;
    for (const Diagnostic* one : diagnostics.sorted())
        if (one->severity == Severity::Error)
            codes.insert(std::string(one->code()));
    return codes;
}

using Pair = std::tuple<std::string, TypeKind, TypeKind>;

std::set<Pair> defined_pairs() {
    static constexpr const char *kPlus = "+", *kMinus = "-", *kTimes = "*", *kDividedBy = "/";
    return {
#define RB_OPERATOR(Operator, Left, Right, Result, Op)                                             \
    Pair{k##Operator, TypeKind::Left, TypeKind::Right},
#include "runtime/plan/operators.def"
    };
}

// What an operand becomes beside another where no row has its own type. Points go with numbers
// only.
std::vector<TypeKind> widened(TypeKind kind, TypeKind other) {
    const bool points_fit =
        other == TypeKind::Points || other == TypeKind::Int || other == TypeKind::Number;
    if (kind == TypeKind::Int || (kind == TypeKind::Points && points_fit))
        return {kind, TypeKind::Number};
    return {kind};
}

bool is_defined(const std::string& sign, TypeKind left, TypeKind right) {
    static const std::set<Pair> pairs = defined_pairs();
    for (const TypeKind wide_left : widened(left, right))
        for (const TypeKind wide_right : widened(right, left))
            if (pairs.contains({sign, wide_left, wide_right}))
                return true;
    return false;
}

bool is_number(TypeKind kind) {
    return kind == TypeKind::Int || kind == TypeKind::Number || kind == TypeKind::Points;
}

TEST(Operators, EveryPairIsDefinedOrRefused) {
    std::size_t defined = 0;
    for (const std::string sign : {"+", "-", "*", "/"})
        for (const Kind& left : kinds())
            for (const Kind& right : kinds()) {
                const std::string expression = left.written + " " + sign + " " + right.written;
                const std::set<std::string> codes = errors_of(expression);
                const bool wanted = is_defined(sign, left.kind, right.kind);
                EXPECT_EQ(codes.empty(), wanted) << expression << (codes.empty() ? "" : " ")
                                                 << (codes.empty() ? "" : *codes.begin());
                if (!wanted) {
                    EXPECT_TRUE(codes == std::set<std::string>{"RB1301"}) << expression;
                }
                defined += wanted ? 1 : 0;
            }
    EXPECT_GE(defined, defined_pairs().size());
}

TEST(Comparison, EveryPairIsDefinedOrRefused) {
    for (const std::string sign : {"is", "<"})
        for (const Kind& left : kinds())
            for (const Kind& right : kinds()) {
                const bool numbers = is_number(left.kind) && is_number(right.kind);
                const bool ordered = left.kind != TypeKind::Text && left.kind != TypeKind::Bool;
                const bool wanted =
                    (left.kind == right.kind || numbers) && (sign == "is" || ordered);
                const std::string expression = left.written + " " + sign + " " + right.written;
                const std::set<std::string> codes = errors_of(expression);
                EXPECT_EQ(codes.empty(), wanted)
                    << expression << " " << (codes.empty() ? "" : *codes.begin());
            }
}

} // namespace
} // namespace rulec::tool
