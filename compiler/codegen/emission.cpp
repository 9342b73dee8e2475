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
    case plan::Representation::Text:
        return Cell::Count;
    case plan::Representation::Integer:
        break;
    }
    return Cell::Integer;
}

void Emission::begin(const Placement& placement) {
    begin(placement, std::nullopt);
}

void Emission::begin_segments(const Placement& elements) {
    begin(elements,
          Kernel::Segments{array_of_source(Source::Begins, Cell::Count, elements.entity()),
                           array_of_source(Source::Ends, Cell::Count, elements.entity())});
}

void Emission::begin_running_segments(const Placement& elements) {
    begin(elements,
          Kernel::Segments{array_of_source(Source::OnceBegins, Cell::Count, elements.entity()),
                           array_of_source(Source::Ends, Cell::Count, elements.entity()), true});
}

void Emission::begin(const Placement& placement, std::optional<Kernel::Segments> segments) {
    placement_ = &placement;
    const std::string name = "rulebook_kernel_" + std::to_string(program_.kernels.size());
    program_.kernels.push_back(name);
    kernels_.push_back(std::make_unique<Kernel>(name, segments));
    kernel_ = kernels_.back().get();
    values_.clear();
}

void Emission::prepare(const PartItem& item) {
    for (const NodeId id : item.loaded)
        values_[id] = from_array(id, Place::Lowered);
    for (const NodeId id : item.computed) {
        const Place place = placement_->of(id);
        values_[id] = place == Place::Lowered ? lower(id) : from_array(id, place);
    }
}

void Emission::keep(const Part& part) {
    for (const NodeId id : part.kept)
        if (!array_of_node(entity(), id))
            write_value(plan_.node(id).type, values_.at(id), id);
}

void Emission::leave_segment(const Placement& root) {
    kernel_->leave_segment();
    placement_ = &root;
    values_.clear();
}

void Emission::end(const std::vector<Carried*>& carried) {
    for (Carried* each : carried)
        if (llvm::Value* const now = std::exchange(each->now_, nullptr))
            each->array_ = write(each->cell_, now);
    kernel_->finish();
}

ArrayIndex Emission::new_array(Source source, Cell cell, plan::EntityIndex entity) {
    native::ArrayInfo info;
    info.source = source;
    info.cell = cell;
    info.entity = entity;
    program_.arrays.push_back(info);
    return static_cast<ArrayIndex>(program_.arrays.size() - 1);
}

ArrayIndex Emission::array_of_source(Source source, Cell cell, plan::EntityIndex entity) {
    const auto [known, is_new] = source_arrays_.try_emplace({source, entity}, 0);
    if (is_new)
        known->second = new_array(source, cell, entity);
    return known->second;
}

std::optional<ArrayIndex> Emission::array_of_node(plan::EntityIndex entity, NodeId node) const {
    const auto found = node_arrays_.find({entity, node});
    return found == node_arrays_.end() ? std::nullopt : std::optional(found->second);
}

ArrayIndex Emission::write(Cell cell, llvm::Value* value) {
    const ArrayIndex array = new_array(Source::Computed, cell, entity());
    kernel_->store(array, cell, value);
    return array;
}

ArrayIndex Emission::write_running(Cell cell, llvm::Value* value) {
    const ArrayIndex array = new_running(cell);
    kernel_->store(array, cell, value);
    return array;
}

ArrayIndex Emission::array_of_firsts(plan::FieldIndex field) {
    const auto [known, is_new] = first_arrays_.try_emplace({entity(), field}, 0);
    if (is_new) {
        known->second = new_array(Source::Firsts, Cell::Count, entity());
        program_.arrays[known->second].field = field;
    }
    return known->second;
}

// The same for the same windows.
ArrayIndex Emission::array_of_entered(NodeId node) {
    const auto aggregate = [&](NodeId id) -> const plan::Aggregate& {
        return plan_.aggregates[plan_.node(id).index];
    };
    for (ArrayIndex i = 0; i < program_.arrays.size(); ++i) {
        const native::ArrayInfo& info = program_.arrays[i];
        if (info.source == Source::Entered && info.entity == entity() &&
            aggregate(info.node).windows == aggregate(node).windows)
            return i;
    }
    const ArrayIndex array = new_array(Source::Entered, Cell::Count, entity());
    program_.arrays[array].node = node;
    return array;
}

llvm::Value* Emission::window_start(NodeId node, std::uint32_t window) {
    const ArrayIndex array = new_array(Source::WindowStart, Cell::Integer, plan_.schema.root);
    program_.arrays[array].node = node;
    program_.arrays[array].field = window;
    return kernel_->load(array, Cell::Integer);
}

ArrayIndex Emission::write_value(plan::Type type, const Lowered& value, NodeId node) {
    const ArrayIndex array = write(cell_of(type), value.value);
    kernel_->store_known(array, value.known);
    program_.arrays[array].node = node;
    if (node != plan::kNoNode)
        node_arrays_[{entity(), node}] = array;
    return array;
}

llvm::Value* Emission::get(Carried& carried) {
    if (carried.now_ == nullptr && carried.array_)
        carried.now_ = kernel_->load(*carried.array_, carried.cell_);
    return carried.now_;
}

llvm::Value* Emission::instant() {
    const ArrayIndex array = array_of_source(Source::Instant, Cell::Integer, plan_.schema.root);
    return placement_->is_root() ? kernel_->load(array, Cell::Integer)
                                 : owned(array, Cell::Integer);
}

ArrayIndex Emission::array_of_stored(plan::FieldIndex field) {
    const plan::Type type = plan_.schema.entities[entity()].fields[field].type;
    const Cell cell = cell_of(type);
    const auto [known, is_new] = field_arrays_.try_emplace({entity(), field}, 0);
    if (is_new) {
        known->second = new_array(is_text(type) ? Source::Codes : Source::Stored, cell, entity());
        program_.arrays[known->second].field = field;
    }
    return known->second;
}

Lowered Emission::stored(plan::FieldIndex field) {
    const Cell cell = cell_of(plan_.schema.entities[entity()].fields[field].type);
    const ArrayIndex array = array_of_stored(field);
    return {kernel_->load(array, cell), kernel_->load_known(array)};
}

llvm::Value* Emission::code_of_text(plan::FieldIndex field, NodeId constant) {
    const auto [known, is_new] = code_arrays_.try_emplace({{entity(), field}, constant}, 0);
    if (is_new) {
        known->second = new_array(Source::CodeOfText, Cell::Count, entity());
        program_.arrays[known->second].field = field;
        program_.arrays[known->second].node = constant;
    }
    return kernel_->load_single(known->second, Cell::Count);
}

// Of a node that the interpreter is asked about.
ArrayIndex Emission::array_asked(NodeId id, Place place) {
    const ArrayIndex array =
        new_array(place == Place::OfText ? Source::OfText : Source::Interpreted,
                  cell_of(plan_.node(id).type), entity());
    program_.arrays[array].node = id;
    if (place == Place::OfText)
        program_.arrays[array].field = placement_->text_field(id);
    node_arrays_[{entity(), id}] = array;
    return array;
}

Lowered Emission::from_array(NodeId id, Place place) {
    const Cell cell = cell_of(plan_.node(id).type);
    if (place == Place::Owned) {
        const ArrayIndex array = *array_of_node(plan_.schema.root, id);
        return {kernel_->load_of_row(array, cell), kernel_->load_known_of_row(array)};
    }
    const auto known = array_of_node(entity(), id);
    const ArrayIndex array = known ? *known : array_asked(id, place);
    return {kernel_->load(array, cell), kernel_->load_known(array)};
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
