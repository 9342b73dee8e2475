#include "compiler/codegen/ramp.hpp"

#include <cstdlib>
#include <utility>

#include <llvm/IR/Intrinsics.h>

#include "compiler/codegen/exact.hpp"
#include "runtime/value/integer.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
using rulebook::Int128;

namespace {

// Points from, at x = low, to points to, at x = high; low <= high.
struct Line {
    std::int64_t low, high;
    std::int64_t from, to;

    Int128 length() const { return Int128{high} - low; }
    Int128 rise() const { return Int128{to} - from; }
    // No numerator of points_on_line is larger.
    Int128 largest() const {
        const auto size = [](Int128 value) { return value < 0 ? -value : value; };
        return (size(from) + size(rise())) * length();
    }
};

Line line_of(const plan::PointsClause& clause) {
    Line line{clause.ramp->from.integer(), clause.ramp->to.integer(), clause.points,
              clause.points_to};
    if (line.high < line.low) {
        std::swap(line.low, line.high);
        std::swap(line.from, line.to);
    }
    return line;
}

constexpr Int128 kMostPoints = Int128{1} << 40;
constexpr std::int64_t kExactInDoubles = std::int64_t{1} << 52;

llvm::Value* constant(llvm::IRBuilder<>& ir, std::int64_t value) {
    return ir.getInt64(static_cast<std::uint64_t>(value));
}

llvm::Value* real(llvm::IRBuilder<>& ir, Int128 value) {
    return llvm::ConstantFP::get(ir.getDoubleTy(), static_cast<double>(value));
}

// Everything below 2^52 in size, the quotient is the nearest double and so half way between two
// integers only where the exact one is: that lies at least 1/(2 length) from any other half, which
// is more than it is rounded by.
llvm::Value* in_doubles(llvm::IRBuilder<>& ir, const Line& line, llvm::Value* way) {
    auto* const rise = ir.CreateFMul(ir.CreateSIToFP(way, ir.getDoubleTy()), real(ir, line.rise()));
    auto* const points = ir.CreateFAdd(rise, real(ir, Int128{line.from} * line.length()));
    auto* const quotient = ir.CreateFDiv(points, real(ir, line.length()));
    return ir.CreateFPToSI(ir.CreateUnaryIntrinsic(llvm::Intrinsic::roundeven, quotient),
                           ir.getInt64Ty());
}

llvm::Value* in_wide_integers(llvm::IRBuilder<>& ir, const Line& line, llvm::Value* way) {
    auto* const wide = ir.getInt128Ty();
    const auto widened = [&](std::int64_t value) {
        return llvm::ConstantInt::getSigned(wide, value);
    };
    auto* const length = widened(static_cast<std::int64_t>(line.length()));
    auto* const rise =
        ir.CreateMul(ir.CreateSExt(way, wide), widened(static_cast<std::int64_t>(line.rise())));
    auto* const points = ir.CreateAdd(ir.CreateMul(widened(line.from), length), rise);
    return divide_half_even(ir, points, length).value;
}

} // namespace

bool is_native_ramp(const plan::PointsClause& clause) {
    const plan::Ramp& ramp = *clause.ramp;
    const auto is_integer = [](const plan::Value& value) { return value.alternative() == 2; };
    if (!is_integer(ramp.from) || !is_integer(ramp.to))
        return false;
    const Line line = line_of(clause);
    const auto small = [](Int128 points) { return points > -kMostPoints && points < kMostPoints; };
    return small(line.from) && small(line.to) && rulebook::narrow(line.length()).has_value();
}

llvm::Value* points_on_line(llvm::IRBuilder<>& ir, const plan::PointsClause& clause,
                            llvm::Value* x) {
    const Line line = line_of(clause);
    auto* const low = constant(ir, line.low);
    auto* const high = constant(ir, line.high);
    if (line.length() == 0)
        return ir.CreateSelect(ir.CreateICmpSGT(x, low), constant(ir, line.to),
                               constant(ir, line.from));
    auto* const above = ir.CreateBinaryIntrinsic(llvm::Intrinsic::smax, x, low);
    auto* const inside = ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, above, high);
    auto* const way = ir.CreateSub(inside, low);
    return line.largest() < kExactInDoubles ? in_doubles(ir, line, way)
                                            : in_wide_integers(ir, line, way);
}

} // namespace rulec::codegen
