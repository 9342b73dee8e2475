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

Kernel::Kernel(const std::string& name)
    : context_(std::make_unique<llvm::LLVMContext>()),
      module_(std::make_unique<llvm::Module>(name, *context_)), entry_(*context_),
      body_(*context_) {
    function_ = llvm::Function::Create(type_of_kernel(*context_), llvm::Function::ExternalLinkage,
                                       name, *module_);
    function_->setDoesNotThrow();
    function_->getArg(0)->setName("arrays");
    function_->getArg(1)->setName("rows");
    auto* const entry = llvm::BasicBlock::Create(*context_, "entry", function_);
    loop_ = llvm::BasicBlock::Create(*context_, "row", function_);
    done_ = llvm::BasicBlock::Create(*context_, "done", function_);
    entry_.SetInsertPoint(entry);
    auto* const any = entry_.CreateICmpSGT(function_->getArg(1), entry_.getInt64(0), "any");
    entry_.SetInsertPoint(entry_.CreateCondBr(any, loop_, done_));
    body_.SetInsertPoint(loop_);
    row_ = body_.CreatePHI(body_.getInt64Ty(), 2, "row");
    row_->addIncoming(body_.getInt64(0), entry);
}

llvm::Type* Kernel::type_of(Cell cell) {
    switch (cell) {
    case Cell::Bool:
        return body_.getInt8Ty();
    case Cell::Real:
        return body_.getDoubleTy();
    case Cell::Count:
        return body_.getInt32Ty();
    case Cell::Integer:
    case Cell::Bits:
        break;
    }
    return body_.getInt64Ty();
}

// arrays[place.array].values or .known
llvm::Value* Kernel::base_of(Place place) {
    llvm::Value*& base = bases_[place];
    if (base == nullptr) {
        auto* const pointer = entry_.getPtrTy();
        const std::uint64_t slot = 2 * std::uint64_t{place.first} + (place.second == Half::Known);
        auto* const from = entry_.CreateConstInBoundsGEP1_64(pointer, function_->getArg(0), slot);
        const std::string name =
            (place.second == Half::Known ? "known" : "values") + std::to_string(place.first);
        auto* const load = entry_.CreateLoad(pointer, from, name);
        load->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(*context_, {}));
        base = load;
    }
    return base;
}

llvm::Value* Kernel::address(Place place, llvm::Type* type) {
    return body_.CreateInBoundsGEP(type, base_of(place), row_);
}

llvm::Value* Kernel::load_from(Place place, llvm::Type* type) {
    llvm::Value*& loaded = loaded_[place];
    if (loaded == nullptr) {
        auto* const load = body_.CreateLoad(type, address(place, type));
        loads_.push_back({load, place});
        loaded = load;
        if (type->isIntegerTy(8))
            loaded = body_.CreateICmpNE(load, body_.getInt8(0));
    }
    return loaded;
}

// What was stored is what a later load gives.
void Kernel::store_to(Place place, llvm::Value* value) {
    loaded_[place] = value;
    if (value->getType()->isIntegerTy(1))
        value = body_.CreateZExt(value, body_.getInt8Ty());
    stores_.push_back({body_.CreateStore(value, address(place, value->getType())), place});
}

llvm::Value* Kernel::load(ArrayIndex array, Cell cell) {
    return load_from({array, Half::Values}, type_of(cell));
}

llvm::Value* Kernel::load_known(ArrayIndex array) {
    return load_from({array, Half::Known}, body_.getInt8Ty());
}

void Kernel::store(ArrayIndex array, Cell cell, llvm::Value* value) {
    if (cell == Cell::Count)
        value = body_.CreateZExtOrTrunc(value, body_.getInt32Ty());
    store_to({array, Half::Values}, value);
}

void Kernel::store_known(ArrayIndex array, llvm::Value* known) {
    store_to({array, Half::Known}, known);
}

void Kernel::comment(llvm::Value* value, const std::string& text) {
    if (auto* const instruction = llvm::dyn_cast<llvm::Instruction>(value))
        instruction->setMetadata(
            kCommentKind, llvm::MDNode::get(*context_, llvm::MDString::get(*context_, text)));
}

void Kernel::finish() {
    auto* const next =
        body_.CreateAdd(row_, body_.getInt64(1), "next", /*HasNUW=*/true, /*HasNSW=*/true);
    auto* const more = body_.CreateICmpSLT(next, function_->getArg(1), "more");
    body_.CreateCondBr(more, loop_, done_);
    row_->addIncoming(next, loop_);
    llvm::IRBuilder<>(done_).CreateRetVoid();
    note_what_cannot_meet();
}

// No two arrays overlap. A scope for what is only read, and one for each place that is written.
void Kernel::note_what_cannot_meet() {
    llvm::MDBuilder metadata(*context_);
    auto* const domain = metadata.createAnonymousAliasScopeDomain();
    auto* const read = metadata.createAnonymousAliasScope(domain, "read");
    std::vector<llvm::Metadata*> written;
    for (std::size_t i = 0; i < stores_.size(); ++i)
        written.push_back(metadata.createAnonymousAliasScope(domain, "written"));
    const auto list = [&](llvm::ArrayRef<llvm::Metadata*> scopes) {
        return llvm::MDNode::get(*context_, scopes);
    };
    auto* const only_read = list({read});
    auto* const all_written = list(written);
    for (const Access& load : loads_) {
        load.instruction->setMetadata(llvm::LLVMContext::MD_alias_scope, only_read);
        load.instruction->setMetadata(llvm::LLVMContext::MD_noalias, all_written);
    }
    for (std::size_t i = 0; i < stores_.size(); ++i) {
        std::vector<llvm::Metadata*> others{read};
        for (std::size_t other = 0; other < stores_.size(); ++other)
            if (other != i)
                others.push_back(written[other]);
        stores_[i].instruction->setMetadata(llvm::LLVMContext::MD_alias_scope, list({written[i]}));
        stores_[i].instruction->setMetadata(llvm::LLVMContext::MD_noalias, list(others));
    }
}

std::pair<std::unique_ptr<llvm::LLVMContext>, std::unique_ptr<llvm::Module>> Kernel::take() {
    return {std::move(context_), std::move(module_)};
}

} // namespace rulec::codegen
