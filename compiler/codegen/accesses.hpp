// Loads and stores of a kernel: where arrays begin, and which accesses cannot meet. Internal to
// this folder.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include <llvm/IR/IRBuilder.h>

#include "runtime/native/program.hpp"

namespace rulec::codegen {

using rulebook::native::ArrayIndex;
using rulebook::native::Cell;

enum class Half : std::uint8_t { Values, Known };
using ArrayHalf = std::pair<ArrayIndex, Half>;

class Accesses {
public:
    // `entry`: where to look for the arrays, before all loops.
    Accesses(llvm::Function& function, llvm::IRBuilder<>& entry)
        : function_(function), entry_(entry) {}

    // The cell at an index (i64). Cells of Bool, and what is known, are i1.
    llvm::Value* load(llvm::IRBuilder<>& ir, ArrayHalf from, Cell cell, llvm::Value* index);
    void store(llvm::IRBuilder<>& ir, ArrayHalf to, llvm::Value* index, llvm::Value* value);

    // Asks the memory for a cell that will be loaded later; there may be none at the index.
    void fetch(llvm::IRBuilder<>& ir, ArrayHalf from, Cell cell, llvm::Value* index);

    // No two arrays overlap: tells the optimiser so, after the last access.
    void note_what_cannot_meet();

private:
    struct Access {
        llvm::Instruction* instruction;
        ArrayHalf half;
    };

    llvm::Value* base_of(ArrayHalf half);

    llvm::Function& function_;
    llvm::IRBuilder<>& entry_;
    std::map<ArrayHalf, llvm::Value*> bases_;
    std::vector<Access> loads_;
    std::vector<Access> stores_;
};

llvm::Type* type_of(llvm::IRBuilder<>& ir, Cell cell);

} // namespace rulec::codegen
