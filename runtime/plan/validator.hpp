// Walks a plan and throws Unsound at the first thing that is wrong. Internal: validate.cpp is the
// border.
#pragma once

#include <array>
#include <initializer_list>
#include <span>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

struct Unsound {
    std::string what;
};

inline void require(bool condition, const char* what) {
    if (!condition)
        throw Unsound{what};
}

inline constexpr EntityIndex kUnbound = 0xffffffff; // the frame is not read

// Which entity a node needs in each frame.
using Frames = std::array<EntityIndex, kFrames>;

constexpr Frames no_frames() {
    Frames frames{};
    frames.fill(kUnbound);
    return frames;
}

// Adds what `from` needs.
void merge(Frames& into, const Frames& from);

// The letter of ops.def for a value held so.
char letter(Representation representation);

class Validator {
public:
    explicit Validator(const Plan& plan) : plan_(plan) {}

    void run();

private:
    void check_schema();
    void check_field(const Entity& entity, const Field& field);
    void check_type(Type type);
    void check_value(const Value& value, Type type);
    void check_entity(EntityIndex entity);
    Frames check_node(NodeId id);
    // Operands and result against the signature in ops.def.
    void check_signature(const Node& node);
    char letter_of(NodeId id) const;
    void check_letter(char expected, const Node& node, char held);
    void check_reference(const Node& node, NodeId id, Frames& frames);
    void check_field_node(const Node& node, Frames& frames);
    void check_rule_reference(const Node& node, RuleKind kind);
    void check_table_output(const Node& node);
    void check_aggregate(const Aggregate& aggregate, std::uint32_t level, NodeId id, Type type,
                         Frames& frames);
    void check_windows(const Aggregate& aggregate, NodeId id, Frames& frames);
    Type taken_type(const Aggregate& aggregate);
    bool has_order(Type type) const;
    void check_aggregate_type(const Aggregate& aggregate, Type type);
    // A node that a rule evaluates with these entities in the frames.
    void check_root(NodeId id, std::span<const EntityIndex> entities, char held,
                    bool required = false);
    void check_rules();
    void check_fit(const Fit& fit);
    void check_for_each(const ForEach& for_each);
    void check_decision(const Decision& decision);
    void check_table(const Table& table);
    void check_split(const Credit& credit, const Split& split);
    void check_credit(const Credit& credit);
    void check_calendar(const Calendar& calendar);
    void check_policy(const Policy& policy);
    void check_trigger(const Trigger& trigger);
    void check_on(const On& on);
    void check_pattern(std::span<const Pattern> before, const Pattern& pattern);
    void check_extent(const Extent& extent, bool may_be_bucket);
    void check_stopper(const Stopper& stopper, std::span<const EntityIndex> entities);

    const Plan& plan_;
    std::vector<Frames> frames_; // per node, so far
};

} // namespace rulebook::plan
