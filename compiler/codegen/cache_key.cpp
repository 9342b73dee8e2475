#include "compiler/codegen/cache_key.hpp"

#include <llvm/ADT/SmallVector.h>
#include <llvm/Bitcode/BitcodeWriter.h>
#include <llvm/Config/llvm-config.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/TargetParser/Host.h>

namespace rulec::codegen {

namespace {

// To be raised whenever object_code.cpp makes other code of the same kernels.
constexpr std::uint64_t kWayOfCompiling = 1;

} // namespace

rulebook::Digest cache_key(const std::vector<std::unique_ptr<Kernel>>& kernels, const Cpu& cpu,
                           Optimization optimization) {
    rulebook::Sha256 hash;
    hash.add(kWayOfCompiling).add_delimited(LLVM_VERSION_STRING);
    hash.add_delimited(llvm::sys::getProcessTriple());
    hash.add_delimited(cpu.name).add_delimited(cpu.features);
    hash.add(static_cast<std::uint64_t>(optimization));
    hash.add(std::uint64_t{kernels.size()});
    for (const auto& kernel : kernels) {
        llvm::SmallVector<char, 0> bytes;
        llvm::raw_svector_ostream stream(bytes);
        llvm::WriteBitcodeToFile(kernel->module(), stream);
        hash.add_delimited({bytes.data(), bytes.size()});
    }
    return hash.finish();
}

} // namespace rulec::codegen
