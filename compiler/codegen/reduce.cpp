// What the elements of a row give together, element by element in the collection's order.
#include <limits>

#include "compiler/codegen/element_emission.hpp"
#include "compiler/codegen/exact.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
using plan::AggregateKind;

namespace {

using Limits = std::numeric_limits<std::int64_t>;

class Segment {
public:
    Segment(Emission& emission, const Reduction& reduction, const ElementValues& element)
        : emission_(emission), kernel_(emission.kernel()), inside_(kernel_.body()),
          body_(kernel_.behind()), reduction_(reduction), element_(element) {}

    Lowered count() {
        return {body_.CreateZExt(how_many(counts()), body_.getInt64Ty()), body_.getTrue()};
    }
    Lowered any() {
        return {body_.CreateICmpNE(how_many(counts()), body_.getInt32(0)), body_.getTrue()};
    }
    // none that counts has `have` false or unknown
    Lowered every() {
        const Lowered have = value();
        auto* const has = inside_.CreateAnd(have.known, have.value);
        auto* const without = inside_.CreateAnd(counts(), inside_.CreateNot(has));
        return {body_.CreateICmpEQ(how_many(without), body_.getInt32(0)), body_.getTrue()};
    }
    Lowered sum() {
        llvm::Value* const elements = how_many(counts());
        llvm::Value* const known = how_many(has_value());
        // Of no element it is 0; where no element has a value it is unknown.
        auto* const some = body_.CreateOr(body_.CreateICmpEQ(elements, body_.getInt32(0)),
                                          body_.CreateICmpNE(known, body_.getInt32(0)));
        if (is_real())
            return finite(number_total(), some);
        const Checked total = narrowed(exact_total());
        return {total.value, body_.CreateAnd(some, total.fits)};
    }
    Lowered average() {
        llvm::Value* const known = how_many(has_value());
        auto* const some = body_.CreateICmpNE(known, body_.getInt32(0));
        auto* const count = body_.CreateZExt(known, body_.getInt64Ty());
        if (is_real())
            return finite(
                body_.CreateFDiv(number_total(), body_.CreateUIToFP(count, body_.getDoubleTy())),
                some);
        llvm::Value* const total = exact_total();
        if (result_type().is(plan::TypeKind::Number))
            return average_as_number(total, count, some);
        const Checked mean =
            divide_half_even(body_, total, body_.CreateZExt(count, body_.getInt128Ty()));
        return {mean.value, body_.CreateAnd(some, mean.fits)};
    }
    Lowered extreme(bool greatest) {
        const Lowered element = value();
        auto* const candidate = has_value();
        auto* const type = element.value->getType();
        llvm::PHINode* const best = kernel_.before(llvm::Constant::getNullValue(type));
        llvm::PHINode* const found = kernel_.before(body_.getFalse());
        llvm::Value* const a = greatest ? best : element.value;
        llvm::Value* const b = greatest ? element.value : best;
        auto* const better = inside_.CreateOr(inside_.CreateNot(found), is_less(a, b));
        auto* const taken = inside_.CreateAnd(candidate, better);
        auto* const next = inside_.CreateSelect(taken, element.value, best);
        auto* const found_next = inside_.CreateOr(found, candidate);
        return {kernel_.after(best, next), kernel_.after(found, found_next)};
    }
    // Of elements at one time the collection's order decides.
    Lowered in_time(bool last) {
        llvm::Value* const time = element_.time;
        const Lowered element = value();
        llvm::PHINode* const best = kernel_.before(
            body_.getInt64(static_cast<std::uint64_t>(last ? Limits::min() : Limits::max())));
        llvm::PHINode* const found = kernel_.before(body_.getFalse());
        llvm::PHINode* const result =
            kernel_.before(llvm::Constant::getNullValue(element.value->getType()));
        llvm::PHINode* const known = kernel_.before(body_.getFalse());
        auto* const comes =
            last ? inside_.CreateICmpSGE(time, best) : inside_.CreateICmpSLT(time, best);
        auto* const better = inside_.CreateOr(inside_.CreateNot(found), comes);
        auto* const taken = inside_.CreateAnd(counts(), better);
        kernel_.after(best, inside_.CreateSelect(taken, time, best));
        kernel_.after(found, inside_.CreateOr(found, taken));
        return {kernel_.after(result, inside_.CreateSelect(taken, element.value, result)),
                kernel_.after(known, inside_.CreateSelect(taken, element.known, known))};
    }

private:
    llvm::Value* counts() const { return element_.counts; }
    Lowered value() const { return element_.value; }
    llvm::Value* has_value() { return inside_.CreateAnd(counts(), value().known); }
    plan::Type result_type() const { return emission_.plan().node(reduction_.node).type; }
    bool is_real() const {
        return cell_of(emission_.plan().node(reduction_.aggregate->value).type) == Cell::Real;
    }

    // count += truth
    llvm::Value* how_many(llvm::Value* truth) {
        llvm::PHINode* const count = kernel_.before(body_.getInt32(0));
        return kernel_.after(
            count, inside_.CreateAdd(count, inside_.CreateZExt(truth, inside_.getInt32Ty())));
    }

    // The upper and the lower halves of the values, added up apart: nothing overflows, and several
    // are added at a time.
    llvm::Value* exact_total() {
        auto* const element = inside_.CreateSelect(has_value(), value().value, inside_.getInt64(0));
        const auto add_up = [&](llvm::Value* part) {
            llvm::PHINode* const total = kernel_.before(body_.getInt64(0));
            return body_.CreateSExt(kernel_.after(total, inside_.CreateAdd(total, part)),
                                    body_.getInt128Ty());
        };
        auto* const upper = add_up(inside_.CreateAShr(element, 32));
        auto* const lower = add_up(inside_.CreateAnd(element, inside_.getInt64(0xffffffff)));
        return body_.CreateAdd(body_.CreateShl(upper, 32), lower);
    }
    // One addition an element, in order.
    llvm::Value* number_total() {
        llvm::PHINode* const total =
            kernel_.before(llvm::ConstantFP::get(body_.getDoubleTy(), 0.0));
        auto* const more = inside_.CreateFAdd(total, value().value);
        return kernel_.after(total, inside_.CreateSelect(has_value(), more, total));
    }

    Checked narrowed(llvm::Value* wide) {
        auto* const narrow = body_.CreateTrunc(wide, body_.getInt64Ty());
        return {narrow, body_.CreateICmpEQ(body_.CreateSExt(narrow, body_.getInt128Ty()), wide)};
    }
    Lowered finite(llvm::Value* number, llvm::Value* some) {
        return {number, body_.CreateAnd(some, is_finite(body_, number))};
    }
    Lowered average_as_number(llvm::Value* total, llvm::Value* count, llvm::Value* some) {
        const Checked sum = narrowed(total);
        const Checked numerator = exact_number(body_, sum.value);
        const Checked denominator = exact_number(body_, count);
        auto* const fits =
            body_.CreateAnd(sum.fits, body_.CreateAnd(numerator.fits, denominator.fits));
        return {body_.CreateFDiv(numerator.value, denominator.value), body_.CreateAnd(some, fits)};
    }
    llvm::Value* is_less(llvm::Value* a, llvm::Value* b) {
        if (a->getType()->isDoubleTy())
            return inside_.CreateFCmpOLT(a, b);
        return a->getType()->isIntegerTy(1) ? inside_.CreateICmpULT(a, b)
                                            : inside_.CreateICmpSLT(a, b);
    }

    Emission& emission_;
    Kernel& kernel_;
    llvm::IRBuilder<>& inside_;
    llvm::IRBuilder<>& body_;
    const Reduction& reduction_;
    const ElementValues& element_;
};

} // namespace

Lowered reduce(Emission& emission, const Reduction& reduction, const ElementValues& element) {
    Segment segment(emission, reduction, element);
    if (reduction.clause != nullptr)
        return segment.count();
    switch (reduction.aggregate->kind) {
    case AggregateKind::Any:
        return segment.any();
    case AggregateKind::Every:
        return segment.every();
    case AggregateKind::Sum:
        return segment.sum();
    case AggregateKind::Avg:
        return segment.average();
    case AggregateKind::Min:
        return segment.extreme(false);
    case AggregateKind::Max:
        return segment.extreme(true);
    case AggregateKind::First:
        return segment.in_time(false);
    case AggregateKind::Last:
        return segment.in_time(true);
    case AggregateKind::Count:
    case AggregateKind::Distinct: // is not native
        break;
    }
    return segment.count();
}

} // namespace rulec::codegen
