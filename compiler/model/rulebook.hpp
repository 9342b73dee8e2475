// The model of a rulebook: every name resolved, every expression typed, everything that the plan
// needs and everything that checks and tools ask of the source.
//
// Rules are held as the plan holds them (runtime/plan/rules.hpp); in the model their node ids are
// ids of Rulebook::expressions, and lowering maps them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/model/expression.hpp"
#include "compiler/model/test.hpp"
#include "compiler/syntax/ast.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::model {

struct Header {
    std::string name;
    std::string version;
    std::string timezone = "UTC";
    rulebook::Currency currency;
    std::optional<std::int64_t> locked_before; // instant
    std::string restate;
    Span span;
};

struct Team {
    std::string name;
    std::string title;
    std::vector<std::string> reviewers;
    Span span;
};

struct Parameter {
    std::string name;
    bool record = false; // of an entity: bound to a frame
    rulebook::plan::EntityIndex entity = 0;
    rulebook::plan::Type type; // of a value
};

// One version of a definition.
struct DefinitionVersion {
    rulebook::plan::Effective effective;
    ExprId body = kError;
    Span span;
};

// All versions of one name; they take the same parameters and give the same type.
struct Definition {
    std::string name;
    std::vector<Parameter> parameters;
    rulebook::plan::Type type;
    bool may_be_unknown = false;
    int layer = 0; // the highest layer that it reads
    std::vector<DefinitionVersion> versions;
    Span span;
};

struct Signal {
    std::string name;
    rulebook::plan::EntityIndex collection = 0;
    ExprId where = kNothing; // in frame 1
    Span span;
};

// A rule and where its versions stand.
struct Rule {
    rulebook::plan::Rule head; // `reads` and `rules_read` are filled by lowering
    std::vector<Span> version_spans;
    Span span;
};

// Where the parts of a trigger stand.
struct TriggerSpans {
    Span name;
    Span on;
    std::vector<Span> patterns;            // parallel to On::patterns
    std::vector<std::vector<Span>> within; // per pattern, parallel to Pattern::within
};

struct PolicySpans {
    Span name;
    std::vector<Span> prefer; // parallel to Policy::prefer
    Span exempt;              // nowhere if none is
};

// Rates of one name: the rows of all of its versions, whose conditions are expression ids.
struct Rates {
    std::string name;
    std::vector<rulebook::plan::RateRow> rows;
    std::vector<rulebook::plan::Effective> ranges; // per version
    std::vector<Span> spans;                       // per version
    bool erroneous = false;                        // reported: what uses them stays silent
};

// A file of learnt weights that a split reads.
struct LearntWeights {
    std::size_t credit = 0; // index in Rulebook::credits
    std::size_t split = 0;  // index in its splits
    std::string rule;
    std::string path;
    std::string rule_hash; // journey_fingerprint of what they were learnt by; empty: not told
    Span span;             // where the file is named
};

struct Rulebook {
    Header header;
    std::vector<Team> teams;
    rulebook::plan::Schema schema;
    std::vector<Span> entity_spans; // parallel to schema.entities

    std::vector<rulebook::plan::TextList> lists;
    std::vector<rulebook::plan::LookupTable> lookups;
    std::vector<Definition> definitions;
    std::vector<Signal> signals;
    std::vector<Rates> rates;
    std::vector<rulebook::plan::Calendar> calendars;
    std::vector<rulebook::plan::Policy> policies;

    std::vector<Rule> rules;
    std::vector<rulebook::plan::Fit> fits;
    std::vector<rulebook::plan::Decision> decisions;
    std::vector<rulebook::plan::Table> tables;
    std::vector<std::vector<Span>> choice_spans; // per decision
    std::vector<bool> missing_allowed;           // per decision: its type is written `T?`
    std::vector<std::vector<Span>> row_spans;    // per table
    std::vector<std::vector<Span>> tier_spans;   // per fit, from the highest tier down
    std::vector<rulebook::plan::Trigger> triggers;
    std::vector<TriggerSpans> trigger_spans; // per trigger
    std::vector<PolicySpans> policy_spans;   // per policy
    std::vector<rulebook::plan::Credit> credits;
    std::vector<LearntWeights> learnt_weights; // of the files that are there
    std::vector<Test> tests;

    std::vector<Expression> expressions;
    std::vector<rulebook::plan::Aggregate> aggregates; // node ids are expression ids

    // Out of line: what a Rulebook is made of takes long to compile, and is destroyed in many
    // places.
    Rulebook();
    Rulebook(const Rulebook&);
    Rulebook(Rulebook&&) noexcept;
    Rulebook& operator=(const Rulebook&);
    Rulebook& operator=(Rulebook&&) noexcept;
    ~Rulebook();

    const Expression& operator[](ExprId id) const { return expressions[id]; }
    std::optional<std::uint32_t> rule_named(std::string_view name) const;
};

} // namespace rulec::model
