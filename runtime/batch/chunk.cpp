#include "runtime/batch/chunk.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "runtime/batch/cell_writer.hpp"
#include "runtime/interpret/span.hpp"

namespace rulebook::batch {

using native::ArrayIndex;
using native::Source;

Chunk::Chunk(const native::Code& code, const interpret::PreparedPlan& expressions,
             const data::Dataset& dataset)
    : code_(&code), dataset_(dataset), evaluator_(expressions, dataset),
      arrays_(code.program.arrays.size()),
      roots_(code.program, expressions.plan(), dataset, dataset.schema().root) {
    for (ArrayIndex i = 0; i < code.program.arrays.size(); ++i) {
        const native::ArrayInfo& info = code.program.arrays[i];
        if (info.source == Source::Instant)
            instant_arrays_.push_back(i);
        if (info.source == Source::WindowStart)
            window_start_arrays_.push_back(i);
        if (info.entity == dataset.schema().root)
            continue;
        Elements& elements = elements_of(info.entity);
        if (info.source == Source::Begins)
            elements.begin_arrays.push_back(i);
        else if (info.source == Source::Ends)
            elements.end_arrays.push_back(i);
    }
    for (std::size_t i = 0; i < code.program.tables.size(); ++i)
        tables_.emplace_back(code.program, i, *code.tables[i], dataset);
}

// What was brought in for the program so far, and asked of texts, is as good for the other code.
bool Chunk::go_over_to(const native::Code& code) {
    if (code.program != code_->program)
        return false;
    code_ = &code;
    return true;
}

void Chunk::find_rows(std::size_t table, std::size_t row, std::size_t most,
                      std::vector<std::uint32_t>& rows) {
    tables_[table].find(arrays_, row, most, rows);
}

// One of no entity so far is added.
Chunk::Elements& Chunk::elements_of(plan::EntityIndex entity) {
    for (Elements& each : elements_)
        if (each.inputs.entity() == entity)
            return each;
    const plan::Plan& plan = evaluator_.plan();
    return elements_.emplace_back(
        Elements{Inputs(code_->program, plan, dataset_, entity),
                 Places(code_->program, plan, dataset_, evaluator_.zone(), entity),
                 Firsts(code_->program, dataset_, entity)});
}

void Chunk::evaluate(RowIndex first, std::size_t count, std::int64_t instant) {
    roots_.rows().set_side_by_side(first, count);
    instant_ = instant;
    instants_ = {};
    evaluate();
}

void Chunk::evaluate(std::span<const RowIndex> roots, std::span<const std::int64_t> instants) {
    roots_.rows().set({roots.begin(), roots.end()});
    instants_ = instants;
    evaluate();
}

std::size_t Chunk::elements_brought(RowIndex root) const {
    std::size_t count = 0;
    for (const Elements& each : elements_)
        if (!each.begin_arrays.empty() && !each.inputs.are_shared())
            count += dataset_.table(each.inputs.entity()).children(root).size();
    return count;
}

Chunk::Elements& Chunk::records() {
    return elements_of(code_->program.about->entity);
}

// A root for each record.
void Chunk::list_parents(const Elements& records) {
    const data::Table& table = dataset_.table(records.inputs.entity());
    const Rows& rows = records.inputs.rows();
    std::vector<RowIndex> parents(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        parents[i] = table.parent(rows[i]);
    roots_.rows().set(std::move(parents));
}

void Chunk::evaluate_records(RowIndex first, std::span<const std::int64_t> instants) {
    records().inputs.rows().set_side_by_side(first, instants.size());
    list_parents(records());
    instants_ = instants;
    evaluate();
}

void Chunk::evaluate_records(std::span<const RowIndex> rows,
                             std::span<const std::int64_t> instants) {
    records().inputs.rows().set({rows.begin(), rows.end()});
    list_parents(records());
    instants_ = instants;
    evaluate();
}

void Chunk::evaluate() {
    bring_roots();
    for (Elements& each : elements_)
        bring(each);
    for (const native::Kernel kernel : code_->kernels)
        native::call(kernel, arrays_.data(), static_cast<std::int64_t>(roots_.rows().size()));
}

void Chunk::bring_roots() {
    const Rows& roots = roots_.rows();
    const auto interpreter = [&](plan::NodeId node, std::size_t row) {
        const std::array frames{interpret::Record{roots_.entity(), roots[row]}};
        return ask(node, frames, instant_of(row));
    };
    roots_.bring(arrays_, {interpreter, [&](std::size_t row) { return instant_of(row); }});
    for (const ArrayIndex array : instant_arrays_) {
        auto* const instants = static_cast<std::int64_t*>(arrays_[array].values);
        for (std::size_t row = 0; row < roots.size(); ++row)
            instants[row] = instant_of(row);
    }
    for (const ArrayIndex array : window_start_arrays_)
        bring_window_starts(array);
}

// Of rows with the same end it is found once.
void Chunk::bring_window_starts(ArrayIndex array) {
    const native::ArrayInfo& info = code_->program.arrays[array];
    const plan::Plan& plan = evaluator_.plan();
    const plan::Window& window = plan.aggregates[plan.node(info.node).index].windows[info.field];
    const Rows& roots = roots_.rows();
    std::optional<std::int64_t> end;
    plan::Value start;
    for (std::size_t row = 0; row < roots.size(); ++row) {
        std::optional<std::int64_t> now = instant_of(row);
        if (window.kind != plan::WindowKind::Last) {
            const std::array frames{interpret::Record{roots_.entity(), roots[row]}};
            const plan::Value anchor = ask(window.anchor, frames, instant_of(row));
            now = anchor.known() ? std::optional(anchor.integer()) : std::nullopt;
        }
        if (row == 0 || now != end)
            start = now ? plan::Value::of(
                              interpret::calendar_start(evaluator_.zone(), window.span, *now))
                        : plan::Value();
        end = now;
        write_cell(info, arrays_[array], row, start);
    }
}

void Chunk::bring(Elements& elements) {
    const auto& about = code_->program.about;
    const bool is_of_rows = about && about->entity == elements.inputs.entity();
    if (!is_of_rows)
        find(elements);
    // Frames between the root's and the record's hold none.
    const std::size_t level = is_of_rows ? about->level : 1;
    const Rows& roots = roots_.rows();
    const Rows& rows = elements.inputs.rows();
    const auto interpreter = [&](plan::NodeId node, std::size_t element) {
        const std::size_t owner = elements.owner(element);
        std::vector<interpret::Record> frames(level + 1, {interpret::kNoRecord, 0});
        frames.front() = {roots_.entity(), roots[owner]};
        frames.back() = {elements.inputs.entity(), rows[element]};
        return ask(node, frames, instant_of(owner));
    };
    elements.inputs.bring(arrays_, {interpreter, [&](std::size_t element) {
                                        return instant_of(elements.owner(element));
                                    }});
    for (const ArrayIndex array : elements.begin_arrays)
        arrays_[array].values = elements.begins.data();
    for (const ArrayIndex array : elements.end_arrays)
        arrays_[array].values = elements.ends.data();
    if (is_of_rows)
        return;
    elements.firsts.bring(rows, elements.begins, elements.ends, arrays_);
    elements.places.bring({roots, elements.begins, elements.ends, instant_, instants_}, arrays_);
}

std::size_t Chunk::Elements::owner(std::size_t element) const {
    if (begins.empty())
        return element;
    const auto behind = std::ranges::upper_bound(begins, element);
    return static_cast<std::size_t>(behind - begins.begin()) - 1;
}

// The children of roots that stand side by side do so, too.
void Chunk::find(Elements& elements) const {
    const Rows& roots = roots_.rows();
    elements.begins.resize(roots.size());
    elements.ends.resize(roots.size());
    if (!roots.are_side_by_side()) {
        if (!find_shared(elements))
            find_listed(elements);
        return;
    }
    const data::Table& table = dataset_.table(elements.inputs.entity());
    const auto first = table.first_children().subspan(roots.first(), roots.size() + 1);
    for (std::size_t i = 0; i < roots.size(); ++i) {
        elements.begins[i] = first[i] - first[0];
        elements.ends[i] = first[i + 1] - first[0];
    }
    elements.inputs.rows().set_side_by_side(first[0], first.back() - first[0]);
}

// False: values depend on the row's instant, or there are many elements of roots between these.
bool Chunk::find_shared(Elements& elements) const {
    const data::Table& table = dataset_.table(elements.inputs.entity());
    const Rows& roots = roots_.rows();
    if (!elements.inputs.are_shared() || roots.size() == 0)
        return false;
    const auto [least, greatest] = std::ranges::minmax(roots.listed());
    const data::RowRange all{table.children(least).first, table.children(greatest).last};
    std::size_t own = 0;
    for (std::size_t i = 0; i < roots.size(); ++i) {
        const data::RowRange children = table.children(roots[i]);
        elements.begins[i] = children.first - all.first;
        elements.ends[i] = children.last - all.first;
        own += children.size();
    }
    if (all.size() > kManyRows && all.size() > own)
        return false;
    elements.inputs.rows().set_side_by_side(all.first, all.size());
    return true;
}

void Chunk::find_listed(Elements& elements) const {
    const data::Table& table = dataset_.table(elements.inputs.entity());
    const Rows& roots = roots_.rows();
    std::vector<RowIndex> rows;
    for (std::size_t i = 0; i < roots.size(); ++i) {
        elements.begins[i] = static_cast<std::uint32_t>(rows.size());
        const data::RowRange children = table.children(roots[i]);
        for (RowIndex row = children.first; row < children.last; ++row)
            rows.push_back(row);
        elements.ends[i] = static_cast<std::uint32_t>(rows.size());
    }
    elements.inputs.rows().set(std::move(rows));
}

plan::Value Chunk::ask(plan::NodeId node, std::span<const interpret::Record> frames,
                       std::int64_t instant) {
    interpret::RowContext row;
    row.instant = instant;
    row.frames = frames;
    row.fired = fired_;
    return evaluator_.evaluate(node, row);
}

} // namespace rulebook::batch
