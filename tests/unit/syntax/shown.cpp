#include "tests/unit/syntax/shown.hpp"

#include <array>

#include <fmt/format.h>

namespace rulec::testing {
namespace {

constexpr std::array kUnits = {"us", "ms", "s", "min", "h", "d", "w", "mo", "y"};
constexpr std::array kKinds = {"", " calendar", " iso", " working"};
constexpr std::array kArithmetic = {"+", "-", "*", "/"};
constexpr std::array kComparisons = {"is", "is-not", "<", "<=", ">", ">="};
constexpr std::array kTextTests = {"contains",  "has-word", "starts-with",
                                   "ends-with", "like",     "matches"};
constexpr std::array kWindows = {"in-last", "in-before", "since", "before", "from", "until"};
constexpr std::array kBuckets = {"day", "iso-week", "month"};
constexpr std::array kJoined = {"then", "and", "or"};
constexpr std::array kClocks = {"at", "before", "after"};

template <class Names, class Kind>
std::string named(const Names& names, Kind kind) {
    return names[static_cast<std::size_t>(kind)];
}

struct Show {
    const ast::File& file;

    std::string of(ast::ExprId id) const { return shown(file, id); }
    std::string all(const std::vector<ast::ExprId>& ids) const {
        std::string out;
        for (ast::ExprId id : ids)
            out += " " + of(id);
        return out;
    }
    static std::string maybe_not(bool negated, std::string_view word) {
        return fmt::format("{}{}", negated ? "not-" : "", word);
    }

    std::string operator()(const ast::Erroneous&) const { return "<error>"; }
    std::string operator()(const ast::IntLiteral& n) const { return fmt::format("{}", n.value); }
    std::string operator()(const ast::DecimalLiteral& n) const { return n.digits; }
    std::string operator()(const ast::PercentLiteral& n) const { return n.digits + "%"; }
    std::string operator()(const ast::MoneyLiteral& n) const {
        return fmt::format("{}{}{}", n.marker, n.digits,
                           n.scale_power == 0 ? "" : fmt::format("e{}", n.scale_power));
    }
    std::string operator()(const ast::TextLiteral& n) const {
        return fmt::format("\"{}\"", n.value);
    }
    std::string operator()(const ast::TextTemplate& n) const {
        std::string out = "(text";
        for (const auto& part : n.parts)
            out += fmt::format(" \"{}\"{}", part.text,
                               part.expression.present() ? " " + of(part.expression) : "");
        return out + ")";
    }
    std::string operator()(const ast::DateLiteral& n) const {
        return fmt::format("date:{}", n.days);
    }
    std::string operator()(const ast::TimeLiteral& n) const {
        return fmt::format("time:{}", n.microseconds);
    }
    std::string operator()(const ast::DurationLiteral& n) const {
        return fmt::format("{}{}{}{}", n.count, named(kUnits, n.unit), named(kKinds, n.kind),
                           n.calendar.present() ? " of " + n.calendar.text : "");
    }
    std::string operator()(const ast::BoolLiteral& n) const { return n.value ? "true" : "false"; }
    std::string operator()(const ast::MissingLiteral&) const { return "missing"; }
    std::string operator()(const ast::NameReference& n) const { return n.name.text; }
    std::string operator()(const ast::Member& n) const {
        return fmt::format("(. {} {})", of(n.object), n.member.text);
    }
    std::string operator()(const ast::Call& n) const {
        std::string out = "(" + n.callee.text;
        for (const ast::Selection& argument : n.arguments)
            out += " " + shown(file, argument);
        return out + ")";
    }
    std::string operator()(const ast::Negate& n) const {
        return fmt::format("(neg {})", of(n.operand));
    }
    std::string operator()(const ast::Not& n) const {
        return fmt::format("(not {})", of(n.operand));
    }
    std::string operator()(const ast::Arithmetic& n) const {
        return fmt::format("({} {} {})", named(kArithmetic, n.op), of(n.left), of(n.right));
    }
    std::string operator()(const ast::Comparison& n) const {
        return fmt::format("({} {} {})", named(kComparisons, n.op), of(n.left), of(n.right));
    }
    std::string operator()(const ast::InRange& n) const {
        return fmt::format("({} {} {} {}{})", maybe_not(n.negated, "in-range"), of(n.value),
                           of(n.low), n.high_open ? "under " : "", of(n.high));
    }
    std::string operator()(const ast::InList& n) const {
        return fmt::format("({} {}{})", maybe_not(n.negated, "in-list"), of(n.value), all(n.items));
    }
    std::string operator()(const ast::InSet& n) const {
        return fmt::format("({} {} {})", maybe_not(n.negated, "in-set"), of(n.value), of(n.set));
    }
    std::string operator()(const ast::TextTest& n) const {
        return fmt::format("({} {}{})", maybe_not(n.negated, named(kTextTests, n.kind)),
                           of(n.subject), all(n.patterns));
    }
    std::string operator()(const ast::Presence& n) const {
        return fmt::format("({} {})", maybe_not(n.negated, n.known ? "known" : "missing"),
                           of(n.operand));
    }
    std::string operator()(const ast::Logical& n) const {
        return fmt::format("({}{})", n.op == ast::LogicalOperator::And ? "and" : "or",
                           all(n.operands));
    }
    std::string operator()(const ast::Conditional& n) const {
        return fmt::format("(if {} {} {})", of(n.condition), of(n.then), of(n.otherwise));
    }
    std::string operator()(const ast::Default& n) const {
        return fmt::format("(default {} {})", of(n.value), of(n.fallback));
    }
    std::string operator()(const ast::AtLeast& n) const {
        return fmt::format("(at-least {}{})", of(n.count), all(n.conditions));
    }
    std::string operator()(const ast::AsOf& n) const {
        return fmt::format("(as-of {} {})", of(n.value), of(n.ago));
    }
    std::string operator()(const ast::Fired& n) const {
        return fmt::format("(fired {}{}{})", n.trigger.text,
                           n.in_last.present() ? " in-last " + of(n.in_last) : "",
                           n.since.present() ? " since " + of(n.since) : "");
    }
    std::string operator()(const ast::ColumnValue& n) const {
        return fmt::format("col{}", n.column);
    }

    std::string of(ast::PatternId id) const { return shown(file, id); }
    std::string operator()(const ast::ErroneousPattern&) const { return "<error>"; }
    std::string operator()(const ast::SignalPattern& n) const { return n.signal.text; }
    std::string operator()(const ast::RepeatedPattern& n) const {
        return fmt::format("(times {} {})", of(n.count), of(n.pattern));
    }
    std::string operator()(const ast::DifferentValuesPattern& n) const {
        return fmt::format("(different {} {} {})", of(n.count), n.field.text, of(n.pattern));
    }
    std::string operator()(const ast::DifferentBucketsPattern& n) const {
        return fmt::format("(different {} {}s {})", of(n.count), named(kBuckets, n.bucket),
                           of(n.pattern));
    }
    std::string operator()(const ast::JoinedPattern& n) const {
        std::string out = "(" + named(kJoined, n.op);
        for (ast::PatternId id : n.operands)
            out += " " + of(id);
        return out + ")";
    }
    std::string operator()(const ast::WithinPattern& n) const {
        return fmt::format("(within {} {})",
                           n.same ? "same-" + named(kBuckets, *n.same) : of(n.duration),
                           of(n.pattern));
    }
    std::string operator()(const ast::WithoutPattern& n) const {
        return fmt::format("(without {} {} {})", of(n.duration), of(n.absent), of(n.pattern));
    }
    std::string operator()(const ast::SilencePattern& n) const {
        return fmt::format("(no {} {})", of(n.duration), of(n.signal));
    }
    std::string operator()(const ast::ClockPattern& n) const {
        return fmt::format("({} {}{})", named(kClocks, n.kind),
                           n.offset.present() ? of(n.offset) + " " : "", of(n.field));
    }
    std::string operator()(const ast::BecomesPattern& n) const {
        return fmt::format("(becomes {}{})", of(n.condition),
                           n.lasting.present() ? " lasting " + of(n.lasting) : "");
    }
};

} // namespace

std::string shown(const ast::File& file, ast::ExprId id) {
    return id.present() ? std::visit(Show{file}, file[id].node) : "<none>";
}

std::string shown(const ast::File& file, ast::PatternId id) {
    return id.present() ? std::visit(Show{file}, file[id].node) : "<none>";
}

std::string shown(const ast::File& file, const ast::Selection& selection) {
    std::string out = shown(file, selection.value);
    if (selection.of.present())
        out += " of " + shown(file, selection.of);
    if (selection.where.present())
        out += " where " + shown(file, selection.where);
    if (selection.have.present())
        out += " have " + shown(file, selection.have);
    for (const ast::Window& window : selection.windows) {
        out += " " + named(kWindows, window.kind);
        if (window.duration.present())
            out += " " + shown(file, window.duration);
        if (window.instant.present())
            out += " " + shown(file, window.instant);
    }
    if (selection.by.present())
        out += " by " + selection.by.text;
    return out;
}

} // namespace rulec::testing
