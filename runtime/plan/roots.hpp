// The nodes that a rule evaluates directly, one function a kind of rule. The compiler's model holds
// rules in the same structs with ids of its own, and asks the same.
#pragma once

#include <vector>

#include "runtime/plan/rules.hpp"

namespace rulebook::plan {

// Each appends the ids; some may be kNoNode. What a trigger's signals, calendars and policy ask is
// not among them.
void append_roots(const Fit& fit, std::vector<NodeId>& nodes);
void append_roots(const Decision& decision, std::vector<NodeId>& nodes);
void append_roots(const Table& table, std::vector<NodeId>& nodes);
void append_roots(const Trigger& trigger, std::vector<NodeId>& nodes);
void append_roots(const Credit& credit, std::vector<NodeId>& nodes);
void append_roots(const Aggregate& aggregate, std::vector<NodeId>& nodes);

// The signals that a rule waits for, by index.
std::vector<std::uint32_t> signals_of(const Trigger& trigger);

// The signals whose events a counting pattern (Times, Different…) counts, by index.
std::vector<std::uint32_t> counted_signals(const On& on, const Pattern& pattern);

// The calendars whose working hours a trigger counts, by index.
std::vector<std::uint32_t> calendars_of(const Trigger& trigger);

// What a rule asks through what it shares with others: signals, the zones of calendars, what a
// policy suppresses. `Book`: a plan, or the compiler's model of one.
template <class Book>
void append_shared_roots(const Book& book, const Trigger& trigger, std::vector<NodeId>& nodes) {
    for (const std::uint32_t signal : signals_of(trigger))
        nodes.push_back(book.signals[signal].where);
    for (const std::uint32_t calendar : calendars_of(trigger))
        nodes.push_back(book.calendars[calendar].zone_field);
    if (trigger.policy)
        for (const Stopper& suppress : book.policies[*trigger.policy].suppress)
            nodes.push_back(suppress.when);
}
template <class Book, class Rule>
void append_shared_roots(const Book&, const Rule&, std::vector<NodeId>&) {}

// Whether a value depends on more than operands and fields: on the instant, on other rules or on
// other records.
bool looks_around(Op op);

// Whether the operation gives a result of another rule (Node::index).
bool reads_rule(Op op);

} // namespace rulebook::plan
