#include "runtime/explain/inverse.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "runtime/value/calendar.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::explain {

using plan::Node;
using plan::NodeId;
using plan::Op;
using plan::Value;

namespace {

constexpr double kMillionths = 1e6;
constexpr double kGreatestInteger = 9.2e18;
constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::int64_t kLongestText = 100;
constexpr std::size_t kMostSteps = 20'000;

} // namespace

bool Inverse::is_of_root(NodeId id) const {
    const Node& node = plan_.node(id);
    if (node.op == Op::Aggregate || (node.op == Op::Field && node.level > 0))
        return false;
    return std::ranges::all_of(node.operands,
                               [this](NodeId operand) { return is_of_root(operand); });
}

Value Inverse::value(NodeId id) {
    if (inside_ && !is_of_root(id))
        return {};
    return evaluator_.evaluate(id, row_);
}

std::optional<std::int64_t> Inverse::integer(NodeId id) {
    const Value found = value(id);
    return found.known() ? std::optional(found.integer()) : std::nullopt;
}

std::optional<double> Inverse::real(NodeId id) {
    const Value found = value(id);
    return found.known() ? std::optional(found.real()) : std::nullopt;
}

void Inverse::solve_integer(NodeId id, std::optional<std::int64_t> target) {
    if (target)
        solve(id, Value::of(*target));
}

// An integer about the target: it, and its neighbours.
void Inverse::solve_rounded(NodeId id, double target) {
    if (!(std::abs(target) < kGreatestInteger))
        return;
    const auto below = static_cast<std::int64_t>(std::floor(target));
    for (const std::int64_t each : {below, below + 1, below - 1})
        solve(id, Value::of(each));
}

void Inverse::solve(NodeId id, const Value& target) {
    if (++steps_ > kMostSteps)
        return;
    const Node& node = plan_.node(id);
    switch (node.op) {
    case Op::Field:
        if (node.level == 0)
            tell_(node.index, target);
        return;
    case Op::Default:
    case Op::Minimum:
    case Op::Maximum:
    case Op::AsOfAgo:
        for (const NodeId operand : node.operands)
            solve(operand, target);
        return;
    case Op::If:
        solve(node.operands[1], target);
        solve(node.operands[2], target);
        return;
    case Op::Lower:
    case Op::Trim:
    case Op::Domain:
        solve_text(node, target.text());
        return;
    default:
        break;
    }
    switch (target.alternative()) {
    case 2: // an integer
        solve_exact(node, target.integer());
        solve_exact_products(node, target.integer());
        solve_dates(node, target.integer());
        return;
    case 3:
        solve_real(node, target.real());
        return;
    default:
        return;
    }
}

void Inverse::solve_exact(const Node& node, std::int64_t target) {
    switch (node.op) {
    case Op::AddExact:
        for (const auto& [unknown, other] : {std::pair{0U, 1U}, std::pair{1U, 0U}})
            if (const auto given = integer(node.operands[other]))
                solve_integer(node.operands[unknown], checked_subtract(target, *given));
        return;
    case Op::SubtractExact:
        if (const auto given = integer(node.operands[1]))
            solve_integer(node.operands[0], checked_add(target, *given));
        if (const auto given = integer(node.operands[0]))
            solve_integer(node.operands[1], checked_subtract(*given, target));
        return;
    case Op::NegateExact:
        solve_integer(node.operands[0], checked_subtract(std::int64_t{0}, target));
        return;
    case Op::AbsExact:
        solve_integer(node.operands[0], target);
        solve_integer(node.operands[0], checked_subtract(std::int64_t{0}, target));
        return;
    case Op::RoundExact:
        solve_integer(node.operands[0], target);
        return;
    case Op::Floor:
    case Op::Ceil:
        solve(node.operands[0], Value::of(static_cast<double>(target)));
        return;
    default:
        return;
    }
}

// Where the other factor is an integer that scales the operand by a ratio.
void Inverse::solve_exact_products(const Node& node, std::int64_t target) {
    const auto wanted = static_cast<double>(target);
    const auto by_factor = [&](double unit) {
        for (const auto& [unknown, other] : {std::pair{0U, 1U}, std::pair{1U, 0U}})
            if (const auto given = integer(node.operands[other]); given && *given != 0)
                solve_rounded(node.operands[unknown], wanted * unit / static_cast<double>(*given));
    };
    switch (node.op) {
    case Op::MultiplyExact:
        return by_factor(1);
    case Op::MultiplyPercent:
    case Op::MultiplyMoneyPercent:
        return by_factor(kMillionths);
    case Op::Share:
        if (const auto whole = integer(node.operands[1]))
            solve_rounded(node.operands[0], wanted * static_cast<double>(*whole) / kMillionths);
        if (const auto part = integer(node.operands[0]); part && target != 0)
            solve_rounded(node.operands[1], static_cast<double>(*part) * kMillionths / wanted);
        return;
    case Op::MultiplyMoneyNumber:
        if (const auto factor = real(node.operands[1]); factor && *factor != 0)
            solve_rounded(node.operands[0], wanted / *factor);
        if (const auto money = integer(node.operands[0]); money && *money != 0)
            solve(node.operands[1], Value::of(wanted / static_cast<double>(*money)));
        return;
    case Op::DivideMoneyNumber:
        if (const auto divisor = real(node.operands[1]))
            solve_rounded(node.operands[0], wanted * *divisor);
        return;
    default:
        return;
    }
}

void Inverse::solve_real(const Node& node, double target) {
    const auto other = [&](std::size_t index) { return real(node.operands[index]); };
    const auto tell = [&](std::size_t index, double value) {
        if (std::isfinite(value))
            solve(node.operands[index], Value::of(value));
    };
    switch (node.op) {
    case Op::IntToNumber:
        return solve_rounded(node.operands[0], target);
    case Op::PercentToNumber:
        return solve_rounded(node.operands[0], target * kMillionths);
    case Op::NegateNumber:
        return tell(0, -target);
    case Op::AbsNumber:
        tell(0, target);
        return tell(0, -target);
    case Op::RoundNumber:
        return tell(0, target);
    case Op::AddNumber:
        if (const auto b = other(1))
            tell(0, target - *b);
        if (const auto a = other(0))
            tell(1, target - *a);
        return;
    case Op::SubtractNumber:
        if (const auto b = other(1))
            tell(0, target + *b);
        if (const auto a = other(0))
            tell(1, *a - target);
        return;
    case Op::MultiplyNumber:
        if (const auto b = other(1); b && *b != 0)
            tell(0, target / *b);
        if (const auto a = other(0); a && *a != 0)
            tell(1, target / *a);
        return;
    case Op::DivideNumber:
        if (const auto b = other(1))
            tell(0, target * *b);
        if (const auto a = other(0); a && target != 0)
            tell(1, *a / target);
        return;
    case Op::DivideExact:
        if (const auto b = integer(node.operands[1]))
            solve_rounded(node.operands[0], target * static_cast<double>(*b));
        if (const auto a = integer(node.operands[0]); a && target != 0)
            solve_rounded(node.operands[1], static_cast<double>(*a) / target);
        return;
    default:
        return;
    }
}

void Inverse::solve_dates(const Node& node, std::int64_t target) {
    const auto date = [](std::int64_t days) -> std::optional<Date> {
        if (days < kFirstDate.days || days > kLastDate.days)
            return std::nullopt;
        return Date{static_cast<std::int32_t>(days)};
    };
    switch (node.op) {
    case Op::DateOf:
        if (const auto day = date(target))
            solve(node.operands[0], Value::of(time::start_of_day(zone_, *day).microseconds));
        return;
    case Op::StartOfDay:
        if (in_calendar(Time{target}))
            solve(node.operands[0],
                  Value::of(std::int64_t{time::date_of(zone_, Time{target}).days}));
        return;
    case Op::AddDays:
        if (const auto length = integer(node.operands[1]))
            solve_integer(node.operands[0], checked_subtract(target, *length / kDay));
        return;
    case Op::SubtractDays:
        if (const auto length = integer(node.operands[1]))
            solve_integer(node.operands[0], checked_add(target, *length / kDay));
        return;
    case Op::DaysBetween:
        if (const auto from = integer(node.operands[0]))
            solve_integer(node.operands[1], checked_add(*from, target));
        if (const auto to = integer(node.operands[1]))
            solve_integer(node.operands[0], checked_subtract(*to, target));
        return;
    case Op::Length:
        if (target >= 0 && target <= kLongestText)
            solve(node.operands[0], Value::of(std::string(static_cast<std::size_t>(target), 'x')));
        return;
    default:
        return;
    }
}

void Inverse::solve_text(const Node& node, const std::string& target) {
    solve(node.operands[0], Value::of(node.op == Op::Domain ? "someone@" + target : target));
}

} // namespace rulebook::explain
