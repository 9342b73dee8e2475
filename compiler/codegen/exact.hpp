// What exact arithmetic is made of; internal to this folder.
#pragma once

#include <cstdint>

#include "compiler/codegen/kernel.hpp"

namespace rulec::codegen {

// An integer, and whether it fits (i1).
struct Checked {
    llvm::Value* value = nullptr;
    llvm::Value* fits = nullptr;
};

// a + b, a - b, a * b of i64.
Checked checked_add(llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b);
Checked checked_subtract(llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b);
Checked checked_multiply(llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b);

// numerator / divisor, i128 each, rounded half to even, as i64. Divisor 0: does not fit.
Checked divide_half_even(llvm::IRBuilder<>& ir, llvm::Value* numerator, llvm::Value* divisor);

// a * b / divisor: the exact product of i64, rounded once.
Checked multiply_divide(llvm::IRBuilder<>& ir, llvm::Value* a, llvm::Value* b,
                        llvm::Value* divisor);

// low <= value <= high of i64.
llvm::Value* is_between(llvm::IRBuilder<>& ir, llvm::Value* value, std::int64_t low,
                        std::int64_t high);

// As a number, where that is exact.
Checked exact_number(llvm::IRBuilder<>& ir, llvm::Value* integer);
// A number that is whole as an i64: does not fit beyond.
Checked integer_of_whole(llvm::IRBuilder<>& ir, llvm::Value* whole);
// Not NaN and not infinite.
llvm::Value* is_finite(llvm::IRBuilder<>& ir, llvm::Value* number);

} // namespace rulec::codegen
