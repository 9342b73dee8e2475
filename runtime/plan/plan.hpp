// The plan: the typed, target-neutral, serialisable form of a rulebook. The compiler makes it, the
// runtime runs it. Immutable once made; safe to share between threads.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "runtime/plan/rules.hpp"

namespace rulebook::plan {

enum class RuleKind : std::uint8_t {
#define RB_RULE_KIND(Name, id, spelling, layer, member) Name = (id),
#include "runtime/plan/rule_kinds.def"
};

std::string_view spelling(RuleKind kind);

// What a rule reads of the records: for `hindsight`, for incremental runs, for whose results move.
struct FieldRead {
    EntityIndex entity = 0;
    FieldIndex field = 0;

    friend auto operator<=>(const FieldRead&, const FieldRead&) = default;
};

// A rule's name; its versions stand side by side, their effective ranges do not meet.
struct Rule {
    RuleKind kind = RuleKind::Fit;
    std::string name;
    std::string doc;
    std::vector<std::string> owners;     // team names
    Type type;                           // Decision: of the value; Fit: the tier enum
    bool optional = false;               // Decision: the value may be unknown
    std::vector<std::uint32_t> versions; // indexes in Plan::fits, decisions, …
    std::vector<FieldRead> reads;        // sorted
    std::vector<std::uint32_t>
        rules_read; // indexes in Plan::rules, sorted: its own and earlier layers
    SourceNote note;

    friend bool operator==(const Rule&, const Rule&) = default;
};

struct TextList {
    std::string name;
    std::vector<std::string> values; // sorted, distinct

    friend bool operator==(const TextList&, const TextList&) = default;
};

struct LookupTable {
    std::string name;
    std::vector<Type> key_types;
    Type type;
    std::map<std::vector<Value>, Value> rows;

    friend bool operator==(const LookupTable&, const LookupTable&) = default;
};

bool operator<(const Value& left, const Value& right); // a total order for keys

struct Plan {
    // Header.
    std::string name;
    std::string version;
    std::string timezone; // IANA name
    Currency currency;
    std::string content_hash; // SHA-256 of the typed model, hex

    Schema schema;
    std::vector<Node> nodes;
    std::vector<Aggregate> aggregates;
    std::vector<TextList> lists;
    std::vector<LookupTable> lookups;
    std::vector<Signal> signals;
    std::vector<Calendar> calendars;
    std::vector<Policy> policies;

    std::vector<Rule> rules; // sorted by layer, then in an order in which none reads a later one
    std::vector<Fit> fits;
    std::vector<Decision> decisions;
    std::vector<Table> tables;
    std::vector<Trigger> triggers;
    std::vector<Credit> credits;

    // How a node reads in the source, for explanations; parallel to `nodes`, empty where unknown.
    std::vector<std::string> labels;

    // Out of line: what a Plan is made of takes long to compile, and is destroyed in many places.
    Plan();
    Plan(const Plan&);
    Plan(Plan&&) noexcept;
    Plan& operator=(const Plan&);
    Plan& operator=(Plan&&) noexcept;
    ~Plan();

    const Node& node(NodeId id) const { return nodes[id]; }

    friend bool operator==(const Plan&, const Plan&) = default;
};

} // namespace rulebook::plan
