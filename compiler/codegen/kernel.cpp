#include "compiler/codegen/kernel.hpp"

#include <llvm/IR/Function.h>
#include <llvm/IR/MDBuilder.h>

namespace rulec::codegen {

namespace {

llvm::FunctionType* type_of_kernel(llvm::LLVMContext& context) {
    return llvm::FunctionType::get(
        llvm::Type::getVoidTy(context),
        {llvm::PointerType::getUnqual(context), llvm::Type::getInt64Ty(context)}, false);
}

} // namespace

Kernel::Kernel(const std::string& name, std::optional<Segments> segments)
    : context_(std::make_unique<llvm::LLVMContext>()),
      module_(std::make_unique<llvm::Module>(name, *context_)), entry_(*context_), body_(*context_),
      before_(*context_), inside_(*context_) {
    function_ = llvm::Function::Create(type_of_kernel(*context_), llvm::Function::ExternalLinkage,
                                       name, *module_);
    function_->setDoesNotThrow();
    function_->addFnAttr("stackrealign"); // else registers that are put aside straddle cache lines
    function_->getArg(0)->setName("arrays");
    function_->getArg(1)->setName("rows");
    accesses_ = std::make_unique<Accesses>(*function_, entry_);
    auto* const entry = llvm::BasicBlock::Create(*context_, "entry", function_);
    loop_ = llvm::BasicBlock::Create(*context_, "row", function_);
    done_ = llvm::BasicBlock::Create(*context_, "done", function_);
    entry_.SetInsertPoint(entry);
    auto* const any = entry_.CreateICmpSGT(function_->getArg(1), entry_.getInt64(0), "any");
    entry_.SetInsertPoint(entry_.CreateCondBr(any, loop_, done_));
    body_.SetInsertPoint(loop_);
    row_ = body_.CreatePHI(body_.getInt64Ty(), 2, "row");
    row_->addIncoming(body_.getInt64(0), entry);
    if (segments)
        open_segment(*segments);
}

// element = begins[row]; if (element < ends[row]) { fetch ahead; do { inside } while (…) }
void Kernel::open_segment(const Segments& segments) {
    before_.SetInsertPoint(loop_);
    // Segments are short: of wider vectors, or several at a time, most of them would be what is
    // left over.
    function_->addFnAttr("prefer-vector-width", "256");
    ahead_ = llvm::BasicBlock::Create(*context_, "ahead", function_, done_);
    segment_ = llvm::BasicBlock::Create(*context_, "element", function_, done_);
    segment_end_ = llvm::BasicBlock::Create(*context_, "row_end", function_, done_);
    const auto place_in = [&](ArrayIndex array) {
        return before_.CreateZExt(
            accesses_->load(before_, {array, Half::Values}, Cell::Count, row_),
            before_.getInt64Ty());
    };
    first_ = place_in(segments.begins);
    end_ = place_in(segments.ends);
    auto* const any = before_.CreateICmpULT(first_, end_);
    before_.SetInsertPoint(before_.CreateCondBr(any, ahead_, segment_end_));
    inside_.SetInsertPoint(segment_);
    element_ = inside_.CreatePHI(inside_.getInt64Ty(), 2, "element");
    element_->addIncoming(first_, ahead_);
    body_.SetInsertPoint(segment_end_);
    inside_segment_ = true;
    if (segments.running)
        open_rows_behind();
}

// Closes the loop over segments, and opens another over the same rows.
void Kernel::open_rows_behind() {
    llvm::IRBuilder<> end(segment_end_);
    auto* const behind = llvm::BasicBlock::Create(*context_, "row_behind", function_, done_);
    auto* const next = end.CreateAdd(row_, end.getInt64(1), "next", true, true);
    end.CreateCondBr(end.CreateICmpSLT(next, function_->getArg(1)), loop_, behind);
    row_->addIncoming(next, segment_end_);
    body_.SetInsertPoint(behind);
    row_behind_ = body_.CreatePHI(body_.getInt64Ty(), 2, "row");
    row_behind_->addIncoming(body_.getInt64(0), segment_end_);
}

llvm::PHINode* Kernel::before(llvm::Value* first) {
    auto* const carried =
        llvm::PHINode::Create(first->getType(), 2, "", segment_->getFirstNonPHIIt());
    carried->addIncoming(first, ahead_);
    return carried;
}

llvm::Value* Kernel::after(llvm::PHINode* carried, llvm::Value* next) {
    carried->addIncoming(next, segment_);
    auto* const last =
        llvm::PHINode::Create(next->getType(), 2, "", segment_end_->getFirstNonPHIIt());
    last->addIncoming(carried->getIncomingValueForBlock(ahead_), loop_);
    last->addIncoming(next, segment_);
    return last;
}

void Kernel::leave_segment() {
    auto* const next = inside_.CreateAdd(element_, inside_.getInt64(1), "next_element", true, true);
    auto* const back =
        inside_.CreateCondBr(inside_.CreateICmpULT(next, end_), segment_, segment_end_);
    back->setMetadata(llvm::LLVMContext::MD_loop, one_at_a_time());
    element_->addIncoming(next, segment_);
    fetch_ahead();
    if (row_behind_ != nullptr) {
        row_ = row_behind_;
        loop_ = row_behind_->getParent();
    }
    inside_segment_ = false;
    loaded_.clear(); // those were of elements
}

// Vectors, that is: the optimiser shall not interleave several.
llvm::MDNode* Kernel::one_at_a_time() {
    llvm::MDBuilder metadata(*context_);
    auto* const one = metadata.createConstant(inside_.getInt32(1));
    auto* const count =
        llvm::MDNode::get(*context_, {metadata.createString("llvm.loop.interleave.count"), one});
    auto* const loop = llvm::MDNode::getDistinct(*context_, {nullptr, count});
    loop->replaceOperandWith(0, loop);
    return loop;
}

// Row by row the processor does not see far enough: what will be read some rows later is asked of
// the memory now. Elements lie side by side, those of the next chunk too; behind the last, nothing
// is fetched.
void Kernel::fetch_ahead() {
    constexpr std::uint64_t kAhead = 256; // elements
    constexpr std::uint64_t kStep = 8;    // of 8 bytes a cache line has so many
    llvm::IRBuilder<> ir(ahead_);
    auto* const element = ir.CreatePHI(ir.getInt64Ty(), 2);
    auto* const later = ir.CreateAdd(element, ir.getInt64(kAhead));
    for (const auto& [half, cell] : cells_inside_)
        accesses_->fetch(ir, half, cell, later);
    auto* const next = ir.CreateAdd(element, ir.getInt64(kStep), "", true, true);
    auto* const body = llvm::BasicBlock::Create(*context_, "elements", function_, segment_);
    element->addIncoming(first_, loop_);
    element->addIncoming(next, ahead_);
    ir.CreateCondBr(ir.CreateICmpULT(next, end_), ahead_, body);
    llvm::IRBuilder<>(body).CreateBr(segment_);
    segment_->replacePhiUsesWith(ahead_, body);
}

llvm::Value* Kernel::loaded(ArrayHalf half, Cell cell, llvm::Value* index) {
    llvm::Value*& value = loaded_[half];
    if (value != nullptr)
        return value;
    value = accesses_->load(body(), half, cell, index);
    if (inside_segment_)
        cells_inside_.emplace(half, cell);
    return value;
}

llvm::Value* Kernel::loaded_before(ArrayHalf half, Cell cell) {
    if (segment_ == nullptr)
        return loaded(half, cell, row_);
    llvm::Value*& value = loaded_before_[half];
    if (value == nullptr)
        value = accesses_->load(before_, half, cell, row_);
    return value;
}

llvm::Value* Kernel::load_single(ArrayIndex array, Cell cell) {
    llvm::Value*& value = loaded_[{array, Half::Values}];
    if (value == nullptr)
        value = accesses_->load(entry_, {array, Half::Values}, cell, entry_.getInt64(0));
    return value;
}

void Kernel::store(ArrayIndex array, Cell cell, llvm::Value* value) {
    if (cell == Cell::Count)
        value = body().CreateZExtOrTrunc(value, body().getInt32Ty());
    loaded_[{array, Half::Values}] = value;
    accesses_->store(body(), {array, Half::Values}, place(), value);
}

void Kernel::store_known(ArrayIndex array, llvm::Value* known) {
    loaded_[{array, Half::Known}] = known;
    accesses_->store(body(), {array, Half::Known}, place(), known);
}

void Kernel::comment(llvm::Value* value, const std::string& text) {
    if (auto* const instruction = llvm::dyn_cast<llvm::Instruction>(value))
        instruction->setMetadata(
            kCommentKind, llvm::MDNode::get(*context_, llvm::MDString::get(*context_, text)));
}

void Kernel::finish() {
    auto* const last = body_.GetInsertBlock();
    auto* const next = body_.CreateAdd(row_, body_.getInt64(1), "next", true, true);
    auto* const more = body_.CreateICmpSLT(next, function_->getArg(1), "more");
    body_.CreateCondBr(more, loop_, done_);
    row_->addIncoming(next, last);
    llvm::IRBuilder<>(done_).CreateRetVoid();
    accesses_->note_what_cannot_meet();
}

std::pair<std::unique_ptr<llvm::LLVMContext>, std::unique_ptr<llvm::Module>> Kernel::take() {
    accesses_.reset();
    return {std::move(context_), std::move(module_)};
}

} // namespace rulec::codegen
