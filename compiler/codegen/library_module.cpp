#include "compiler/codegen/library_module.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/GlobalAlias.h>
#include <llvm/IR/GlobalVariable.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>

#include "compiler/codegen/object_code.hpp"
#include "runtime/native/rulebook_code.h"

namespace rulec::codegen {

namespace {

// Makes constants whose layout is that of the structs in rulebook_code.h, in the order there.
class LibraryModule {
public:
    LibraryModule(const LibraryContent& content, llvm::TargetMachine& machine)
        : content_(content), module_("rulebook", context_) {
        module_.setTargetTriple(machine.getTargetTriple().str());
        module_.setDataLayout(machine.createDataLayout());
    }

    llvm::Module& make() {
        auto* const code = global(rulebook_code(), content_.symbol);
        code->setLinkage(llvm::GlobalValue::ExternalLinkage);
        code->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::None);
        if (content_.for_loading)
            llvm::GlobalAlias::create("rulebook_code", code);
        return module_;
    }

private:
    llvm::Constant* number(std::uint64_t value) {
        return llvm::ConstantInt::get(llvm::Type::getInt64Ty(context_), value);
    }
    llvm::Constant* small_number(std::uint32_t value) {
        return llvm::ConstantInt::get(llvm::Type::getInt32Ty(context_), value);
    }

    std::string unused(const std::string& name) { return name + std::to_string(globals_++); }

    llvm::GlobalVariable* global(llvm::Constant* value, const std::string& name) {
        auto* const variable =
            llvm::cast<llvm::GlobalVariable>(module_.getOrInsertGlobal(name, value->getType()));
        variable->setConstant(true);
        variable->setLinkage(llvm::GlobalValue::PrivateLinkage);
        variable->setInitializer(value);
        variable->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
        return variable;
    }

    llvm::Constant* text(const std::string& value) {
        return global(llvm::ConstantDataArray::getString(context_, value), unused("text"));
    }

    // rulebook_bytes
    void append_bytes(const std::string& bytes, std::vector<llvm::Constant*>& members) {
        members.push_back(
            global(llvm::ConstantDataArray::getString(context_, bytes, false), unused("bytes")));
        members.push_back(number(bytes.size()));
    }

    llvm::Constant* kernels(const std::vector<std::string>& names) {
        auto* const pointer = llvm::PointerType::getUnqual(context_);
        auto* const type = llvm::FunctionType::get(
            llvm::Type::getVoidTy(context_), {pointer, llvm::Type::getInt64Ty(context_)}, false);
        std::vector<llvm::Constant*> functions;
        for (const std::string& name : names) {
            auto* const function =
                llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module_);
            function->setVisibility(llvm::GlobalValue::HiddenVisibility);
            functions.push_back(function);
        }
        return global(
            llvm::ConstantArray::get(llvm::ArrayType::get(pointer, functions.size()), functions),
            unused("kernels"));
    }

    llvm::Constant* rulebook_program(const LibraryProgram& program) {
        std::vector<llvm::Constant*> members{
            small_number(static_cast<std::uint32_t>(program.purpose.use)),
            small_number(program.purpose.subject)};
        append_bytes(program.description, members);
        members.push_back(kernels(program.kernels));
        members.push_back(number(program.kernels.size()));
        return llvm::ConstantStruct::getAnon(context_, members);
    }

    llvm::Constant* programs() {
        std::vector<llvm::Constant*> all;
        for (const LibraryProgram& program : content_.programs)
            all.push_back(rulebook_program(program));
        return global(
            llvm::ConstantArray::get(llvm::ArrayType::get(all.front()->getType(), all.size()), all),
            unused("programs"));
    }

    llvm::Constant* rulebook_code() {
        const rulebook::plan::Plan& plan = content_.plan;
        std::vector<llvm::Constant*> members{
            llvm::ConstantDataArray::getString(context_, RULEBOOK_CODE_MAGIC, false),
            small_number(RULEBOOK_CODE_VERSION),
            small_number(static_cast<std::uint32_t>(content_.level)),
            text(std::string(rulebook::native::spelling(content_.level))),
            text(plan.name),
            text(plan.version),
            text(plan.content_hash)};
        append_bytes(content_.plan_bytes, members);
        members.push_back(programs());
        members.push_back(number(content_.programs.size()));
        return llvm::ConstantStruct::getAnon(context_, members);
    }

    const LibraryContent& content_;
    llvm::LLVMContext context_;
    llvm::Module module_;
    std::size_t globals_ = 0; // so far
};

} // namespace

std::string object_of_library(const LibraryContent& content, llvm::TargetMachine& machine) {
    LibraryModule module(content, machine);
    return code_of(module.make(), machine, Form::Object);
}

} // namespace rulec::codegen
