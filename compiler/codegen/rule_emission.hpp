// Rules in the making, item by item; internal to this folder.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "compiler/codegen/emission.hpp"
#include "compiler/codegen/parts.hpp"
#include "compiler/codegen/reductions.hpp"

namespace rulec::codegen {

// Whether the fit is compiled: its points are whole hundredths that cannot overflow, and none
// depend on the elements of a collection one by one.
bool is_native(const rulebook::plan::Plan& plan, const Reductions& reductions,
               const rulebook::plan::Fit& fit);

// Where it is known how many elements of a row count for a clause `for each`: Integer.
using ElementCounts = std::map<const rulebook::plan::PointsClause*, ArrayIndex>;

// clauses, then limits: as runtime/interpret/fit.cpp
class FitEmission {
public:
    // `counts` outlives it.
    FitEmission(Emission& emission, const ElementCounts& counts, std::uint32_t rule,
                std::uint32_t version);

    void emit(const Item& item);
    std::vector<Carried*> carried();
    // After the item FitEnd.
    rulebook::native::FitArrays arrays() const { return arrays_; }

private:
    void add_out(const rulebook::plan::OutClause& out);
    void add_clause(std::uint32_t index, const rulebook::plan::PointsClause& clause);
    void count_unknown(llvm::Value* known);
    void add_points(const rulebook::plan::PointsClause& clause, llvm::Value* hit,
                    llvm::Value* points);
    void set_hit(std::uint32_t index, llvm::Value* hit);
    void finish();
    llvm::Value* clamped_total();
    llvm::Value* tier_of(llvm::Value* score);

    Emission& emission_;
    const ElementCounts& counts_;
    const rulebook::plan::Fit& fit_;
    std::int64_t out_tier_ = 0;
    std::vector<Carried> totals_; // of each group; the last: of clauses without one
    Carried unknowns_{Cell::Count};
    Carried out_{Cell::Bool};
    Carried hits_{Cell::Bits}; // of the 64 clauses at hand
    rulebook::native::FitArrays arrays_;
};

// The first `choose` whose condition is true: as runtime/interpret/decision.cpp
class DecisionEmission {
public:
    DecisionEmission(Emission& emission, std::uint32_t rule, std::uint32_t version);

    void emit(const Item& item);
    std::vector<Carried*> carried();
    // After the item DecisionEnd.
    rulebook::native::DecisionArrays arrays() const { return arrays_; }

private:
    void add_choice(std::uint32_t index, const rulebook::plan::Choice& choice);
    void finish();

    Emission& emission_;
    const rulebook::plan::Decision& decision_;
    bool has_value_ = false; // it is no text
    Carried choice_{Cell::Count};
    Carried value_;
    Carried known_{Cell::Bool};
    rulebook::native::DecisionArrays arrays_;
};

} // namespace rulec::codegen
