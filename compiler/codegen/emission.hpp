// The program in the making: arrays, and the values of nodes in the kernel at hand. Internal to
// this folder.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/codegen/kernel.hpp"
#include "compiler/codegen/parts.hpp"
#include "compiler/codegen/placement.hpp"
#include "runtime/native/program.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::codegen {

// A value that goes from part to part of a rule.
class Carried {
public:
    explicit Carried(Cell cell) : cell_(cell) {}

private:
    friend class Emission;
    Cell cell_;
    llvm::Value* now_ = nullptr;      // in the kernel at hand
    std::optional<ArrayIndex> array_; // where an earlier kernel left it
};

class Emission {
public:
    Emission(const rulebook::plan::Plan& plan, const Placement& placement,
             rulebook::native::Program& program);

    // ---- the kernel at hand
    void begin();
    // The nodes that an item needs.
    void prepare(const PartItem& item);
    // Keeps what later parts need; `carried`: of the rule that goes on, if one does.
    void end(const Part& part, const std::vector<Carried*>& carried);

    Kernel& kernel() { return *kernel_; }
    llvm::IRBuilder<>& body() { return kernel_->body(); }
    const rulebook::plan::Plan& plan() const { return plan_; }
    const rulebook::native::Program& program() const { return program_; }

    // Requires that the node is among what the part computes or loads.
    Lowered value(rulebook::plan::NodeId id) const { return values_.at(id); }
    // The row's instant.
    llvm::Value* instant();
    // A field of the root record as it is stored.
    Lowered stored(rulebook::plan::FieldIndex field);

    // What it was when the rule went on from the earlier kernel, or put() last gave it; nothing
    // before the first put().
    llvm::Value* get(Carried& carried);
    void put(Carried& carried, llvm::Value* value) { carried.now_ = value; }

    // A new array that the kernel writes for every row.
    ArrayIndex write(Cell cell, llvm::Value* value);
    // The same, of a value that may be unknown.
    ArrayIndex write_value(rulebook::plan::Type type, const Lowered& value,
                           rulebook::plan::NodeId node = rulebook::plan::kNoNode);

    std::vector<std::unique_ptr<Kernel>> take_kernels() { return std::move(kernels_); }

private:
    ArrayIndex array_of(const rulebook::native::ArrayInfo& info);
    ArrayIndex array_asked(rulebook::plan::NodeId id);
    Lowered from_array(rulebook::plan::NodeId id);
    Lowered lower(rulebook::plan::NodeId id);

    const rulebook::plan::Plan& plan_;
    const Placement& placement_;
    rulebook::native::Program& program_;
    std::vector<std::unique_ptr<Kernel>> kernels_;
    Kernel* kernel_ = nullptr;
    std::map<rulebook::plan::NodeId, Lowered> values_;         // in the kernel at hand
    std::map<rulebook::plan::NodeId, ArrayIndex> node_arrays_; // kept, or asked for
    std::map<rulebook::plan::FieldIndex, ArrayIndex> field_arrays_;
    std::optional<ArrayIndex> instant_array_;
};

// How values of the type stand in arrays; not of texts.
Cell cell_of(rulebook::plan::Type type);

} // namespace rulec::codegen
