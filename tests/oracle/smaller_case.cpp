// All the ways to take something away from a case.
#include <algorithm>

#include "tests/oracle/random_case.hpp"

namespace rulebook::oracle {

namespace {

constexpr plan::Effective kNever{std::nullopt, 0};

class Smaller {
public:
    explicit Smaller(const Case& whole) : whole_(whole) {}

    std::vector<Case> all() {
        for (std::size_t rule = 0; rule < whole_.plan.plan.rules.size(); ++rule)
            without_rule(rule);
        without_one(&Case::events);
        without_one(&Case::deals);
        without_one(&Case::versions);
        clear([](Case& made) -> auto& { return made.renews_at; });
        clear([](Case& made) -> auto& { return made.active; });
        for (std::size_t i = 0; i < whole_.events.size(); ++i) {
            clear([i](Case& made) -> auto& { return made.events[i].sequence; });
            clear([i](Case& made) -> auto& { return made.events[i].value; });
            clear([i](Case& made) -> auto& { return made.events[i].due; });
        }
        for (std::size_t i = 0; i < whole_.plan.plan.policies.size(); ++i)
            simpler_policy(i);
        for (std::size_t i = 0; i < whole_.plan.plan.triggers.size(); ++i)
            if (whole_.plan.plan.triggers[i].effective != kNever)
                simpler_trigger(i);
        return std::move(found_);
    }

private:
    template <class Row>
    void without_one(std::vector<Row> Case::* rows) {
        for (std::size_t i = 0; i < (whole_.*rows).size(); ++i) {
            Case made = whole_;
            (made.*rows).erase((made.*rows).begin() + static_cast<std::ptrdiff_t>(i));
            found_.push_back(std::move(made));
        }
    }

    // What `part` gives becomes empty, if it is not.
    template <class Part>
    void clear(Part part) {
        Case made = whole_;
        auto& at = part(made);
        const std::remove_reference_t<decltype(at)> empty{};
        if (at == empty)
            return;
        at = empty;
        found_.push_back(std::move(made));
    }

    void without_rule(std::size_t rule) {
        Case made = whole_;
        bool changed = false;
        for (const std::uint32_t version : made.plan.plan.rules[rule].versions) {
            changed = changed || made.plan.plan.triggers[version].effective != kNever;
            made.plan.plan.triggers[version].effective = kNever;
        }
        if (changed)
            found_.push_back(std::move(made));
    }

    void simpler_policy(std::size_t i) {
        const auto policy = [i](Case& made) -> plan::Policy& { return made.plan.plan.policies[i]; };
        clear([&](Case& made) -> auto& { return policy(made).suppress; });
        clear([&](Case& made) -> auto& { return policy(made).limits; });
        clear([&](Case& made) -> auto& { return policy(made).prefer; });
        clear([&](Case& made) -> auto& { return policy(made).exempt; });
        clear([&](Case& made) -> auto& { return policy(made).control; });
    }

    void simpler_trigger(std::size_t i) {
        const auto trigger = [i](Case& made) -> plan::Trigger& {
            return made.plan.plan.triggers[i];
        };
        clear([&](Case& made) -> auto& { return trigger(made).unless; });
        clear([&](Case& made) -> auto& { return trigger(made).at_most; });
        clear([&](Case& made) -> auto& { return trigger(made).cooldown; });
        clear([&](Case& made) -> auto& { return trigger(made).once; });
        clear([&](Case& made) -> auto& { return trigger(made).control; });
        clear([&](Case& made) -> auto& { return trigger(made).policy; });
        clear([&](Case& made) -> auto& { return trigger(made).on.lasting; });
        if (is_only_version(i))
            clear([&](Case& made) -> auto& { return trigger(made).effective; });
        for (const auto node : {&plan::Trigger::when, &plan::Trigger::say})
            if (whole_.plan.plan.triggers[i].*node != plan::kNoNode) {
                Case made = whole_;
                trigger(made).*node = plan::kNoNode;
                found_.push_back(std::move(made));
            }
        const plan::Trigger& whole = whole_.plan.plan.triggers[i];
        simpler_condition(whole.when, [&](Case& made) -> auto& { return trigger(made).when; });
        simpler_condition(whole.on.condition,
                          [&](Case& made) -> auto& { return trigger(made).on.condition; });
        simpler_pattern(whole.on.patterns, trigger);
    }

    // Ranges of versions do not meet.
    bool is_only_version(std::size_t trigger) const {
        for (const plan::Rule& rule : whole_.plan.plan.rules)
            for (const std::uint32_t version : rule.versions)
                if (version == trigger)
                    return std::ranges::all_of(rule.versions, [&](std::uint32_t other) {
                        return other == trigger ||
                               whole_.plan.plan.triggers[other].effective == kNever;
                    });
        return false;
    }

    template <class Part>
    void simpler_condition(plan::NodeId node, Part part) {
        if (node == plan::kNoNode)
            return;
        for (const plan::NodeId operand : whole_.plan.plan.node(node).operands)
            if (whole_.plan.plan.node(operand).type == testing::kBool) {
                Case made = whole_;
                part(made) = operand;
                found_.push_back(std::move(made));
            }
    }

    template <class TriggerOf>
    void simpler_pattern(const std::vector<plan::Pattern>& patterns, TriggerOf trigger) {
        using Kind = plan::Pattern::Kind;
        for (std::size_t at = 0; at < patterns.size(); ++at) {
            const auto change = [&](auto how) {
                Case made = whole_;
                how(trigger(made).on.patterns);
                found_.push_back(std::move(made));
            };
            for (std::size_t w = 0; w < patterns[at].within.size(); ++w)
                change([&](auto& all) {
                    all[at].within.erase(all[at].within.begin() + static_cast<std::ptrdiff_t>(w));
                });
            if (patterns[at].count > 1)
                change([&](auto& all) { --all[at].count; });
            for (const std::uint32_t operand : patterns[at].operands)
                change([&](auto& all) { all[at] = plan::Pattern(all[operand]); });
            if (patterns[at].operands.size() > 2 && patterns[at].kind != Kind::Or)
                change([&](auto& all) { all[at].operands.pop_back(); });
        }
    }

    const Case& whole_;
    std::vector<Case> found_;
};

} // namespace

std::vector<Case> smaller(const Case& example) {
    return Smaller(example).all();
}

} // namespace rulebook::oracle
