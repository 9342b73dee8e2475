// The program in the making: arrays, and the values of nodes in the kernel at hand. Internal to
// this folder.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
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
    using Source = rulebook::native::Source;

public:
    Emission(const rulebook::plan::Plan& plan, rulebook::native::Program& program)
        : plan_(plan), program_(program) {}

    // ---- the kernel at hand
    // Over the records that the placement is about; it outlives the kernel.
    void begin(const Placement& placement);
    // Over rows, and in each over the elements that the placement is about.
    void begin_segments(const Placement& elements);
    // Over the elements of each root record once, whose sums so far are kept, and then over rows.
    void begin_running_segments(const Placement& elements);
    // The nodes that an item needs.
    void prepare(const PartItem& item);
    // Keeps what later parts need.
    void keep(const Part& part);
    // The elements are done: what is written from now on is of the rows.
    void leave_segment(const Placement& root);
    // `carried`: of the rule that goes on, if one does.
    void end(const std::vector<Carried*>& carried);

    Kernel& kernel() { return *kernel_; }
    llvm::IRBuilder<>& body() { return kernel_->body(); }
    const rulebook::plan::Plan& plan() const { return plan_; }
    const rulebook::native::Program& program() const { return program_; }
    rulebook::plan::EntityIndex entity() const { return placement_->entity(); }

    // Requires that the node is among what the part computes or loads.
    Lowered value(rulebook::plan::NodeId id) const { return values_.at(id); }
    // The row's instant; of an element, its root record's.
    llvm::Value* instant();
    // A field of the record as it is stored; of a text its code.
    Lowered stored(rulebook::plan::FieldIndex field);
    // Where that is.
    ArrayIndex array_of_stored(rulebook::plan::FieldIndex field);
    // A field as known at the instant; it is no text.
    Lowered field(rulebook::plan::FieldIndex field);
    // The code of a constant among those of a field of the record.
    llvm::Value* code_of_text(rulebook::plan::FieldIndex field, rulebook::plan::NodeId constant);
    // Among elements: of an array of rows.
    llvm::Value* owned(ArrayIndex array, Cell cell) { return kernel_->load_of_row(array, cell); }

    // What it was when the rule went on from the earlier kernel, or put() last gave it; nothing
    // before the first put().
    llvm::Value* get(Carried& carried);
    void put(Carried& carried, llvm::Value* value) { carried.now_ = value; }

    // A new array that the kernel writes.
    ArrayIndex write(Cell cell, llvm::Value* value);
    // The same, of a value that may be unknown. Of a node: where it is looked for from now on.
    ArrayIndex write_value(rulebook::plan::Type type, const Lowered& value,
                           rulebook::plan::NodeId node = rulebook::plan::kNoNode);
    // Inside of a running segment: what adds up to the element at hand.
    ArrayIndex write_running(Cell cell, llvm::Value* value);
    // Of the elements of a row, by their place: the first, the one behind those that are there, and
    // the first one inside the windows of the aggregate `node`.
    ArrayIndex array_of_begins() { return array_of_place(Source::Begins); }
    ArrayIndex array_of_seen() { return array_of_place(Source::Seen); }
    // Of an element: where its row has the value of `field` first.
    ArrayIndex array_of_firsts(rulebook::plan::FieldIndex field);
    ArrayIndex new_running(Cell cell) { return new_array(Source::Running, cell, entity()); }
    ArrayIndex array_of_entered(rulebook::plan::NodeId node);
    // Of a row: where the calendar window `window` of the aggregate `node` begins.
    llvm::Value* window_start(rulebook::plan::NodeId node, std::uint32_t window);
    // Where the node's values are, if they are anywhere, for records of the entity.
    std::optional<ArrayIndex> array_of_node(rulebook::plan::EntityIndex entity,
                                            rulebook::plan::NodeId node) const;

    std::vector<std::unique_ptr<Kernel>> take_kernels() { return std::move(kernels_); }

private:
    using OfEntity = std::pair<rulebook::plan::EntityIndex, std::uint32_t>; // node or field

    void begin(const Placement& placement, std::optional<Kernel::Segments> segments);
    ArrayIndex new_array(Source source, Cell cell, rulebook::plan::EntityIndex entity);
    ArrayIndex array_of_source(Source source, Cell cell, rulebook::plan::EntityIndex entity);
    ArrayIndex array_of_place(Source source) {
        return array_of_source(source, Cell::Count, entity());
    }
    ArrayIndex array_asked(rulebook::plan::NodeId id, Place place);
    Lowered from_array(rulebook::plan::NodeId id, Place place);
    Lowered lower(rulebook::plan::NodeId id);
    Lowered dated(rulebook::plan::FieldIndex field);
    Lowered tracked(rulebook::plan::FieldIndex field);

    const rulebook::plan::Plan& plan_;
    rulebook::native::Program& program_;
    const Placement* placement_ = nullptr;
    std::vector<std::unique_ptr<Kernel>> kernels_;
    Kernel* kernel_ = nullptr;
    std::map<rulebook::plan::NodeId, Lowered> values_; // in the kernel at hand
    std::map<OfEntity, ArrayIndex> node_arrays_;       // kept, or asked for
    std::map<OfEntity, ArrayIndex> field_arrays_, first_arrays_;
    std::map<std::pair<OfEntity, rulebook::plan::NodeId>, ArrayIndex> code_arrays_;
    std::map<std::pair<Source, rulebook::plan::EntityIndex>, ArrayIndex>
        source_arrays_; // of instants and places
};

// How values of the type stand in arrays; of texts: their codes.
Cell cell_of(rulebook::plan::Type type);

// The literal, or any value where it is unknown; not of texts.
Lowered constant(llvm::IRBuilder<>& ir, rulebook::plan::Type type,
                 const rulebook::plan::Value& literal);

} // namespace rulec::codegen
