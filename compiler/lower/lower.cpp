#include "compiler/lower/lower.hpp"

#include <algorithm>
#include <map>
#include <type_traits>

#include "compiler/diagnostics/shell_word.hpp"
#include "compiler/lower/asked_again.hpp"
#include "compiler/lower/followed.hpp"
#include "compiler/lower/rule_lowering.hpp"
#include "compiler/lower/rule_order.hpp"
#include "runtime/plan/fingerprint.hpp"
#include "runtime/plan/journey_fingerprint.hpp"

namespace rulec::lower {

namespace {

using rulebook::plan::Plan;

// More than any sensible rulebook, less than what keeps a machine busy for seconds per record.
constexpr double kMostOperations = 10'000'000;
constexpr std::uint32_t kLongestRuleChain = 64;

class Lowering {
public:
    Lowering(const model::Rulebook& book, const Sources& sources, Diagnostics& diagnostics)
        : book_(book), sources_(sources), diagnostics_(diagnostics), order_(order_rules(book)),
          expressions_(book, sources, plan_, order_.position, diagnostics) {}

    void run() {
        lower_header();
        for (std::uint32_t i = 0; i < book_.signals.size(); ++i)
            plan_.signals.push_back({book_.signals[i].name, book_.signals[i].collection,
                                     book_.signals[i].where == model::kNothing
                                         ? kNoNode
                                         : expressions_.lower_signal(i, 1, 2)});
        lower_calendars();
        lower_policies();
        for (const std::uint32_t rule : order_.rules)
            lower_rule(rule);
        if (diagnostics_.has_errors())
            return;
        // Every node is there.
        check_followed(book_, plan_, order_, expressions_, diagnostics_);
        check_asked_again(book_, plan_, order_, expressions_, diagnostics_);
        check_learnt_weights();
    }

    Plan run_and_seal() {
        run();
        plan_.content_hash = rulebook::plan::content_hash(plan_);
        return std::move(plan_);
    }

    TestPlan run_with_tests() {
        TestPlan made;
        run();
        plan_.content_hash = rulebook::plan::content_hash(plan_);
        const Binding about_root = plain_binding(1);
        for (const model::Test& test : book_.tests) {
            auto& conditions = made.conditions.emplace_back();
            for (const model::Expectation& expectation : test.expectations) {
                const auto* condition = std::get_if<model::ExpectedCondition>(&expectation.node);
                conditions.push_back(condition == nullptr
                                         ? kNoNode
                                         : expressions_.lower(condition->condition, about_root));
            }
        }
        made.plan = std::move(plan_);
        made.rules = order_.position;
        return made;
    }

private:
    void lower_header() {
        plan_.name = book_.header.name;
        plan_.version = book_.header.version;
        plan_.timezone = book_.header.timezone;
        plan_.currency = book_.header.currency;
        plan_.schema = book_.schema;
        plan_.lists = book_.lists;
        plan_.lookups = book_.lookups;
    }

    void lower_calendars() {
        plan_.calendars = book_.calendars;
        for (auto& calendar : plan_.calendars)
            calendar.zone_field = expressions_.lower(calendar.zone_field, plain_binding(1));
    }

    void lower_policies() {
        plan_.policies = book_.policies;
        for (auto& policy : plan_.policies) {
            for (auto& suppress : policy.suppress)
                suppress.when = expressions_.lower(suppress.when, plain_binding(1));
            for (auto* triggers : {&policy.prefer, &policy.exempt})
                for (std::uint32_t& trigger : *triggers)
                    trigger = order_.position[trigger];
            std::ranges::sort(policy.exempt);
        }
    }

    void lower_rule(std::uint32_t index) {
        const model::Rule& rule = book_.rules[index];
        if (order_.depth[index] > kLongestRuleChain)
            diagnostics_.emit<RB1403>(rule.span, rule.head.name, std::int64_t{kLongestRuleChain});
        rulebook::plan::Rule head = rule.head;
        head.rules_read.clear();
        for (const std::uint32_t read : order_.reads[index])
            head.rules_read.push_back(order_.position[read]);
        std::ranges::sort(head.rules_read);
        switch (head.kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case rulebook::plan::RuleKind::Name:                                                           \
        lower_versions(head, book_.member, plan_.member);                                          \
        break;
#include "runtime/plan/rule_kinds.def"
        }
        plan_.rules.push_back(std::move(head));
        plan_.rules.back().reads =
            rulebook::plan::fields_read(plan_, static_cast<std::uint32_t>(plan_.rules.size() - 1));
        check_cost(rule);
    }

    // The earliest version first.
    template <class Version>
    void lower_versions(rulebook::plan::Rule& head, const std::vector<Version>& versions,
                        std::vector<Version>& lowered) {
        std::ranges::sort(head.versions, {}, [&](std::uint32_t version) {
            return versions[version].effective.from.value_or(INT64_MIN);
        });
        for (std::uint32_t& version : head.versions) {
            lowered.push_back(lower_version(expressions_, versions[version]));
            const auto made = static_cast<std::uint32_t>(lowered.size() - 1);
            if constexpr (std::is_same_v<Version, rulebook::plan::Credit>)
                lowered_credits_[version] = made;
            version = made;
        }
    }

    // Whether weights belong to the rule that reads them can be said of what is written out only.
    void check_learnt_weights() {
        for (const model::LearntWeights& weights : book_.learnt_weights)
            if (!weights.rule_hash.empty() &&
                weights.rule_hash !=
                    rulebook::plan::journey_fingerprint(plan_, lowered_credits_.at(weights.credit)))
                diagnostics_.emit<RB4017>(weights.span, weights.path, weights.rule,
                                          shell_word(sources_.folder()), weights.rule,
                                          shell_word(sources_.path_in_folder(weights.path)));
    }

    // How many operations the nodes so far take, each written out as often as it is used.
    void check_cost(const model::Rule& rule) {
        for (; costs_.size() < plan_.nodes.size();) {
            const auto& node = plan_.nodes[costs_.size()];
            double cost = 1;
            for (const NodeId operand : node.operands)
                cost += costs_[operand];
            if (node.op == rulebook::plan::Op::Aggregate) {
                const auto& aggregate = plan_.aggregates[node.index];
                for (const NodeId part : {aggregate.where, aggregate.value, aggregate.have})
                    cost += part == kNoNode ? 0 : costs_[part];
            }
            if (cost > kMostOperations && !too_costly_) {
                too_costly_ = true;
                diagnostics_.emit<RB1318>(rule.span, static_cast<std::int64_t>(kMostOperations));
            }
            costs_.push_back(cost);
        }
    }

    const model::Rulebook& book_;
    const Sources& sources_;
    Diagnostics& diagnostics_;
    RuleOrder order_;
    Plan plan_;
    ExpressionLowering expressions_;
    std::map<std::size_t, std::uint32_t> lowered_credits_; // of the model → of the plan
    std::vector<double> costs_;                            // per node
    bool too_costly_ = false;
};

} // namespace

Plan lower(const model::Rulebook& book, const Sources& sources, Diagnostics& diagnostics) {
    return Lowering(book, sources, diagnostics).run_and_seal();
}

void check_cost(const model::Rulebook& book, const Sources& sources, Diagnostics& diagnostics) {
    Lowering(book, sources, diagnostics).run();
}

TestPlan lower_tests(const model::Rulebook& book, const Sources& sources,
                     Diagnostics& diagnostics) {
    return Lowering(book, sources, diagnostics).run_with_tests();
}

} // namespace rulec::lower
