// Which rules read which, and that no circle closes; what parses but does not evaluate yet.
#include "compiler/model/context.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/model/walk.hpp"
#include "runtime/plan/roots.hpp"

namespace rulec::model {

namespace {

class CycleFinder {
public:
    CycleFinder(Context& context, const std::vector<std::set<std::uint32_t>>& reads)
        : context_(context), reads_(reads), state_(reads.size(), Progress::Untouched) {}

    // Depth first with a stack of its own: chains of rules may be long.
    void visit(std::uint32_t start) {
        struct Step {
            std::uint32_t rule;
            std::set<std::uint32_t>::const_iterator next;
        };
        if (state_[start] != Progress::Untouched)
            return;
        std::vector<Step> path{{start, reads_[start].begin()}};
        state_[start] = Progress::Underway;
        while (!path.empty()) {
            Step& step = path.back();
            if (step.next == reads_[step.rule].end()) {
                state_[step.rule] = Progress::Done;
                path.pop_back();
                continue;
            }
            const std::uint32_t read = *step.next++;
            if (state_[read] == Progress::Untouched) {
                state_[read] = Progress::Underway;
                path.push_back({read, reads_[read].begin()});
            } else if (state_[read] == Progress::Underway) {
                std::vector<std::uint32_t> circle;
                for (const Step& on_path : path)
                    if (!circle.empty() || on_path.rule == read)
                        circle.push_back(on_path.rule);
                report(circle);
            }
        }
    }

private:
    // A policy that a trigger of the circle reads the next rule through.
    struct Through {
        const rulebook::plan::Policy& policy;
        Span span; // of what asks
    };

    // `circle`: each reads the next one, the last one the first.
    void report(const std::vector<std::uint32_t>& circle) {
        const auto& rules = context_.book.rules;
        std::vector<std::string> chain;
        std::optional<Through> first;
        std::string trigger;
        for (std::size_t i = 0; i < circle.size(); ++i) {
            chain.push_back(rules[circle[i]].head.name);
            const auto through = policy_between(circle[i], circle[(i + 1) % circle.size()]);
            if (!through)
                continue;
            chain.push_back(fmt::format("policy {}", through->policy.name));
            if (!first) {
                first.emplace(*through);
                trigger = rules[circle[i]].head.name;
            }
        }
        chain.push_back(chain.front());
        auto& told = context_.diagnostics.emit<RB1401>(
            first ? first->span : rules[circle.front()].span, chain.front(),
            fmt::format("{}", fmt::join(chain, " → ")));
        if (first)
            told.help(fmt::format("`{}` is part of `{}`, too: write `at most` or a cooldown, or "
                                  "ask this in `unless` of other triggers",
                                  first->policy.name, trigger));
    }

    // Nothing where `rule` asks for `read` itself.
    std::optional<Through> policy_between(std::uint32_t rule, std::uint32_t read) const {
        if (context_.book.rules[rule].head.kind != rulebook::plan::RuleKind::Trigger)
            return std::nullopt;
        std::optional<Through> through;
        for (const std::uint32_t version : context_.book.rules[rule].head.versions) {
            const auto& trigger = context_.book.triggers[version];
            std::vector<ExprId> own;
            rulebook::plan::append_roots(trigger, own);
            if (asks(own, read))
                return std::nullopt;
            if (!trigger.policy)
                continue;
            const auto& policy = context_.book.policies[*trigger.policy];
            for (const auto& suppress : policy.suppress)
                if (const auto span = asks({suppress.when}, read); span && !through)
                    through.emplace(policy, *span);
        }
        return through;
    }

    // Where one of the conditions asks for the rule; inside of a definition: the condition.
    std::optional<Span> asks(const std::vector<ExprId>& roots, std::uint32_t read) const {
        for (const ExprId root : roots) {
            if (!present(root))
                continue;
            const Span whole = context_.book[root].span;
            std::optional<Span> found;
            walk(context_.book, {root}, [&](const Expression& expression) {
                if (rule_read(expression) == read && !found)
                    found = whole.contains(expression.span) ? expression.span : whole;
            });
            if (found)
                return found;
        }
        return std::nullopt;
    }

    Context& context_;
    const std::vector<std::set<std::uint32_t>>& reads_;
    std::vector<Progress> state_;
};

template <class Node>
void refuse(Context& context, std::string_view what) {
    context.each<Node>([&](const ast::File&, const Node& node) {
        const Span span = [&] {
            if constexpr (requires { node.head; })
                return node.head.name.span;
            else
                return node.name.span;
        }();
        context.diagnostics.emit<RB1009>(span, what);
    });
}

} // namespace

namespace {

// Signals may name signals, as long as none leads back to itself.
void check_signals(Context& context) {
    for (std::uint32_t i = 0; i < context.book.signals.size(); ++i) {
        const Signal& signal = context.book.signals[i];
        bool direct = false;
        bool circle = false;
        walk(context.book, {signal.where}, [&](const Expression& expression) {
            if (expression.kind == ExpressionKind::Signal && expression.index == i)
                circle = true;
        });
        if (!circle)
            continue;
        if (const Expression& where = context.book[signal.where];
            where.kind == ExpressionKind::Signal)
            direct = where.index == i;
        context.diagnostics.emit<RB1401>(
            signal.span, signal.name,
            fmt::format("{0}{1} → {0}", signal.name, direct ? "" : " → …"));
        return; // the others of the circle say the same
    }
}

} // namespace

void check_dependencies(Context& context) {
    check_signals(context);
    std::vector<std::set<std::uint32_t>> reads(context.book.rules.size());
    for (std::uint32_t i = 0; i < context.book.rules.size(); ++i)
        walk_rule(context.book, i, [&](const Expression& expression) {
            if (const auto read = rule_read(expression))
                reads[i].insert(*read);
        });
    CycleFinder finder(context, reads);
    for (std::uint32_t i = 0; i < context.book.rules.size(); ++i)
        finder.visit(i);
}

void refuse_what_does_not_evaluate(Context& context) {
    refuse<ast::Measure>(context, "measures");
    refuse<ast::Roi>(context, "return on investment rules");
}

} // namespace rulec::model
