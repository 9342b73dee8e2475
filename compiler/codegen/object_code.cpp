#include "compiler/codegen/object_code.hpp"

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/SubtargetFeature.h>

namespace rulec::codegen {

namespace {

std::string features_of_host() {
    llvm::SubtargetFeatures features;
    for (const auto& feature : llvm::sys::getHostCPUFeatures())
        features.AddFeature(feature.getKey(), feature.getValue());
    return features.getString();
}

} // namespace

void know_this_processor() {
    static const bool known = [] {
        llvm::InitializeNativeTarget();
        llvm::InitializeNativeTargetAsmPrinter();
        return true;
    }();
    (void)known;
}

Cpu Cpu::of_this_machine() {
    return {llvm::sys::getHostCPUName().str(), features_of_host()};
}

rulebook::Result<std::unique_ptr<llvm::TargetMachine>> target_machine(const Cpu& cpu,
                                                                      Optimization optimization) {
    know_this_processor();
    const std::string triple = llvm::sys::getProcessTriple();
    std::string error;
    const llvm::Target* const target = llvm::TargetRegistry::lookupTarget(triple, error);
    if (target == nullptr)
        return rulebook::make_error("native.target", error);
    // Each operation of a `number` is rounded by itself.
    llvm::TargetOptions options;
    options.AllowFPOpFusion = llvm::FPOpFusion::Strict;
    const auto level = optimization == Optimization::None ? llvm::CodeGenOptLevel::None
                                                          : llvm::CodeGenOptLevel::Default;
    std::unique_ptr<llvm::TargetMachine> machine(
        target->createTargetMachine(triple, cpu.name, cpu.features, options, llvm::Reloc::PIC_,
                                    std::nullopt, level, /*JIT=*/true));
    if (machine == nullptr)
        return rulebook::make_error("native.target", "there is no code generator for " + triple);
    return machine;
}

void optimize(llvm::Module& module, llvm::TargetMachine& machine, Optimization optimization) {
    module.setTargetTriple(machine.getTargetTriple().str());
    module.setDataLayout(machine.createDataLayout());
    if (optimization == Optimization::None)
        return;
    llvm::LoopAnalysisManager loops;
    llvm::FunctionAnalysisManager functions;
    llvm::CGSCCAnalysisManager call_graph;
    llvm::ModuleAnalysisManager modules;
    llvm::PassBuilder passes(&machine);
    passes.registerModuleAnalyses(modules);
    passes.registerCGSCCAnalyses(call_graph);
    passes.registerFunctionAnalyses(functions);
    passes.registerLoopAnalyses(loops);
    passes.crossRegisterProxies(loops, functions, call_graph, modules);
    passes.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O2).run(module, modules);
}

std::string code_of(llvm::Module& module, llvm::TargetMachine& machine, Form form) {
    llvm::SmallVector<char, 0> bytes;
    llvm::raw_svector_ostream stream(bytes);
    llvm::legacy::PassManager passes;
    const auto kind = form == Form::Object ? llvm::CodeGenFileType::ObjectFile
                                           : llvm::CodeGenFileType::AssemblyFile;
    machine.addPassesToEmitFile(passes, stream, nullptr, kind);
    passes.run(module);
    return {bytes.begin(), bytes.end()};
}

} // namespace rulec::codegen
