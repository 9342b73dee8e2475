// One kernel in the making: a function with the loop over rows. What is lowered sees only the body
// of the loop. Internal to this folder.
//
//   void name(const Array* arrays, int64_t rows) {
//       T* a0 = arrays[0].values; uint8_t* k0 = arrays[0].known; …   // those that are used
//       for (int64_t row = 0; row < rows; ++row) { body }
//   }
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>

#include "runtime/native/program.hpp"

namespace rulec::codegen {

using rulebook::native::ArrayIndex;
using rulebook::native::Cell;

// A value of the row, and whether it is known (i1). Where it is not, the value may be anything, and
// whatever is computed from it must not trap.
struct Lowered {
    llvm::Value* value = nullptr; // bool: i1; integer: i64; real: double
    llvm::Value* known = nullptr;
};

// A module of its own, in a context of its own: kernels are compiled on several threads.
class Kernel {
public:
    explicit Kernel(const std::string& name);

    llvm::IRBuilder<>& body() { return body_; }
    llvm::Module& module() { return *module_; }
    llvm::LLVMContext& context() { return *context_; }

    // The row's cell of an array, and what is known of it. Cells of Bool are i1 in the body.
    llvm::Value* load(ArrayIndex array, Cell cell);
    llvm::Value* load_known(ArrayIndex array);
    void store(ArrayIndex array, Cell cell, llvm::Value* value);
    void store_known(ArrayIndex array, llvm::Value* known);

    // What the instruction is in C, for readers of the IR.
    void comment(llvm::Value* value, const std::string& text);

    // Closes the loop. The module knows which accesses cannot meet.
    void finish();

    // Gives context and module away.
    std::pair<std::unique_ptr<llvm::LLVMContext>, std::unique_ptr<llvm::Module>> take();

private:
    enum class Half : std::uint8_t { Values, Known };
    using Place = std::pair<ArrayIndex, Half>;
    struct Access {
        llvm::Instruction* instruction;
        Place place;
    };

    llvm::Type* type_of(Cell cell);
    llvm::Value* base_of(Place place);
    llvm::Value* address(Place place, llvm::Type* type);
    llvm::Value* load_from(Place place, llvm::Type* type);
    void store_to(Place place, llvm::Value* value);
    void note_what_cannot_meet();

    std::unique_ptr<llvm::LLVMContext> context_;
    std::unique_ptr<llvm::Module> module_;
    llvm::Function* function_ = nullptr;
    llvm::BasicBlock* loop_ = nullptr;
    llvm::BasicBlock* done_ = nullptr;
    llvm::IRBuilder<> entry_; // before the loop
    llvm::IRBuilder<> body_;
    llvm::PHINode* row_ = nullptr;
    std::map<Place, llvm::Value*> bases_;
    std::map<Place, llvm::Value*> loaded_;
    std::vector<Access> loads_;
    std::vector<Access> stores_;
};

// The metadata kind that carries comments.
inline constexpr const char* kCommentKind = "rulebook.c";

} // namespace rulec::codegen
