// One kernel in the making: a function with the loop over rows. What is lowered sees only the body
// of the loop. Internal to this folder.
//
//   void name(const Array* arrays, int64_t rows) {
//       T* values0 = arrays[0].values; uint8_t* known0 = arrays[0].known; …   // those that are
//       used for (int64_t row = 0; row < rows; ++row) { body }
//   }
//
// A kernel of segments goes over the elements of each row first. Its body is that of the inner
// loop, until leave_segment():
//
//       for (row …) {
//           before
//           ask the memory for elements of later rows
//           for (int64_t element = begins[row]; element < ends[row]; ++element) { body }
//           body after leave_segment()
//       }
// In a kernel of running segments the rows come again after the elements of all, and what is behind
// leave_segment() is in this second loop:
//
//       for (row …) { before; for (element …) { body } }
//       for (row …) { body after leave_segment() }
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>

#include "compiler/codegen/accesses.hpp"

namespace rulec::codegen {

// A value of the row, and whether it is known (i1). Where it is not, the value may be anything, and
// whatever is computed from it must not trap.
struct Lowered {
    llvm::Value* value = nullptr; // bool: i1; integer: i64; real: double; text: its code, i32
    llvm::Value* known = nullptr;
};

// A module of its own, in a context of its own: kernels are compiled on several threads.
class Kernel {
public:
    // Arrays of Source::Begins and Source::Ends.
    struct Segments {
        ArrayIndex begins = 0;
        ArrayIndex ends = 0;
        bool running = false;
    };
    explicit Kernel(const std::string& name, std::optional<Segments> segments = std::nullopt);

    llvm::IRBuilder<>& body() { return inside_segment_ ? inside_ : body_; }
    llvm::Module& module() { return *module_; }
    const llvm::Module& module() const { return *module_; }

    // In the body: the cell of an array for the row at hand, or for the element inside of a
    // segment; and what is known of it.
    llvm::Value* load(ArrayIndex array, Cell cell) {
        return loaded({array, Half::Values}, cell, place());
    }
    llvm::Value* load_known(ArrayIndex array) {
        return loaded({array, Half::Known}, Cell::Bool, place());
    }
    // Of an array of rows, for the row: inside of a segment, too.
    llvm::Value* load_of_row(ArrayIndex array, Cell cell) {
        return loaded_before({array, Half::Values}, cell);
    }
    llvm::Value* load_known_of_row(ArrayIndex array) {
        return loaded_before({array, Half::Known}, Cell::Bool);
    }
    // Of an array that has one value.
    llvm::Value* load_single(ArrayIndex array, Cell cell);
    // What is stored is what a later load gives.
    void store(ArrayIndex array, Cell cell, llvm::Value* value);
    void store_known(ArrayIndex array, llvm::Value* known);

    // ---- in a kernel of segments
    // The body behind the inner loop, whatever the body is at present.
    llvm::IRBuilder<>& behind() { return body_; }
    void leave_segment();
    // A value that is carried from element to element. before(): starts with `first`; gives the
    // value at the element. after(): the value that goes on from the element; gives the value
    // behind the last one.
    llvm::PHINode* before(llvm::Value* first);
    llvm::Value* after(llvm::PHINode* carried, llvm::Value* next);

    llvm::Value* element() { return element_; }
    // Inside of a segment, of an array that the kernel writes at some places and reads at others.
    llvm::Value* load_inside_at(ArrayIndex array, Cell cell, llvm::Value* index) {
        return accesses_->load(inside_, {array, Half::Values}, cell, index);
    }
    void store_inside_at(ArrayIndex array, llvm::Value* index, llvm::Value* value) {
        accesses_->store(inside_, {array, Half::Values}, index, value);
    }

    // Of an array of rows, behind the segments; and the cell at an index of any array.
    llvm::Value* load_behind(ArrayIndex array, Cell cell) {
        return load_behind_at(array, cell, row_behind_ == nullptr ? row_ : row_behind_);
    }
    llvm::Value* load_behind_at(ArrayIndex array, Cell cell, llvm::Value* index) {
        return accesses_->load(body_, {array, Half::Values}, cell, index);
    }

    // What the instruction is in C, for readers of the IR.
    void comment(llvm::Value* value, const std::string& text);

    // Closes the loops.
    void finish();

    // Gives context and module away.
    std::pair<std::unique_ptr<llvm::LLVMContext>, std::unique_ptr<llvm::Module>> take();

private:
    llvm::Value* place() { return inside_segment_ ? element_ : row_; }
    llvm::Value* loaded(ArrayHalf half, Cell cell, llvm::Value* index);
    llvm::Value* loaded_before(ArrayHalf half, Cell cell);
    void open_segment(const Segments& segments);
    llvm::MDNode* one_at_a_time();
    void fetch_ahead();
    void open_rows_behind();

    std::unique_ptr<llvm::LLVMContext> context_;
    std::unique_ptr<llvm::Module> module_;
    llvm::Function* function_ = nullptr;
    llvm::BasicBlock* loop_ = nullptr;
    llvm::BasicBlock* done_ = nullptr;
    llvm::IRBuilder<> entry_; // before the loop
    llvm::IRBuilder<> body_;
    llvm::IRBuilder<> before_, inside_; // of a segment
    std::unique_ptr<Accesses> accesses_;
    llvm::PHINode* row_ = nullptr;
    llvm::PHINode* row_behind_ = nullptr;             // of the second loop
    std::map<ArrayHalf, llvm::Value*> loaded_;        // in the body
    std::map<ArrayHalf, llvm::Value*> loaded_before_; // before a segment

    llvm::BasicBlock* ahead_ = nullptr;
    llvm::BasicBlock* segment_ = nullptr;
    llvm::BasicBlock* segment_end_ = nullptr;
    bool inside_segment_ = false;
    llvm::PHINode* element_ = nullptr;
    llvm::Value *first_ = nullptr, *end_ = nullptr; // of the row's elements
    std::map<ArrayHalf, Cell> cells_inside_;        // of elements, that the segment reads
};

// The metadata kind that carries comments.
inline constexpr const char* kCommentKind = "rulebook.c";

} // namespace rulec::codegen
