#include "compiler/codegen/generate.hpp"

#include <algorithm>
#include <iterator>

#include "compiler/codegen/generation.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
namespace native = rulebook::native;
using plan::RuleKind;

namespace {

// So many results of segments at a time: the processor has registers for them.
constexpr std::size_t kMostOfSegment = 6;

// The version of a rule that is in force; narrows `instants` to those at which that stays so.
template <class Rules>
std::optional<std::uint32_t> in_force(const plan::Rule& rule, const Rules& rules,
                                      std::int64_t instant, plan::Effective& instants) {
    std::optional<std::uint32_t> found;
    const auto note = [&](const std::optional<std::int64_t>& border) {
        if (!border)
            return;
        if (*border <= instant)
            instants.from = std::max(instants.from.value_or(*border), *border);
        else
            instants.until = std::min(instants.until.value_or(*border), *border);
    };
    for (const std::uint32_t version : rule.versions) {
        note(rules[version].effective.from);
        note(rules[version].effective.until);
        if (rules[version].effective.contains(instant))
            found = version;
    }
    return found;
}

} // namespace

Generation::Generation(const plan::Plan& plan, const Request& request)
    : plan_(plan), request_(request), frames_(plan::frames_of_nodes(plan)),
      reductions_(plan, frames_,
                  request.about ? std::optional(request.about->entity) : std::nullopt),
      emission_(plan, program_) {
    program_.content_hash = plan.content_hash;
    program_.about = request.about;
    choose_rules();
}

Generated Generation::generate() {
    const std::vector<Item> items = items_of_rules();
    needed_ = reductions_.needed_by(items);
    bounds_.resize(needed_.size());
    std::vector<Item> all = items_of_reductions();
    all.insert(all.end(), items.begin(), items.end());
    root_.emplace(placement_of(plan_.schema.root, 0));
    for (const Part& part : parts_of(plan_, *root_, all)) {
        const Item& first = part.items.front().item;
        if (first.kind == Item::Kind::Elements)
            emit_elements(first.index);
        else
            emit(part);
    }
    if (request_.about)
        emit_values_of_records();
    return {std::move(program_), emission_.take_kernels(), std::move(tables_)};
}

Placement Generation::placement_of(plan::EntityIndex entity, std::uint32_t level) const {
    return {plan_,
            frames_,
            entity,
            level,
            {[this](std::uint32_t rule) { return is_native(rule); },
             [this](plan::NodeId node) { return reductions_.is_native(node); }}};
}

// Those asked for and those that they read, which come before them.
void Generation::choose_rules() {
    std::vector<bool> wanted(plan_.rules.size());
    for (const std::uint32_t rule : request_.rules)
        wanted[rule] = true;
    for (std::size_t rule = plan_.rules.size(); rule-- > 0;)
        if (wanted[rule])
            for (const std::uint32_t read : plan_.rules[rule].rules_read)
                wanted[read] = true;
    for (std::uint32_t rule = 0; rule < plan_.rules.size(); ++rule)
        if (const auto version = wanted[rule] ? native_version(rule) : std::nullopt)
            versions_[rule] = *version;
}

std::optional<std::uint32_t> Generation::native_version(std::uint32_t index) {
    const plan::Rule& rule = plan_.rules[index];
    if (rule.kind == RuleKind::Fit) {
        const auto version = in_force(rule, plan_.fits, request_.instant, program_.instants);
        const bool can = version && codegen::is_native(plan_, reductions_, plan_.fits[*version]);
        return can ? version : std::nullopt;
    }
    if (rule.kind == RuleKind::Decision)
        return in_force(rule, plan_.decisions, request_.instant, program_.instants);
    return rule.kind == RuleKind::Table ? native_table(rule) : std::nullopt;
}

std::optional<std::uint32_t> Generation::native_table(const plan::Rule& rule) {
    const auto version = in_force(rule, plan_.tables, request_.instant, program_.instants);
    if (!version)
        return std::nullopt;
    auto index = native::TableIndex::of(plan_, plan_.tables[*version]);
    if (!index)
        return std::nullopt;
    indexes_[*version] = std::make_shared<const native::TableIndex>(*std::move(index));
    return version;
}

void Generation::emit(const Part& part) {
    emission_.begin(*root_);
    for (const PartItem& each : part.items) {
        emission_.prepare(each);
        emit(each.item);
    }
    std::vector<Carried*> carried;
    if (fit_)
        carried = fit_->carried();
    else if (decision_)
        carried = decision_->carried();
    emission_.keep(part);
    emission_.end(carried);
}

void Generation::emit(const Item& item) {
    switch (item.kind) {
    case Item::Kind::Out:
    case Item::Kind::Clause:
    case Item::Kind::FitEnd:
        return emit_fit(item);
    case Item::Kind::Choice:
    case Item::Kind::DecisionEnd:
        return emit_decision(item);
    case Item::Kind::Table:
        return emit_table(item);
    case Item::Kind::Value:
        program_.values.push_back({item.index, array_of(item.index)});
        return;
    case Item::Kind::Keep:
        array_of(item.index);
        return;
    case Item::Kind::Bounds:
        bounds_[item.index] = bounds_of(needed_[item.index]);
        return;
    case Item::Kind::Elements:
    case Item::Kind::Element:
        return;
    }
}

ArrayIndex Generation::array_of(plan::NodeId node) {
    if (const auto array = emission_.array_of_node(plan_.schema.root, node))
        return *array;
    return emission_.write_value(plan_.node(node).type, emission_.value(node), node);
}

// The same for the same windows.
Bounds Generation::bounds_of(const Reduction& reduction) {
    const std::vector<plan::Window>& windows = reduction.aggregate->windows;
    for (std::size_t i = 0; i < bounds_.size(); ++i)
        if (bounds_[i] && needed_[i].aggregate->windows == windows)
            return *bounds_[i];
    return write_bounds(emission_, windows, reduction.node);
}

void Generation::emit_fit(const Item& item) {
    if (!fit_)
        fit_.emplace(emission_, counts_, item.rule, item.version);
    fit_->emit(item);
    if (item.kind != Item::Kind::FitEnd)
        return;
    program_.fits.push_back(fit_->arrays());
    fit_.reset();
}

void Generation::emit_decision(const Item& item) {
    if (!decision_)
        decision_.emplace(emission_, item.rule, item.version);
    decision_->emit(item);
    if (item.kind != Item::Kind::DecisionEnd)
        return;
    program_.decisions.push_back(decision_->arrays());
    decision_.reset();
}

void Generation::emit_table(const Item& item) {
    native::TableArrays arrays;
    arrays.rule = item.rule;
    arrays.version = item.version;
    const auto& index = indexes_.at(item.version);
    for (const native::TableColumn& column : index->columns()) {
        if (is_text(column.type()))
            arrays.inputs.push_back(emission_.array_of_stored(plan_.node(column.input()).index));
        else
            arrays.inputs.push_back(array_of(column.input()));
    }
    program_.tables.push_back(std::move(arrays));
    tables_.push_back(index);
}

// The topmost nodes of the root record among those behind the values of other records.
std::vector<plan::NodeId> Generation::owned_by_values() const {
    const Placement records = placement_of(request_.about->entity, request_.about->level);
    std::vector<plan::NodeId> owned;
    std::vector<plan::NodeId> waiting = request_.values;
    std::vector<bool> seen(plan_.nodes.size());
    while (!waiting.empty()) {
        const plan::NodeId id = waiting.back();
        waiting.pop_back();
        if (seen[id])
            continue;
        seen[id] = true;
        const Place place = records.of(id);
        if (place == Place::Owned)
            owned.push_back(id);
        else if (place == Place::Lowered)
            std::ranges::copy(records.operands(id), std::back_inserter(waiting));
    }
    std::ranges::sort(owned);
    return owned;
}

void Generation::emit_values_of_records() {
    const Placement records = placement_of(request_.about->entity, request_.about->level);
    std::vector<Item> items;
    for (const plan::NodeId node : request_.values)
        items.push_back({Item::Kind::Value, 0, 0, node, {node}});
    for (const Part& part : parts_of(plan_, records, items)) {
        emission_.begin(records);
        for (const PartItem& each : part.items) {
            emission_.prepare(each);
            const plan::NodeId node = each.item.index;
            const auto array = emission_.array_of_node(records.entity(), node);
            program_.values.push_back(
                {node, array ? *array
                             : emission_.write_value(plan_.node(node).type, emission_.value(node),
                                                     node)});
        }
        emission_.keep(part);
        emission_.end({});
    }
}

void Generation::emit_elements(std::uint32_t stage) {
    std::map<plan::EntityIndex, std::vector<std::uint32_t>> collections;
    for (std::uint32_t i = 0; i < needed_.size(); ++i)
        if (needed_[i].stage == stage)
            collections[needed_[i].aggregate->collection].push_back(i);
    for (const auto& [collection, reductions] : collections)
        emit_collection(collection, reductions);
}

void Generation::emit_collection(plan::EntityIndex collection,
                                 const std::vector<std::uint32_t>& reductions) {
    const Placement elements = placement_of(collection, 1);
    for (const Segments kind : {Segments::Plain, Segments::Distinct, Segments::Running}) {
        std::vector<Item> items;
        for (const std::uint32_t reduction : reductions)
            if (segments_of(needed_[reduction]) == kind)
                items.push_back({Item::Kind::Element, 0, 0, reduction,
                                 asked_of_element(*needed_[reduction].aggregate)});
        for (const Part& part : parts_of(plan_, elements, items, kMostOfSegment))
            emit_segments(part, elements, kind == Segments::Running);
    }
}

Generation::Segments Generation::segments_of(const Reduction& reduction) const {
    if (runs(reduction))
        return Segments::Running;
    const bool is_distinct = reduction.aggregate->kind == plan::AggregateKind::Distinct;
    return is_distinct ? Segments::Distinct : Segments::Plain;
}

bool Generation::runs(const Reduction& reduction) const {
    return request_.over_time &&
           can_run(plan_, reduction, placement_of(reduction.aggregate->collection, 1));
}

void Generation::emit_segments(const Part& part, const Placement& elements, bool running) {
    if (running)
        emission_.begin_running_segments(elements);
    else
        emission_.begin_segments(elements);
    ElementEmission asking(emission_, running);
    std::vector<Lowered> results;
    for (const PartItem& each : part.items) {
        emission_.prepare(each);
        const Reduction& reduction = needed_[each.item.index];
        const ElementValues element = asking.ask(reduction, bounds_[each.item.index]);
        results.push_back(running ? reduce_running(emission_, reduction, element)
                                  : reduce(emission_, reduction, element));
    }
    emission_.keep(part);
    emission_.leave_segment(*root_);
    for (std::size_t i = 0; i < part.items.size(); ++i) {
        const Reduction& reduction = needed_[part.items[i].item.index];
        if (reduction.clause != nullptr)
            counts_[reduction.clause] = emission_.write(Cell::Integer, results[i].value);
        else
            emission_.write_value(plan_.node(reduction.node).type, results[i], reduction.node);
    }
    emission_.end({});
}

Generated generate(const plan::Plan& plan, const Request& request) {
    return Generation(plan, request).generate();
}

} // namespace rulec::codegen
