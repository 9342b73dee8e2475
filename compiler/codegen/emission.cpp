#include "compiler/codegen/emission.hpp"

#include <utility>

#include "compiler/codegen/operation.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
namespace native = rulebook::native;
using native::Source;
using plan::NodeId;

Cell cell_of(plan::Type type) {
    switch (plan::representation(type.kind)) {
    case plan::Representation::Bool:
        return Cell::Bool;
    case plan::Representation::Real:
        return Cell::Real;
    case plan::Representation::Integer:
    case plan::Representation::Text:
        break;
    }
    return Cell::Integer;
}

Emission::Emission(const plan::Plan& plan, const Placement& placement, native::Program& program)
    : plan_(plan), placement_(placement), program_(program) {}

void Emission::begin() {
    program_.kernels.push_back("rulebook_kernel_" + std::to_string(program_.kernels.size()));
    kernels_.push_back(std::make_unique<Kernel>(program_.kernels.back()));
    kernel_ = kernels_.back().get();
    values_.clear();
}

void Emission::prepare(const PartItem& item) {
    for (const NodeId id : item.loaded)
        values_[id] = from_array(id);
    for (const NodeId id : item.computed)
        values_[id] = placement_.of(id) == Place::Lowered ? lower(id) : from_array(id);
}

void Emission::end(const Part& part, const std::vector<Carried*>& carried) {
    for (const NodeId id : part.kept)
        node_arrays_[id] = write_value(plan_.node(id).type, values_.at(id), id);
    for (Carried* each : carried)
        if (llvm::Value* const now = std::exchange(each->now_, nullptr))
            each->array_ = write(each->cell_, now);
    kernel_->finish();
}

ArrayIndex Emission::array_of(const native::ArrayInfo& info) {
    program_.arrays.push_back(info);
    return static_cast<ArrayIndex>(program_.arrays.size() - 1);
}

ArrayIndex Emission::write(Cell cell, llvm::Value* value) {
    const ArrayIndex array =
        array_of({.source = Source::Computed, .cell = cell, .may_be_unknown = false});
    kernel_->store(array, cell, value);
    return array;
}

ArrayIndex Emission::write_value(plan::Type type, const Lowered& value, NodeId node) {
    const Cell cell = cell_of(type);
    const ArrayIndex array = array_of({.source = Source::Computed, .cell = cell, .node = node});
    kernel_->store(array, cell, value.value);
    kernel_->store_known(array, value.known);
    return array;
}

llvm::Value* Emission::get(Carried& carried) {
    if (carried.now_ == nullptr && carried.array_)
        carried.now_ = kernel_->load(*carried.array_, carried.cell_);
    return carried.now_;
}

llvm::Value* Emission::instant() {
    if (!instant_array_)
        instant_array_ = array_of({.source = Source::Instant, .may_be_unknown = false});
    return kernel_->load(*instant_array_, Cell::Integer);
}

Lowered Emission::stored(plan::FieldIndex field) {
    const Cell cell = cell_of(plan_.schema.root_entity().fields[field].type);
    const auto [known, is_new] = field_arrays_.try_emplace(field, 0);
    if (is_new)
        known->second = array_of({.source = Source::Stored, .cell = cell, .field = field});
    return {kernel_->load(known->second, cell), kernel_->load_known(known->second)};
}

// Of a node that the interpreter is asked about.
ArrayIndex Emission::array_asked(NodeId id) {
    native::ArrayInfo info{
        .source = Source::Interpreted, .cell = cell_of(plan_.node(id).type), .node = id};
    if (placement_.of(id) == Place::OfText) {
        info.source = Source::OfText;
        info.field = placement_.text_field(id);
    }
    return array_of(info);
}

Lowered Emission::from_array(NodeId id) {
    auto known = node_arrays_.find(id);
    if (known == node_arrays_.end())
        known = node_arrays_.emplace(id, array_asked(id)).first;
    return {kernel_->load(known->second, cell_of(plan_.node(id).type)),
            kernel_->load_known(known->second)};
}

Lowered Emission::lower(NodeId id) {
    const plan::Node& node = plan_.node(id);
    const Operation operation{*this, id, node};
    Lowered result;
    switch (node.op) {
#define RB_Lowered(Name)                                                                           \
    case plan::Op::Name:                                                                           \
        result = codegen::lower(Is<plan::Op::Name>{}, operation);                                  \
        break;
#define RB_Asked(Name)
#define RB_NATIVE_OP(Name, how) RB_##how(Name)
#include "compiler/codegen/native_ops.def"
    default:
        break;
    }
    if (id < plan_.labels.size() && !plan_.labels[id].empty())
        kernel_->comment(result.value, plan_.labels[id]);
    return result;
}

} // namespace rulec::codegen
