#include "compiler/codegen/accesses.hpp"

#include <algorithm>
#include <string>

#include <llvm/IR/Function.h>
#include <llvm/IR/MDBuilder.h>

namespace rulec::codegen {

llvm::Type* type_of(llvm::IRBuilder<>& ir, Cell cell) {
    switch (cell) {
    case Cell::Bool:
        return ir.getInt8Ty();
    case Cell::Real:
        return ir.getDoubleTy();
    case Cell::Count:
        return ir.getInt32Ty();
    case Cell::Integer:
    case Cell::Bits:
        break;
    }
    return ir.getInt64Ty();
}

// arrays[array].values or .known
llvm::Value* Accesses::base_of(ArrayHalf half) {
    llvm::Value*& base = bases_[half];
    if (base == nullptr) {
        auto* const pointer = entry_.getPtrTy();
        const std::uint64_t slot = 2 * std::uint64_t{half.first} + (half.second == Half::Known);
        auto* const from = entry_.CreateConstInBoundsGEP1_64(pointer, function_.getArg(0), slot);
        const std::string name =
            (half.second == Half::Known ? "known" : "values") + std::to_string(half.first);
        auto* const load = entry_.CreateLoad(pointer, from, name);
        load->setMetadata(llvm::LLVMContext::MD_invariant_load,
                          llvm::MDNode::get(entry_.getContext(), {}));
        base = load;
    }
    return base;
}

llvm::Value* Accesses::load(llvm::IRBuilder<>& ir, ArrayHalf from, Cell cell, llvm::Value* index) {
    auto* const type = from.second == Half::Known ? ir.getInt8Ty() : type_of(ir, cell);
    auto* const load = ir.CreateLoad(type, ir.CreateInBoundsGEP(type, base_of(from), index));
    loads_.push_back({load, from});
    return type->isIntegerTy(8) ? ir.CreateICmpNE(load, ir.getInt8(0)) : load;
}

void Accesses::fetch(llvm::IRBuilder<>& ir, ArrayHalf from, Cell cell, llvm::Value* index) {
    auto* const type = from.second == Half::Known ? ir.getInt8Ty() : type_of(ir, cell);
    auto* const place = ir.CreateGEP(type, base_of(from), index);
    constexpr std::uint32_t kRead = 0;
    constexpr std::uint32_t kIntoAllCaches = 3;
    constexpr std::uint32_t kData = 1;
    ir.CreateIntrinsic(
        llvm::Intrinsic::prefetch, {place->getType()},
        {place, ir.getInt32(kRead), ir.getInt32(kIntoAllCaches), ir.getInt32(kData)});
}

void Accesses::store(llvm::IRBuilder<>& ir, ArrayHalf to, llvm::Value* index, llvm::Value* value) {
    if (value->getType()->isIntegerTy(1))
        value = ir.CreateZExt(value, ir.getInt8Ty());
    auto* const place = ir.CreateInBoundsGEP(value->getType(), base_of(to), index);
    stores_.push_back({ir.CreateStore(value, place), to});
}

// A scope for what is only read, and one for each that is written; what a kernel reads of what it
// writes is in that one, too.
void Accesses::note_what_cannot_meet() {
    auto& context = entry_.getContext();
    llvm::MDBuilder metadata(context);
    auto* const domain = metadata.createAnonymousAliasScopeDomain();
    auto* const read = metadata.createAnonymousAliasScope(domain, "read");
    std::vector<llvm::Metadata*> written;
    for (std::size_t i = 0; i < stores_.size(); ++i)
        written.push_back(metadata.createAnonymousAliasScope(domain, "written"));
    const auto list = [&](llvm::ArrayRef<llvm::Metadata*> scopes) {
        return llvm::MDNode::get(context, scopes);
    };
    auto* const only_read = list({read});
    auto* const all_written = list(written);
    for (const Access& load : loads_) {
        const auto store = std::ranges::find(stores_, load.half, &Access::half);
        if (store != stores_.end()) {
            load.instruction->setMetadata(
                llvm::LLVMContext::MD_alias_scope,
                list({written[static_cast<std::size_t>(store - stores_.begin())]}));
            continue;
        }
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

} // namespace rulec::codegen
