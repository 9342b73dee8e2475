#include "runtime/plan/journey_fingerprint.hpp"

#include <bit>
#include <unordered_map>

#include "runtime/plan/roots.hpp"
#include "runtime/value/digest.hpp"

namespace rulebook::plan {

namespace {

class Fingerprint {
public:
    explicit Fingerprint(const Plan& plan) : plan_(plan) {}

    std::string of(const Credit& credit) {
        Sha256 digest;
        digest.add_delimited(plan_.timezone);
        add_entity(digest, credit.deals);
        add_node(digest, credit.deal_where);
        add_node(digest, credit.at);
        add_entity(digest, credit.touches);
        add_node(digest, credit.touch_where);
        digest.add(std::uint64_t{credit.lookback.has_value()});
        if (credit.lookback)
            add(digest, *credit.lookback);
        add_field(digest, credit.touches, credit.party_field);
        return hexadecimal(digest.finish());
    }

private:
    void add_entity(Sha256& digest, EntityIndex entity) const {
        digest.add_delimited(plan_.schema.entities[entity].name);
    }

    void add_field(Sha256& digest, EntityIndex entity, FieldIndex field) const {
        const Field& named = plan_.schema.entities[entity].fields[field];
        add_entity(digest, entity);
        digest.add_delimited(named.name);
        add(digest, named.type);
    }

    void add(Sha256& digest, Type type) const {
        digest.add(std::uint64_t(type.kind));
        if (type.is(TypeKind::Enum))
            digest.add_delimited(plan_.schema.enums[type.enum_index()].name);
        else
            digest.add(std::uint64_t{type.detail});
    }

    static void add(Sha256& digest, const Span& span) {
        digest.add(std::uint64_t{span.calendar});
        digest.add(std::uint64_t(span.microseconds));
        digest.add(std::uint64_t(span.unit));
        digest.add(std::uint64_t(span.count));
    }

    // Enum values by their names: others may come to stand before them.
    void add(Sha256& digest, Type type, const Value& value) const {
        digest.add(std::uint64_t{value.alternative()});
        switch (value.alternative()) {
        case 0:
            digest.add(std::uint64_t(value.why().cause));
            return;
        case 1:
            digest.add(std::uint64_t{value.boolean()});
            return;
        case 2:
            if (type.is(TypeKind::Enum))
                digest.add_delimited(plan_.schema.enums[type.enum_index()]
                                         .values[static_cast<std::size_t>(value.integer())]);
            else
                digest.add(std::uint64_t(value.integer()));
            return;
        case 3:
            digest.add(std::bit_cast<std::uint64_t>(value.real()));
            return;
        default:
            digest.add_delimited(value.text());
        }
    }

    void add_node(Sha256& digest, NodeId id) {
        digest.add_delimited(id == kNoNode ? std::string() : digest_of(id));
    }

    // Operands come before the nodes that use them and are no deeper than expressions may be.
    const std::string& digest_of(NodeId id) {
        if (const auto found = digests_.find(id); found != digests_.end())
            return found->second;
        const Node& node = plan_.node(id);
        Sha256 digest;
        digest.add(std::uint64_t(node.op));
        add(digest, node.type);
        digest.add(std::uint64_t{node.level});
        digest.add(std::uint64_t{node.operands.size()});
        for (const NodeId operand : node.operands)
            add_node(digest, operand);
        add_referred(digest, node);
        return digests_[id] = hexadecimal(digest.finish());
    }

    // What `index`, `detail` and `literal` mean for the operation.
    void add_referred(Sha256& digest, const Node& node) {
        if (reads_rule(node.op))
            digest.add_delimited(plan_.rules[node.index].name);
        switch (node.op) {
        case Op::Field:
            add_field(digest, static_cast<EntityIndex>(node.detail), node.index);
            return;
        case Op::Aggregate:
            add(digest, plan_.aggregates[node.index]);
            return;
        case Op::InList:
            for (const std::string& value : plan_.lists[node.index].values)
                digest.add_delimited(value);
            return;
        case Op::Lookup:
            add(digest, plan_.lookups[node.index]);
            return;
        default:
            digest.add(std::uint64_t(node.detail));
            add(digest, node.type, node.literal);
        }
    }

    void add(Sha256& digest, const LookupTable& lookup) const {
        for (const auto& [key, value] : lookup.rows) {
            for (std::size_t i = 0; i < key.size(); ++i)
                add(digest, lookup.key_types[i], key[i]);
            add(digest, lookup.type, value);
        }
    }

    void add(Sha256& digest, const Aggregate& aggregate) {
        digest.add(std::uint64_t(aggregate.kind));
        digest.add(std::uint64_t(aggregate.source));
        add_entity(digest, aggregate.collection);
        add_entity(digest, aggregate.owner);
        digest.add(std::uint64_t{aggregate.owner_level});
        for (const NodeId part : {aggregate.where, aggregate.value, aggregate.have})
            add_node(digest, part);
        digest.add(std::uint64_t{aggregate.windows.size()});
        for (const Window& window : aggregate.windows) {
            digest.add(std::uint64_t(window.kind));
            add(digest, window.span);
            add_node(digest, window.anchor);
        }
        digest.add(std::uint64_t{aggregate.has_time_field});
        if (aggregate.has_time_field)
            add_field(digest, aggregate.collection, aggregate.time_field);
    }

    const Plan& plan_;
    std::unordered_map<NodeId, std::string> digests_;
};

} // namespace

std::string journey_fingerprint(const Plan& plan, std::uint32_t credit) {
    return Fingerprint(plan).of(plan.credits[credit]);
}

} // namespace rulebook::plan
