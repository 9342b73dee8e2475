#include "runtime/single/direct.hpp"

#include <algorithm>

#include "runtime/batch/cell_writer.hpp"
#include "runtime/native/key.hpp"

namespace rulebook::single {

using native::ArrayIndex;
using native::Cell;
using native::Source;

namespace {

// Texts that are remembered of a node, at most; then all are forgotten.
constexpr std::size_t kMostTexts = 10'000;

} // namespace

bool Direct::is_possible(const native::Code& code, const plan::Plan& plan) {
    return std::ranges::all_of(code.program.arrays, [&](const native::ArrayInfo& info) {
        return info.entity == plan.schema.root && info.source != Source::Interpreted;
    });
}

Direct::Direct(const native::Code& code, const plan::Plan& plan, Record& record)
    : code_(code), record_(record) {
    std::vector<Cell> cells;
    for (const native::ArrayInfo& info : code.program.arrays)
        cells.push_back(info.cell);
    buffers_.make_room(cells, 1);
    for (ArrayIndex i = 0; i < code.program.arrays.size(); ++i) {
        arrays_.push_back(buffers_.of(i));
        const native::ArrayInfo& info = code.program.arrays[i];
        if (info.source == Source::CodeOfText)
            *static_cast<std::uint32_t*>(arrays_[i].values) =
                code_of(info.field, plan.node(info.node).literal.text());
        else
            point(i);
    }
}

// Fields are read where they are set.
void Direct::point(ArrayIndex index) {
    const native::ArrayInfo& info = code_.program.arrays[index];
    native::Array& array = arrays_[index];
    if (info.source == Source::Stored || info.source == Source::Tracked) {
        Slot& slot = record_.slot(info.field);
        array = {&slot.integer, &slot.known};
    } else if (info.source == Source::Codes) {
        Slot& slot = record_.slot(info.field);
        array = {&slot.code, &slot.known};
        coded(info.field);
    } else if (info.source == Source::OfText) {
        of_texts_.push_back({index, {}});
    } else if (info.source == Source::Instant) {
        instants_.push_back(index);
    }
}

Direct::Coded& Direct::coded(plan::FieldIndex field) {
    const auto found = std::ranges::find(coded_, field, &Coded::field);
    return found != coded_.end() ? *found : coded_.emplace_back(Coded{field, {}});
}

// From 1 in the order in which they come.
std::uint32_t Direct::code_of(plan::FieldIndex field, const std::string& text) {
    auto& codes = coded(field).codes;
    return codes.try_emplace(text, static_cast<std::uint32_t>(codes.size() + 1)).first->second;
}

void Direct::ask_text(OfText& of_text, const AskInterpreter& ask) {
    const native::ArrayInfo& info = code_.program.arrays[of_text.array];
    const Slot& slot = record_.slot(info.field);
    if (slot.known == 0)
        return batch::write_cell(info, arrays_[of_text.array], 0, ask(info.node));
    auto found = of_text.values.find(std::string_view(slot.text));
    if (found == of_text.values.end()) {
        if (of_text.values.size() == kMostTexts)
            of_text.values.clear();
        found = of_text.values.emplace(slot.text, ask(info.node)).first;
    }
    batch::write_cell(info, arrays_[of_text.array], 0, found->second);
}

void Direct::evaluate(std::int64_t instant, const AskInterpreter& ask) {
    for (const ArrayIndex array : instants_)
        *static_cast<std::int64_t*>(arrays_[array].values) = instant;
    for (const Coded& each : coded_) {
        Slot& slot = record_.slot(each.field);
        if (slot.known == 0)
            continue;
        const auto found = each.codes.find(std::string_view(slot.text));
        slot.code = found == each.codes.end() ? 0 : found->second;
    }
    for (OfText& each : of_texts_)
        ask_text(each, ask);
    for (const native::Kernel kernel : code_.kernels)
        native::call(kernel, arrays_.data(), 1);
}

native::Rank Direct::rank(std::size_t table, std::size_t place) const {
    const native::TableColumn& column = code_.tables[table]->columns()[place];
    const ArrayIndex input = code_.program.tables[table].inputs[place];
    const native::ArrayInfo& info = code_.program.arrays[input];
    if (!known(input))
        return column.rank_of_unknown();
    if (info.source == Source::Codes)
        return column.rank(std::string_view(record_.slot(info.field).text));
    switch (info.cell) {
    case Cell::Bool:
        return column.rank(std::int64_t{value<std::uint8_t>(input) != 0});
    case Cell::Real:
        return column.rank(native::key_of(value<double>(input)));
    default:
        return column.rank(value<std::int64_t>(input));
    }
}

void Direct::find_rows(std::size_t table, std::size_t most,
                       std::vector<std::uint32_t>& rows) const {
    std::vector<native::Rank> ranks;
    for (std::size_t column = 0; column < code_.program.tables[table].inputs.size(); ++column)
        ranks.push_back(rank(table, column));
    code_.tables[table]->find(ranks, most, rows);
}

} // namespace rulebook::single
