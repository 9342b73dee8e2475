// Which rules read which, and that no circle closes; what parses but does not evaluate yet.
#include "compiler/model/context.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/model/walk.hpp"

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
                std::vector<std::string> chain;
                bool inside = false;
                for (const Step& on_path : path) {
                    inside = inside || on_path.rule == read;
                    if (inside)
                        chain.push_back(context_.book.rules[on_path.rule].head.name);
                }
                chain.push_back(context_.book.rules[read].head.name);
                context_.diagnostics.emit<RB1401>(context_.book.rules[read].span, chain.back(),
                                                  fmt::format("{}", fmt::join(chain, " → ")));
            }
        }
    }

private:
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
