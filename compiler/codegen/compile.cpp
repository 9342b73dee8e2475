#include "compiler/codegen/compile.hpp"

#include <utility>

#include "compiler/codegen/cache_key.hpp"
#include "compiler/codegen/generate.hpp"
#include "compiler/codegen/ir_text.hpp"
#include "compiler/codegen/kernel_code.hpp"
#include "compiler/codegen/load.hpp"
#include "compiler/codegen/object_cache.hpp"
#include "compiler/codegen/object_code.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
namespace native = rulebook::native;

namespace {

// From the cache, or made and kept there.
rulebook::Result<std::vector<std::string>>
objects_of(const std::vector<std::unique_ptr<Kernel>>& kernels, Optimization optimization,
           const Workers& workers, const ObjectCache* cache) {
    const Cpu cpu = Cpu::of_this_machine();
    if (cache == nullptr)
        return code_of_kernels(kernels, cpu, optimization, Form::Object, workers);
    const rulebook::Digest key = cache_key(kernels, cpu, optimization);
    if (auto found = cache->find(key); found && found->size() == kernels.size())
        return *std::move(found);
    auto made = code_of_kernels(kernels, cpu, optimization, Form::Object, workers);
    if (made)
        cache->keep(key, *made);
    return made;
}

rulebook::Result<native::Code> code_of(Generated generated,
                                       const std::vector<std::string>& objects) {
    auto code = load(std::move(generated.program), objects);
    if (code)
        code->tables = std::move(generated.tables);
    return code;
}

} // namespace

rulebook::Result<native::Code> compile(const plan::Plan& plan, const Request& request,
                                       Optimization optimization, const Workers& workers,
                                       const ObjectCache* cache) {
    if (auto may = may_make_code(); !may)
        return tl::unexpected(std::move(may.error()));
    Generated generated = generate(plan, request);
    const auto objects = objects_of(generated.kernels, optimization, workers, cache);
    if (!objects)
        return tl::unexpected(objects.error());
    return code_of(std::move(generated), *objects);
}

std::optional<native::Code> kept(const plan::Plan& plan, const Request& request,
                                 Optimization optimization, const ObjectCache& cache) {
    if (!may_make_code())
        return std::nullopt;
    Generated generated = generate(plan, request);
    const auto key = cache_key(generated.kernels, Cpu::of_this_machine(), optimization);
    const auto objects = cache.find(key);
    if (!objects || objects->size() != generated.kernels.size())
        return std::nullopt;
    auto code = code_of(std::move(generated), *objects);
    return code ? std::optional(*std::move(code)) : std::nullopt;
}

rulebook::Result<std::string> ir_text(const plan::Plan& plan, const Request& request) {
    const Generated generated = generate(plan, request);
    std::string text;
    for (const auto& kernel : generated.kernels)
        text += text_of(kernel->module());
    return text;
}

rulebook::Result<std::string> assembly_text(const plan::Plan& plan, const Request& request) {
    Generated generated = generate(plan, request);
    const auto texts = code_of_kernels(generated.kernels, Cpu::of_this_machine(),
                                       Optimization::Full, Form::Assembly, 1);
    if (!texts)
        return tl::unexpected(texts.error());
    std::string all;
    for (const std::string& text : *texts)
        all += text;
    return all;
}

} // namespace rulec::codegen
