// Windows, seen from a row's instant: as runtime/interpret/window.cpp.
#include <limits>

#include <llvm/IR/Intrinsics.h>

#include "compiler/codegen/element_emission.hpp"
#include "compiler/codegen/exact.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;

namespace {

constexpr std::int64_t kEarliest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();

llvm::Value* constant(llvm::IRBuilder<>& ir, std::int64_t value) {
    return ir.getInt64(static_cast<std::uint64_t>(value));
}

// Instants from the first to the last, both inside.
struct Range {
    llvm::Value* first;
    llvm::Value* last;
};

// Nothing is inside where `none` holds.
Range unless(llvm::IRBuilder<>& ir, llvm::Value* none, const Range& range) {
    return {ir.CreateSelect(none, constant(ir, kLatest), range.first),
            ir.CreateSelect(none, constant(ir, kEarliest), range.last)};
}

// (end - span, end]
Range back_from(llvm::IRBuilder<>& ir, const plan::Span& span, llvm::Value* end) {
    const Checked excluded = checked_subtract(ir, end, constant(ir, span.microseconds));
    auto* const after = ir.CreateAdd(excluded.value, ir.getInt64(1));
    auto* const first = ir.CreateSelect(excluded.fits, after, constant(ir, kEarliest));
    auto* const none =
        ir.CreateAnd(excluded.fits, ir.CreateICmpEQ(excluded.value, constant(ir, kLatest)));
    return unless(ir, none, {first, end});
}

// `start`: of a calendar window.
Range of_window(llvm::IRBuilder<>& ir, const plan::Window& window, llvm::Value* anchor,
                llvm::Value* start) {
    switch (window.kind) {
    case plan::WindowKind::Since:
        return {anchor, constant(ir, kLatest)};
    case plan::WindowKind::Before: {
        auto* const none = ir.CreateICmpEQ(anchor, constant(ir, kEarliest));
        return unless(ir, none, {constant(ir, kEarliest), ir.CreateSub(anchor, ir.getInt64(1))});
    }
    case plan::WindowKind::Last:
    case plan::WindowKind::LastBefore:
        break;
    }
    return window.span.calendar ? Range{start, anchor} : back_from(ir, window.span, anchor);
}

} // namespace

Bounds write_bounds(Emission& emission, const std::vector<plan::Window>& windows,
                    plan::NodeId aggregate) {
    auto& ir = emission.body();
    Range all{constant(ir, kEarliest), constant(ir, kLatest)};
    llvm::Value* known = ir.getTrue();
    for (std::uint32_t i = 0; i < windows.size(); ++i) {
        const plan::Window& window = windows[i];
        Lowered anchor{emission.instant(), ir.getTrue()};
        if (window.kind != plan::WindowKind::Last)
            anchor = emission.value(window.anchor);
        known = ir.CreateAnd(known, anchor.known);
        llvm::Value* const start =
            window.span.calendar ? emission.window_start(aggregate, i) : nullptr;
        const Range passed = of_window(ir, window, anchor.value, start);
        all = {ir.CreateBinaryIntrinsic(llvm::Intrinsic::smax, all.first, passed.first),
               ir.CreateBinaryIntrinsic(llvm::Intrinsic::smin, all.last, passed.last)};
    }
    all = unless(ir, ir.CreateNot(known), all);
    return {emission.write(Cell::Integer, all.first), emission.write(Cell::Integer, all.last)};
}

} // namespace rulec::codegen
