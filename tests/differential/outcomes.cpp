#include "tests/differential/outcomes.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "runtime/plan/op.hpp"

namespace rulebook::differential {

namespace {

using plan::Op;

std::string_view held(plan::Type type) {
    switch (plan::representation(type.kind)) {
    case plan::Representation::Bool:
        return "bool";
    case plan::Representation::Integer:
        return "integer";
    case plan::Representation::Real:
        return "real";
    case plan::Representation::Text:
        return "text";
    }
    return "";
}

std::string_view shown(const plan::Window& window) {
    if (window.span.calendar)
        return "in calendar";
    switch (window.kind) {
    case plan::WindowKind::Last:
        return "in last";
    case plan::WindowKind::LastBefore:
        return "in before";
    case plan::WindowKind::Since:
        return "since";
    case plan::WindowKind::Before:
        break;
    }
    return "before";
}

std::string windows_of(const plan::Aggregate& aggregate) {
    if (aggregate.windows.empty())
        return "whole";
    return std::string(aggregate.windows.size() > 1 ? "several windows"
                                                    : shown(aggregate.windows[0]));
}

// "Aggregate sum, in last", "Less real"
std::string operation_of(const plan::Plan& plan, const plan::Node& node) {
    std::string text(plan::name(node.op));
    if (node.op == Op::Aggregate) {
        const plan::Aggregate& aggregate = plan.aggregates[node.index];
        if (node.type.is(plan::TypeKind::Bool) && aggregate.value != plan::kNoNode)
            return text + fmt::format(" {} of truths", plan::spelling(aggregate.kind));
        return text + fmt::format(" {}, {}", plan::spelling(aggregate.kind), windows_of(aggregate));
    }
    const bool by_result = node.op == Op::Field || node.op == Op::Constant;
    if (by_result || node.op == Op::If)
        return text + fmt::format(" {}", held(node.type));
    if (!node.operands.empty())
        text += fmt::format(" {}", held(plan.node(node.operands[0]).type));
    return text;
}

enum class Kind : std::uint8_t { Unknown, Known, True, False };

bool is_excepted(std::string_view operation, Kind outcome) {
#define RB_NO_OUTCOME(which, what, why)                                                            \
    if (outcome == Kind::what && operation.starts_with(which))                                     \
        return true;
#include "tests/differential/outcome_exceptions.def"
    return false;
}

} // namespace

void Outcomes::add(const Oracle& oracle, const native::Program& program) {
    const plan::Plan& plan = oracle.example().plan;
    std::vector<Outcome*> outcomes;
    for (const plan::NodeId id : oracle.nodes()) {
        outcomes.push_back(&by_operation_[operation_of(plan, plan.node(id))]);
        if (plan.node(id).type.is(plan::TypeKind::Bool))
            outcomes.back()->truths += oracle.answers().size();
    }
    for (const auto& [question, answer] : oracle.answers())
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            const plan::Value& value = answer.values[i];
            ++(value.known() ? outcomes[i]->known : outcomes[i]->unknown);
            outcomes[i]->yes += value.is_true() ? 1 : 0;
            outcomes[i]->no += value.is_false() ? 1 : 0;
        }
    for (const native::NodeArray& each : program.values) {
        Outcome& outcome = by_operation_[operation_of(plan, plan.node(each.node))];
        ++outcome.nodes;
        const native::Source source = program.arrays[each.array].source;
        outcome.native += source == native::Source::Computed ? 1 : 0;
    }
    count_clauses(plan, program);
}

void Outcomes::count_clauses(const plan::Plan& plan, const native::Program& program) {
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        for (const std::uint32_t version : plan.rules[rule].versions) {
            if (plan.rules[rule].kind != plan::RuleKind::Fit)
                continue;
            const auto clauses = static_cast<std::size_t>(
                std::ranges::count_if(plan.fits[version].clauses, [](const auto& clause) {
                    return clause.for_each.has_value();
                }));
            const auto* const arrays = program.fit_of(rule);
            for_each_clauses_ += clauses;
            native_for_each_clauses_ +=
                arrays != nullptr && arrays->version == version ? clauses : 0;
        }
}

std::string Outcomes::report() const {
    std::string text;
    for (const auto& [operation, outcome] : by_operation_) {
        const auto all = static_cast<double>(outcome.known + outcome.unknown);
        const auto share = [&](std::size_t part) {
            return 100.0 * static_cast<double>(part) / all;
        };
        text += fmt::format("{:<44} {:>9} evaluations, unknown {:5.1f}%", operation, all,
                            share(outcome.unknown));
        if (outcome.truths > 0)
            text += fmt::format(", true {:5.1f}%, false {:5.1f}%", share(outcome.yes),
                                share(outcome.no)); // of all, also where some are no bools
        text += fmt::format("; native {} of {}\n", outcome.native, outcome.nodes);
    }
    return text + fmt::format("clauses `for each`: native {} of {}\n", native_for_each_clauses_,
                              for_each_clauses_);
}

void Outcomes::check_outcomes(std::vector<std::string>& faults) const {
    for (const auto& [operation, outcome] : by_operation_) {
        const auto check = [&](std::size_t times, std::size_t all, Kind kind,
                               std::string_view word) {
            if (times * 100 < all && !is_excepted(operation, kind))
                faults.push_back(fmt::format("{} came out {} in {} of {} evaluations", operation,
                                             word, times, all));
        };
        const std::size_t all = outcome.known + outcome.unknown;
        check(outcome.unknown, all, Kind::Unknown, "unknown");
        check(outcome.known, all, Kind::Known, "known");
        check(outcome.yes, outcome.truths, Kind::True, "true");
        check(outcome.no, outcome.truths, Kind::False, "false");
    }
}

// Of what has a lowering at least a quarter must be computed so: a tracked field and a comparison
// of texts are asked for, though other fields and comparisons are not.
void Outcomes::check_native(std::vector<std::string>& faults) const {
    const auto check = [&](std::string_view operation) {
        std::size_t nodes = 0;
        std::size_t native = 0;
        for (auto each = by_operation_.lower_bound(std::string(operation));
             each != by_operation_.end() && each->first.starts_with(operation); ++each) {
            const bool is_other = each->first.size() > operation.size() &&
                                  each->first[operation.size()] != ' ' &&
                                  each->first[operation.size()] != ',';
            nodes += is_other ? 0 : each->second.nodes;
            native += is_other ? 0 : each->second.native;
        }
        if (nodes == 0 || native * 4 < nodes)
            faults.push_back(
                fmt::format("{}: {} of {} nodes are native", operation, native, nodes));
    };
#define RB_Lowered(Name) check(#Name);
#define RB_Asked(Name)
#define RB_NATIVE_OP(Name, how) RB_##how(Name)
#include "compiler/codegen/native_ops.def"
    for (const std::string_view kind :
         {"count", "sum", "min", "max", "avg", "any", "every", "first", "last"})
        for (const std::string_view window :
             {"whole", "in last", "in before", "since", "before", "several windows"})
            check(fmt::format("Aggregate {}, {}", kind, window));
}

std::vector<std::string> Outcomes::faults() const {
    std::vector<std::string> faults;
    check_outcomes(faults);
    check_native(faults);
    if (native_for_each_clauses_ * 3 < for_each_clauses_)
        faults.push_back(fmt::format("{} of {} clauses `for each` are native",
                                     native_for_each_clauses_, for_each_clauses_));
    return faults;
}

} // namespace rulebook::differential
