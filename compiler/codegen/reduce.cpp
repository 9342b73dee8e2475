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
    Segment(Emission& emission, const Reduction& reduction, const ElementValues& element,
            bool running)
        : emission_(emission), kernel_(emission.kernel()), inside_(kernel_.body()),
          body_(kernel_.behind()), reduction_(reduction), element_(element), running_(running) {}

    Lowered reduced() {
        if (reduction_.clause != nullptr)
            return count();
        switch (reduction_.aggregate->kind) {
        case AggregateKind::Any:
            return any();
        case AggregateKind::Every:
            return every();
        case AggregateKind::Sum:
            return sum();
        case AggregateKind::Avg:
            return average();
        case AggregateKind::Min:
            return extreme(false);
        case AggregateKind::Max:
            return extreme(true);
        case AggregateKind::First:
            return in_time(false);
        case AggregateKind::Last:
            return in_time(true);
        case AggregateKind::Distinct:
            return distinct();
        case AggregateKind::Count:
            break;
        }
        return count();
    }

private:
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
    // Of no element it is 0; where no element has a value it is unknown.
    llvm::Value* is_known_total() {
        llvm::Value* const elements = how_many(counts());
        llvm::Value* const known = how_many(has_value());
        return body_.CreateOr(body_.CreateICmpEQ(elements, body_.getInt32(0)),
                              body_.CreateICmpNE(known, body_.getInt32(0)));
    }
    Lowered sum() {
        llvm::Value* const some = is_known_total();
        if (is_real())
            return finite(number_total(), some);
        const Checked total = narrowed(exact_total());
        return {total.value, body_.CreateAnd(some, total.fits)};
    }
    // At the place of the first element with a value it is noted whether one with it has counted.
    Lowered distinct() {
        const auto field = emission_.plan().node(reduction_.aggregate->value).index;
        llvm::Value* const place = kernel_.load(emission_.array_of_firsts(field), Cell::Count);
        auto* const first = inside_.CreateZExt(place, inside_.getInt64Ty());
        const ArrayIndex notes = emission_.new_running(Cell::Bool);
        auto* const noted = inside_.CreateAnd(inside_.CreateICmpNE(first, kernel_.element()),
                                              kernel_.load_inside_at(notes, Cell::Bool, first));
        auto* const is_new = inside_.CreateAnd(has_value(), inside_.CreateNot(noted));
        kernel_.store_inside_at(notes, first, inside_.CreateOr(noted, has_value()));
        llvm::Value* const known = is_known_total();
        return {body_.CreateZExt(how_many(is_new), body_.getInt64Ty()), known};
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

    llvm::Value* counts() const { return element_.counts; }
    Lowered value() const { return element_.value; }
    llvm::Value* has_value() { return inside_.CreateAnd(counts(), value().known); }
    plan::Type result_type() const { return emission_.plan().node(reduction_.node).type; }
    bool is_real() const {
        return cell_of(emission_.plan().node(reduction_.aggregate->value).type) == Cell::Real;
    }

    // total += addend
    llvm::Value* total(llvm::Value* addend) {
        auto* const none = llvm::Constant::getNullValue(addend->getType());
        llvm::PHINode* const before = kernel_.before(none);
        auto* const after = inside_.CreateAdd(before, addend);
        llvm::Value* const of_all = kernel_.after(before, after);
        return running_ ? total_of_row(after) : of_all;
    }
    llvm::Value* how_many(llvm::Value* truth) {
        return total(inside_.CreateZExt(truth, inside_.getInt32Ty()));
    }

    // Up to the last element that is there, less what comes before the window.
    llvm::Value* total_of_row(llvm::Value* after) {
        const Cell cell = after->getType()->isIntegerTy(32) ? Cell::Count : Cell::Integer;
        const ArrayIndex totals = emission_.write_running(cell, after);
        llvm::Value* const of_seen = total_before(totals, cell, emission_.array_of_seen());
        if (reduction_.aggregate->windows.empty())
            return of_seen;
        const ArrayIndex entered = emission_.array_of_entered(reduction_.node);
        return body_.CreateSub(of_seen, total_before(totals, cell, entered));
    }
    llvm::Value* total_before(ArrayIndex totals, Cell cell, ArrayIndex place) {
        llvm::Value* const first = kernel_.load_behind(emission_.array_of_begins(), Cell::Count);
        llvm::Value* const at = kernel_.load_behind(place, Cell::Count);
        auto* const some = body_.CreateICmpUGT(at, first);
        auto* const last = body_.CreateSub(at, body_.CreateZExt(some, body_.getInt32Ty()));
        llvm::Value* const total =
            kernel_.load_behind_at(totals, cell, body_.CreateZExt(last, body_.getInt64Ty()));
        return body_.CreateSelect(some, total, llvm::Constant::getNullValue(total->getType()));
    }

    // The upper and the lower halves of the values, added up apart: nothing overflows, and several
    // are added at a time.
    llvm::Value* exact_total() {
        auto* const element = inside_.CreateSelect(has_value(), value().value, inside_.getInt64(0));
        const auto add_up = [&](llvm::Value* part) {
            return body_.CreateSExt(total(part), body_.getInt128Ty());
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
    bool running_;
};

} // namespace

Lowered reduce(Emission& emission, const Reduction& reduction, const ElementValues& element) {
    return Segment(emission, reduction, element, false).reduced();
}

Lowered reduce_running(Emission& emission, const Reduction& reduction,
                       const ElementValues& element) {
    return Segment(emission, reduction, element, true).reduced();
}

} // namespace rulec::codegen
