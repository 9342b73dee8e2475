// What a rulebook costs, as formulas over the number of records: the operations of each rule, and
// what each trigger keeps of an account between two records of a stream. Read off the plan; nothing
// is measured.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulec::lower {

struct PerRecord;

// An upper bound: equal steps of a rule count once, and every step counts as taken. Constants are
// no steps.
struct Operations {
    std::int64_t once = 0;             // per record of the entity that the rule is about
    std::vector<PerRecord> per_record; // of the collections that it goes over, in source order
    std::vector<std::uint32_t> rules;  // whose results it takes (Plan::rules), ascending
};

// The step over to the record is one of them.
struct PerRecord {
    rulebook::plan::EntityIndex collection = 0;
    std::optional<rulebook::plan::EntityIndex> of; // of each record of that entity around it
    std::string window; // "in last 7 days": only those inside are looked at; empty: all
    Operations each;
};

struct RuleCost {
    std::uint32_t rule = 0;    // index in Plan::rules
    std::uint32_t version = 0; // in Plan::fits, decisions, …
    Operations operations;
    // Of a trigger: asked anew each time, on top of the above; nothing where nothing is asked.
    std::optional<Operations> at_candidate{};
};

// A number of things of one kind that a trigger keeps.
struct Kept {
    std::int64_t count = 0;
    std::string what;       // "partial match": the singular
    std::int64_t bytes = 0; // of the instants and values themselves, 8 each
};

// The records of a collection that must be at hand when a candidate is judged.
struct KeptRecords {
    rulebook::plan::EntityIndex collection = 0;
    bool all = false;
    std::string window;  // "in last 30 days"; empty where all are kept
    std::string read_by; // the expression that reads furthest back, as written
};

struct StateCost {
    std::uint32_t rule = 0;    // index in Plan::rules
    std::uint32_t version = 0; // in Plan::triggers
    std::vector<Kept> machine;
    std::vector<KeptRecords> records; // by collection
    std::optional<std::uint32_t> policy;
    bool all_firings = false; // other rules ask when it fired
};

struct PolicyState {
    std::uint32_t policy = 0; // in Plan::policies
    Kept firings;             // shared by its triggers
};

struct RulebookCost {
    std::vector<RuleCost> rules;     // in the order of Plan::rules, every version
    std::vector<StateCost> triggers; // likewise
    std::vector<PolicyState> policies;
};

RulebookCost cost_of(const rulebook::plan::Plan& plan);

// "12 + users × 4 + deals × (2 + lines of each × 3) + design_icp".
std::string formula(const rulebook::plan::Plan& plan, const Operations& operations);
// "0 + events × 3; at each candidate 5 + events in last 7 days × 4".
std::string formula(const rulebook::plan::Plan& plan, const RuleCost& cost);
// "2 partial matches (32 bytes) + deals: all (read without a window by …)".
std::string formula(const rulebook::plan::Plan& plan, const StateCost& state);
std::string formula(const Kept& kept); // "2 partial matches (32 bytes)"

// ---- the two halves, for cost_of
RuleCost operations_of(const rulebook::plan::Plan& plan, std::uint32_t rule, std::uint32_t version);
StateCost state_of(const rulebook::plan::Plan& plan, std::uint32_t rule, std::uint32_t version);

} // namespace rulec::lower
