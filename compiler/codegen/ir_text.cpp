#include "compiler/codegen/ir_text.hpp"

#include <llvm/IR/AssemblyAnnotationWriter.h>
#include <llvm/IR/Instruction.h>
#include <llvm/IR/Metadata.h>
#include <llvm/Support/FormattedStream.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/codegen/kernel.hpp"

namespace rulec::codegen {

namespace {

class Comments : public llvm::AssemblyAnnotationWriter {
    void emitInstructionAnnot(const llvm::Instruction* instruction,
                              llvm::formatted_raw_ostream& stream) override {
        if (const llvm::MDNode* const node = instruction->getMetadata(kCommentKind))
            stream << "  ; " << llvm::cast<llvm::MDString>(node->getOperand(0))->getString()
                   << '\n';
    }
};

} // namespace

std::string text_of(const llvm::Module& module) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    Comments comments;
    module.print(stream, &comments);
    return text;
}

} // namespace rulec::codegen
