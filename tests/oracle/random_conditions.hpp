// Random conditions over the records of SmallPlan.
#pragma once

#include <span>

#include "tests/generator/randomness.hpp"
#include "tests/unit/interpret/small_plan.hpp"

namespace rulebook::oracle {

class RandomConditions {
public:
    // `instants`: a pool; lengths between them are used, too.
    RandomConditions(testing::SmallPlan& plan, generator::Randomness& random,
                     const std::vector<std::int64_t>& instants)
        : plan_(plan), random_(random), instants_(instants) {}

    // Of the root alone: true and false at several instants of most histories.
    plan::NodeId moving(int depth);
    // The same as of some time ago.
    plan::NodeId in_the_past();
    // What `when`, `unless`, `suppress` ask: a moving one, a constant, what fired, and, if there is
    // a completing event in frame 1, its value.
    plan::NodeId asked(bool event);
    // What may be asked about besides the records: triggers, whether they fired; a fit, its score;
    // a decision, whether it is `team`.
    void add_trigger(std::uint32_t rule) { triggers_.push_back(rule); }
    void add_fit(std::uint32_t rule) { fits_.push_back(rule); }
    void add_decision(std::uint32_t rule) { decisions_.push_back(rule); }
    // A question about the elements of a collection: random_elements.cpp.
    plan::NodeId of_elements();
    // How many events, or what they come to, in windows that move along with time; two such
    // questions joined, sometimes.
    plan::NodeId of_windows();
    // How much points or values that move all the time give: of events, without windows.
    plan::NodeId moving_values();
    // A time of the root.
    plan::NodeId time();
    // A multiple of an hour, above 0.
    std::int64_t length();
    // All that were taken so far.
    [[nodiscard]] std::span<const std::int64_t> lengths() const { return lengths_; }

private:
    plan::NodeId leaf();
    plan::NodeId count();
    // ---- of elements: random_elements.cpp
    plan::NodeId of_events();
    plan::NodeId of_deals();
    plan::NodeId of_lines();
    plan::NodeId event_condition();
    plan::NodeId event_that_asks_others();
    plan::NodeId deal_condition();
    plan::Aggregate of_kind(plan::AggregateKind kind, std::string_view collection,
                            plan::NodeId where, plan::NodeId value);
    plan::NodeId compared(const plan::Aggregate& elements, plan::Type type);
    plan::NodeId by_time();
    plan::NodeId by_date();
    plan::NodeId by_record();
    plan::NodeId by_rule();
    plan::NodeId fired();
    plan::NodeId duration();
    plan::NodeId today();
    plan::Op some_comparison();
    plan::Window window();

    testing::SmallPlan& plan_;
    generator::Randomness& random_;
    const std::vector<std::int64_t>& instants_;
    std::vector<std::uint32_t> triggers_;
    std::vector<std::uint32_t> fits_;
    std::vector<std::uint32_t> decisions_;
    std::vector<std::int64_t> lengths_;
};

} // namespace rulebook::oracle
