// Answers about one record at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/single/direct.hpp"
#include "runtime/single/record.hpp"
#include "runtime/single/rulebook.hpp"

namespace rulebook::single {

// What a fit gives.
struct FitAnswer {
    std::int64_t score = 0; // hundredths
    // Index in the rule's enum, from the lowest tier (0) up; -1: the fit has no tiers. The names:
    // plan.schema.enums[rule.type.enum_index()].values.
    std::int64_t tier = -1;
    bool out = false;
    std::uint32_t unknowns = 0;            // clauses whose truth is unknown, `out when` included
    std::span<const std::uint64_t> hits{}; // a bit each clause, the first in the lowest
};

// What a decision gives.
struct DecisionAnswer {
    std::uint32_t choice = 0; // which `choose` it was, from 1; 0: nothing matched
    plan::Value value;        // an unknown has its cause where the interpreter was asked
};

// A record to fill, and what the rules of a rulebook give for it: fill record(), evaluate(), ask;
// then fill it anew. One thread at a time per object. Where the rules' code needs nothing but
// fields of the root record, the kernels are called on the record itself and nothing is allocated
// (texts aside that were never seen before); otherwise the record becomes a data set of one.
class Scorer {
public:
    // Keeps the rulebook as long as it lives.
    explicit Scorer(std::shared_ptr<const Rulebook> rulebook);

    const Rulebook& rulebook() const { return *rulebook_; }
    Record& record() { return record_; }

    // `instant`: microseconds since 1970 UTC, at which everything in the record is known.
    void evaluate(std::int64_t instant);
    // Whether the last evaluation took the direct way.
    bool was_direct() const { return direct_now_; }

    // After evaluate(), until the next. `rule`: index in Plan::rules, of a rule of that kind.
    // Nothing where no version of it is in force.
    std::optional<FitAnswer> fit(std::uint32_t rule);
    std::optional<DecisionAnswer> decision(std::uint32_t rule);
    std::optional<interpret::TableResult> table(std::uint32_t rule);

private:
    // The record as a data set of one.
    struct Aside {
        data::Dataset dataset;
        interpret::Evaluator evaluator;
        Aside(const Rulebook& rulebook, data::Dataset made)
            : dataset(std::move(made)), evaluator(rulebook.expressions(), dataset) {}
    };

    void choose_code(std::int64_t instant);
    Aside& aside();
    plan::Value ask(plan::NodeId node);

    std::shared_ptr<const Rulebook> rulebook_;
    Record record_;
    const native::Code* code_ = nullptr; // the one for the instants that were asked about last
    std::optional<Direct> direct_;       // its kernels, where they can be called so
    bool direct_now_ = false;
    std::int64_t instant_ = 0;
    std::unique_ptr<Aside> aside_; // of the record at hand, once it is needed
    std::vector<std::uint64_t> hits_;
    std::vector<std::uint32_t> rows_;
};

} // namespace rulebook::single
