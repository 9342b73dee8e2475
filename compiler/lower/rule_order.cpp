#include "compiler/lower/rule_order.hpp"

#include <algorithm>
#include <set>

#include "compiler/model/walk.hpp"

namespace rulec::lower {

namespace {

using rulebook::plan::RuleKind;

int layer_of(RuleKind kind) {
    switch (kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case RuleKind::Name:                                                                           \
        return layer;
#include "runtime/plan/rule_kinds.def"
    }
    return 0;
}

} // namespace

RuleOrder order_rules(const model::Rulebook& book) {
    const std::size_t count = book.rules.size();
    RuleOrder order;
    order.position.resize(count);
    order.depth.assign(count, 1);
    std::vector<std::vector<std::uint32_t>> readers(count);
    std::vector<std::size_t> waiting(count);
    for (std::uint32_t rule = 0; rule < count; ++rule) {
        std::set<std::uint32_t> reads;
        model::walk_rule(book, rule, [&](const model::Expression& expression) {
            if (const auto read = model::rule_read(expression))
                reads.insert(*read);
        });
        order.reads.emplace_back(reads.begin(), reads.end());
        waiting[rule] = reads.size();
        for (const std::uint32_t read : reads)
            readers[read].push_back(rule);
    }
    // Kahn's algorithm; of the rules that wait for none, the first by layer and name.
    const auto key = [&](std::uint32_t rule) {
        return std::pair(layer_of(book.rules[rule].head.kind),
                         std::string_view(book.rules[rule].head.name));
    };
    const auto later = [&](std::uint32_t a, std::uint32_t b) { return key(a) > key(b); };
    std::vector<std::uint32_t> ready;
    const auto push = [&](std::uint32_t rule) {
        ready.push_back(rule);
        std::ranges::push_heap(ready, later);
    };
    for (std::uint32_t rule = 0; rule < count; ++rule)
        if (waiting[rule] == 0)
            push(rule);
    while (!ready.empty()) {
        std::ranges::pop_heap(ready, later);
        const std::uint32_t rule = ready.back();
        ready.pop_back();
        order.position[rule] = static_cast<std::uint32_t>(order.rules.size());
        order.rules.push_back(rule);
        for (const std::uint32_t reader : readers[rule]) {
            order.depth[reader] = std::max(order.depth[reader], order.depth[rule] + 1);
            if (--waiting[reader] == 0)
                push(reader);
        }
    }
    return order;
}

} // namespace rulec::lower
