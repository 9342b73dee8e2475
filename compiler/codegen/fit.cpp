#include "compiler/codegen/ramp.hpp"
#include "compiler/codegen/rule_emission.hpp"

#include <algorithm>

#include <llvm/IR/Intrinsics.h>

#include "runtime/value/integer.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
using plan::PointsClause;
using rulebook::Int128;

namespace {

constexpr std::uint32_t kTruthsPerWord = 64;
constexpr Int128 kMostPoints = Int128{1} << 61;
// A collection has fewer than 2^32 elements.
constexpr Int128 kMostElements = Int128{1} << 32;
constexpr Int128 kMostPointsPerElement = Int128{1} << 28;

Int128 size_of(std::int64_t points) {
    return points < 0 ? -Int128{points} : Int128{points};
}

llvm::Value* constant(llvm::IRBuilder<>& ir, std::int64_t value) {
    return ir.getInt64(static_cast<std::uint64_t>(value));
}

// As runtime/interpret: the upper limit first.
llvm::Value* clamped(llvm::IRBuilder<>& ir, llvm::Value* points, std::optional<std::int64_t> low,
                     std::optional<std::int64_t> high) {
    if (high)
        points = ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, points, constant(ir, *high));
    if (low)
        points = ir.CreateBinaryIntrinsic(llvm::Intrinsic::smax, points, constant(ir, *low));
    return points;
}

bool is_native(const plan::Plan& plan, const Reductions& reductions, const PointsClause& clause) {
    if (clause.for_each)
        return reductions.is_native(clause) && size_of(clause.points) < kMostPointsPerElement;
    if (!clause.ramp)
        return true;
    const plan::Type input = plan.node(clause.ramp->input).type;
    return plan::representation(input.kind) == plan::Representation::Integer &&
           is_native_ramp(clause);
}

std::int64_t out_tier(const plan::Plan& plan, const plan::Rule& rule) {
    if (!rule.type.is(plan::TypeKind::Enum))
        return 0;
    return plan.schema.enums[rule.type.enum_index()].index_of("out").value_or(0);
}

} // namespace

bool is_native(const plan::Plan& plan, const Reductions& reductions, const plan::Fit& fit) {
    Int128 most = 0; // of all totals on the way, whatever the limits are
    for (const PointsClause& clause : fit.clauses) {
        most += size_of(clause.points) * (clause.for_each ? kMostElements : 1) +
                size_of(clause.points_to);
        for (const auto& limit : {clause.at_most, clause.at_least})
            most += limit ? size_of(*limit) : 0;
    }
    for (const plan::PointsGroup& group : fit.groups)
        for (const auto& limit : {group.at_most, group.at_least})
            most += limit ? size_of(*limit) : 0;
    return most < kMostPoints &&
           std::ranges::all_of(
               fit.clauses,
               [&](const auto& clause) { return is_native(plan, reductions, clause); });
}

FitEmission::FitEmission(Emission& emission, const ElementCounts& counts, std::uint32_t rule,
                         std::uint32_t version)
    : emission_(emission), counts_(counts), fit_(emission.plan().fits[version]),
      out_tier_(out_tier(emission.plan(), emission.plan().rules[rule])),
      totals_(fit_.groups.size() + 1, Carried(Cell::Integer)) {
    arrays_.rule = rule;
    arrays_.version = version;
}

std::vector<Carried*> FitEmission::carried() {
    std::vector<Carried*> all{&unknowns_, &out_, &hits_};
    for (Carried& total : totals_)
        all.push_back(&total);
    return all;
}

void FitEmission::emit(const Item& item) {
    if (item.kind == Item::Kind::Out)
        add_out(fit_.outs[item.index]);
    else if (item.kind == Item::Kind::Clause)
        add_clause(item.index, fit_.clauses[item.index]);
    else
        finish();
}

// out |= truth
void FitEmission::add_out(const plan::OutClause& clause) {
    auto& ir = emission_.body();
    const Lowered truth = emission_.value(clause.when);
    auto* const matched = ir.CreateAnd(truth.known, truth.value);
    auto* const before = emission_.get(out_);
    emission_.put(out_, before == nullptr ? matched : ir.CreateOr(before, matched));
    count_unknown(truth.known);
}

void FitEmission::count_unknown(llvm::Value* known) {
    auto& ir = emission_.body();
    auto* const one = ir.CreateZExt(ir.CreateNot(known), ir.getInt32Ty());
    auto* const before = emission_.get(unknowns_);
    emission_.put(unknowns_, before == nullptr ? one : ir.CreateAdd(before, one));
}

// hit = condition is true, and the input of a line is known
void FitEmission::add_clause(std::uint32_t index, const PointsClause& clause) {
    auto& ir = emission_.body();
    Lowered truth{ir.getTrue(), ir.getTrue()};
    if (clause.when != plan::kNoNode)
        truth = emission_.value(clause.when);
    llvm::Value* hit = ir.CreateAnd(truth.known, truth.value);
    llvm::Value* known = truth.known;
    llvm::Value* points = constant(ir, clause.points);
    if (clause.ramp) {
        const Lowered input = emission_.value(clause.ramp->input);
        known = ir.CreateAnd(known, ir.CreateOr(ir.CreateNot(hit), input.known));
        hit = ir.CreateAnd(hit, input.known);
        points = points_on_line(ir, clause, input.value);
    }
    if (clause.for_each) {
        auto* const count = emission_.kernel().load(counts_.at(&clause), Cell::Integer);
        hit = ir.CreateAnd(hit, ir.CreateICmpNE(count, ir.getInt64(0)));
        points = ir.CreateMul(points, count);
    }
    count_unknown(known);
    add_points(clause, hit, clamped(ir, points, clause.at_least, clause.at_most));
    set_hit(index, hit);
}

// total += hit ? points : 0
void FitEmission::add_points(const PointsClause& clause, llvm::Value* hit, llvm::Value* points) {
    auto& ir = emission_.body();
    Carried& total = clause.group ? totals_[*clause.group] : totals_.back();
    auto* const added = ir.CreateSelect(hit, points, ir.getInt64(0));
    auto* const before = emission_.get(total);
    emission_.put(total, before == nullptr ? added : ir.CreateAdd(before, added));
}

// hits |= hit << (index % 64)
void FitEmission::set_hit(std::uint32_t index, llvm::Value* hit) {
    auto& ir = emission_.body();
    const std::uint32_t place = index % kTruthsPerWord;
    auto* const bit = ir.CreateSelect(hit, ir.getInt64(std::uint64_t{1} << place), ir.getInt64(0));
    auto* const before = place == 0 ? nullptr : emission_.get(hits_);
    emission_.put(hits_, before == nullptr ? bit : ir.CreateOr(before, bit));
    if (place + 1 == kTruthsPerWord || index + 1 == fit_.clauses.size())
        arrays_.hits.push_back(emission_.write(Cell::Bits, emission_.get(hits_)));
}

llvm::Value* FitEmission::clamped_total() {
    auto& ir = emission_.body();
    llvm::Value* sum = ir.getInt64(0);
    for (std::size_t i = 0; i < totals_.size(); ++i) {
        llvm::Value* total = emission_.get(totals_[i]);
        if (total == nullptr)
            total = ir.getInt64(0);
        if (i < fit_.groups.size())
            total = clamped(ir, total, fit_.groups[i].at_least, fit_.groups[i].at_most);
        sum = ir.CreateAdd(sum, total);
    }
    return clamped(ir, sum, fit_.score_low, fit_.score_high);
}

// The first tier, from the highest down, that the score reaches.
llvm::Value* FitEmission::tier_of(llvm::Value* score) {
    auto& ir = emission_.body();
    llvm::Value* tier = constant(ir, -1);
    for (auto each = fit_.tiers.rbegin(); each != fit_.tiers.rend(); ++each)
        tier = ir.CreateSelect(ir.CreateICmpSGE(score, constant(ir, each->from)),
                               constant(ir, each->value), tier);
    return tier;
}

void FitEmission::finish() {
    auto& ir = emission_.body();
    const auto or_zero = [&](Carried& carried, llvm::Value* zero) {
        llvm::Value* const value = emission_.get(carried);
        return value == nullptr ? zero : value;
    };
    auto* const out = or_zero(out_, ir.getFalse());
    auto* const reached = clamped_total();
    auto* const tier = fit_.tiers.empty()
                           ? constant(ir, -1)
                           : ir.CreateSelect(out, constant(ir, out_tier_), tier_of(reached));
    auto* const score = ir.CreateSelect(out, ir.getInt64(0), reached);
    emission_.kernel().comment(score, emission_.plan().rules[arrays_.rule].name + " score");
    emission_.kernel().comment(tier, emission_.plan().rules[arrays_.rule].name + " tier");
    arrays_.score = emission_.write(Cell::Integer, score);
    arrays_.tier = emission_.write(Cell::Integer, tier);
    arrays_.out = emission_.write(Cell::Bool, out);
    arrays_.unknowns = emission_.write(Cell::Count, or_zero(unknowns_, ir.getInt32(0)));
}

} // namespace rulec::codegen
