#include "compiler/codegen/load.hpp"

#include <memory>
#include <utility>

#include <llvm/ExecutionEngine/Orc/Core.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/Support/MemoryBuffer.h>

#include "compiler/codegen/object_code.hpp"

__extension__ using WideInteger = __int128;
// The compiler's own name.
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" WideInteger __divti3(WideInteger, WideInteger);

namespace rulec::codegen {

namespace native = rulebook::native;
namespace orc = llvm::orc;

namespace {

tl::unexpected<rulebook::Error> failure(llvm::Error error) {
    return rulebook::make_error("native.memory", llvm::toString(std::move(error)));
}

// What LLVM calls where an instruction is too wide for the processor.
llvm::Error define_support(orc::LLJIT& jit) {
    orc::SymbolMap symbols;
    symbols[jit.mangleAndIntern("__divti3")] = {orc::ExecutorAddr::fromPtr(&__divti3),
                                                llvm::JITSymbolFlags::Exported};
    return jit.getMainJITDylib().define(orc::absoluteSymbols(std::move(symbols)));
}

llvm::Error add(orc::LLJIT& jit, const std::vector<std::string>& objects) {
    for (const std::string& object : objects)
        if (auto error = jit.addObjectFile(llvm::MemoryBuffer::getMemBufferCopy(object)))
            return error;
    return llvm::Error::success();
}

} // namespace

rulebook::Result<native::Code> load(native::Program program,
                                    const std::vector<std::string>& objects) {
    know_this_processor(); // objects may come from the cache
    // What goes wrong is in the Error; nothing is printed.
    std::string reported;
    auto machine = orc::JITTargetMachineBuilder::detectHost();
    if (!machine)
        return failure(machine.takeError());
    auto made = orc::LLJITBuilder().setJITTargetMachineBuilder(std::move(*machine)).create();
    if (!made)
        return failure(made.takeError());
    const std::shared_ptr<orc::LLJIT> jit = std::move(*made);
    jit->getExecutionSession().setErrorReporter(
        [&](llvm::Error error) { reported += llvm::toString(std::move(error)) + "; "; });
    if (auto error = define_support(*jit))
        return failure(std::move(error));
    if (auto error = add(*jit, objects))
        return failure(std::move(error));
    native::Code code{std::move(program), {}, {}, jit};
    for (const std::string& kernel : code.program.kernels) {
        auto address = jit->lookup(kernel);
        if (!address)
            return rulebook::make_error("native.memory",
                                        reported + llvm::toString(address.takeError()));
        code.kernels.push_back(address->toPtr<native::Kernel>());
    }
    jit->getExecutionSession().setErrorReporter(llvm::consumeError);
    return code;
}

} // namespace rulec::codegen
