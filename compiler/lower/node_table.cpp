#include "compiler/lower/node_table.hpp"

#include <functional>

namespace rulec::lower {

namespace {

using rulebook::plan::Aggregate;
using rulebook::plan::Node;
using rulebook::plan::NodeId;
using rulebook::plan::Value;

void mix(std::size_t& seed, std::size_t value) {
    seed ^= value + 0x9e3779b97f4a7c15ULL + (seed << 6U) + (seed >> 2U);
}

std::size_t hash_of(const Value& value) {
    switch (value.alternative()) {
    case 1:
        return value.boolean() ? 1 : 2;
    case 2:
        return std::hash<std::int64_t>{}(value.integer());
    case 3:
        return std::hash<double>{}(value.real());
    case 4:
        return std::hash<std::string>{}(value.text());
    default:
        return 3;
    }
}

std::size_t hash_of(const Node& node) {
    std::size_t seed = static_cast<std::size_t>(node.op);
    mix(seed, static_cast<std::size_t>(node.type.kind));
    mix(seed, node.type.detail);
    mix(seed, node.index);
    mix(seed, node.level);
    mix(seed, std::hash<std::int64_t>{}(node.detail));
    mix(seed, hash_of(node.literal));
    for (const NodeId operand : node.operands)
        mix(seed, operand);
    return seed;
}

std::size_t hash_of(const Aggregate& aggregate) {
    std::size_t seed = static_cast<std::size_t>(aggregate.kind);
    mix(seed, aggregate.collection);
    mix(seed, aggregate.where);
    mix(seed, aggregate.value);
    mix(seed, aggregate.have);
    for (const auto& window : aggregate.windows) {
        mix(seed, static_cast<std::size_t>(window.kind));
        mix(seed, static_cast<std::size_t>(window.span.microseconds));
        mix(seed, window.anchor);
    }
    return seed;
}

} // namespace

NodeId NodeTable::intern(Node node, std::string_view label) {
    const std::size_t hash = hash_of(node);
    const auto [first, last] = nodes_.equal_range(hash);
    for (auto known = first; known != last; ++known)
        if (plan_.nodes[known->second] == node)
            return known->second;
    const auto id = static_cast<NodeId>(plan_.nodes.size());
    plan_.nodes.push_back(std::move(node));
    plan_.labels.emplace_back(label);
    nodes_.emplace(hash, id);
    return id;
}

std::uint32_t NodeTable::intern(const Aggregate& aggregate) {
    const std::size_t hash = hash_of(aggregate);
    const auto [first, last] = aggregates_.equal_range(hash);
    for (auto known = first; known != last; ++known)
        if (plan_.aggregates[known->second] == aggregate)
            return known->second;
    const auto index = static_cast<std::uint32_t>(plan_.aggregates.size());
    plan_.aggregates.push_back(aggregate);
    aggregates_.emplace(hash, index);
    return index;
}

} // namespace rulec::lower
