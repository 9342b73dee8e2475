#include "runtime/scan/signal_planes.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "runtime/data/numbered_values.hpp"
#include "runtime/trigger/signal_marks.hpp"

namespace rulebook::scan {

using data::RowIndex;

namespace {

constexpr std::size_t kSignalsOfTable = 7;
// An entry that says that it was asked about.
constexpr std::uint8_t kAsked = 0x80;

// Bit `bit` of 64 bytes, one word: eight bytes at a time, the bits of which the product brings
// together in its highest byte.
Word gathered(const std::uint8_t* bytes, unsigned bit) {
    constexpr Word kLowest = 0x0101010101010101;
    constexpr Word kTogether = 0x0102040810204080;
    Word word = 0;
    for (unsigned i = 0; i < 8; ++i) {
        Word eight = 0;
        std::memcpy(&eight, bytes + std::size_t{i} * 8, 8);
        word |= ((((eight >> bit) & kLowest) * kTogether) >> 56) << (8 * i);
    }
    return word;
}

void set_first(Plane& plane, std::size_t bits) {
    std::ranges::fill(plane, ~Word{0});
    if (bits % kBitsOfWord != 0)
        plane.back() = (Word{1} << (bits % kBitsOfWord)) - 1;
}

} // namespace

SignalPlanes::SignalPlanes(interpret::Evaluator& evaluator, plan::EntityIndex collection,
                           std::vector<std::uint32_t> signals)
    : evaluator_(evaluator), collection_(collection), signals_(std::move(signals)),
      planes_(signals_.size()) {
    const plan::Entity& entity = evaluator.plan().schema.entities[collection];
    times_ = &evaluator.dataset().table(collection).column(*entity.visible_from());
    for (std::size_t place = 0; place < signals_.size(); ++place)
        add(place);
}

std::size_t SignalPlanes::place_of(std::uint32_t signal) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(signals_, signal) - signals_.begin());
}

void SignalPlanes::add(std::size_t place) {
    const plan::Plan& plan = evaluator_.plan();
    const plan::NodeId where = plan.signals[signals_[place]].where;
    if (where == plan::kNoNode)
        return always_.push_back(place);
    const auto field = trigger::only_field_of_record(plan, where);
    if (!field || !data::has_numbered_values(plan.schema.entities[collection_].fields[*field].type))
        return asked_.push_back(place);
    const auto room = std::ranges::find_if(tables_, [&](const Table& table) {
        return table.field == *field && table.signals.size() < kSignalsOfTable;
    });
    if (room != tables_.end())
        return room->signals.push_back(place);
    const data::Column& column = evaluator_.dataset().table(collection_).column(*field);
    tables_.push_back(
        {*field, {place}, std::vector<std::uint8_t>(data::count_of_numbers(plan.schema, column))});
}

void SignalPlanes::find(data::RowRange rows, std::int64_t as_of) {
    rows_ = rows;
    for (Plane& plane : planes_)
        plane.assign(words_for(rows.size()), 0);
    if (rows.empty())
        return;
    found_.assign(words_for(rows.size()) * kBitsOfWord, 0);
    for (const std::size_t place : always_)
        set_first(planes_[place], rows.size());
    for (Table& table : tables_)
        find(table);
    if (code_ && !asked_.empty())
        evaluate_code();
    for (const std::size_t place : asked_)
        if (!code_ || !ask_code(place))
            ask(place);
    if (!times_->all_known() || evaluator_.dataset().latest().value_or(as_of) > as_of)
        leave_what_is_there(as_of);
}

void SignalPlanes::find(Table& table) {
    const data::Column& column = evaluator_.dataset().table(collection_).column(table.field);
    switch (plan::representation(column.type().kind)) {
    case plan::Representation::Text:
        find(table, column, column.codes().data() + rows_.first);
        break;
    case plan::Representation::Bool:
        find(table, column, column.booleans().data() + rows_.first);
        break;
    default: // an enum
        find(table, column, column.integers().data() + rows_.first);
    }
    for (std::size_t bit = 0; bit < table.signals.size(); ++bit) {
        Plane& plane = planes_[table.signals[bit]];
        for (std::size_t word = 0; word < plane.size(); ++word)
            plane[word] = gathered(found_.data() + word * kBitsOfWord, static_cast<unsigned>(bit));
    }
}

// Behind an unknown anything may stand.
template <class Number>
void SignalPlanes::find(Table& table, const data::Column& column, const Number* numbers) {
    if (column.all_known())
        return look_up(table,
                       [=](std::size_t i) { return static_cast<std::size_t>(numbers[i]) + 1; });
    const std::uint8_t* const known = column.known().data() + rows_.first;
    look_up(table, [=](std::size_t i) {
        return known[i] != 0 ? static_cast<std::size_t>(numbers[i]) + 1 : 0;
    });
}

template <class NumberOf>
void SignalPlanes::look_up(Table& table, const NumberOf& number_of) {
    std::uint8_t asked = kAsked;
    std::uint8_t* const found = found_.data();
    const std::uint8_t* const entries = table.entries.data();
    const std::size_t count = rows_.size();
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t entry = entries[number_of(i)];
        found[i] = entry;
        asked &= entry;
    }
    if (asked == 0)
        fill(table, number_of);
}

// Asks about the values that come up for the first time.
template <class NumberOf>
void SignalPlanes::fill(Table& table, const NumberOf& number_of) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        std::uint8_t& entry = table.entries[number_of(i)];
        if (entry == 0) {
            entry = kAsked;
            for (std::size_t bit = 0; bit < table.signals.size(); ++bit)
                if (matches(signals_[table.signals[bit]], rows_.first + static_cast<RowIndex>(i),
                            0)) // whatever the instant
                    entry |= static_cast<std::uint8_t>(1U << bit);
        }
        found_[i] = entry;
    }
}

// Signals are judged at their record's instant.
void SignalPlanes::ask(std::size_t place) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const RowIndex row = rows_.first + static_cast<RowIndex>(i);
        if (times_->known(row) && matches(signals_[place], row, times_->integer(row)))
            planes_[place][i / kBitsOfWord] |= Word{1} << (i % kBitsOfWord);
    }
}

void SignalPlanes::use(const native::Code& code, const interpret::PreparedPlan& expressions) {
    if (!code_ || !code_->go_over_to(code))
        code_.emplace(code, expressions, evaluator_.dataset());
}

// Where a time is unknown anything comes out: such a record is nowhere.
void SignalPlanes::evaluate_code() {
    code_->evaluate_records(rows_.first, times_->integers().subspan(rows_.first, rows_.size()));
}

// False: the code does not have the signal, or not for all instants of these records.
bool SignalPlanes::ask_code(std::size_t place) {
    const native::Program& program = code_->program();
    const plan::NodeId where = evaluator_.plan().signals[signals_[place]].where;
    const auto value = std::ranges::find(program.values, where, &native::NodeArray::node);
    if (value == program.values.end() || program.instants.from || program.instants.until)
        return false;
    const auto* const truth = code_->values<std::uint8_t>(value->array);
    for (std::size_t i = 0; i < rows_.size(); ++i)
        found_[i] = truth[i] != 0 && code_->known(value->array, i) ? 1 : 0;
    Plane& plane = planes_[place];
    for (std::size_t word = 0; word < plane.size(); ++word)
        plane[word] = gathered(found_.data() + word * kBitsOfWord, 0);
    return true;
}

bool SignalPlanes::matches(std::uint32_t signal, RowIndex row, std::int64_t instant) {
    const data::Table& table = evaluator_.dataset().table(collection_);
    const std::array frames{interpret::Record{evaluator_.plan().schema.root, table.parent(row)},
                            interpret::Record{collection_, row}};
    interpret::RowContext context;
    context.instant = instant;
    context.frames = frames;
    return evaluator_.evaluate(evaluator_.plan().signals[signal].where, context).is_true();
}

// Records without a time are never there.
void SignalPlanes::leave_what_is_there(std::int64_t as_of) {
    for (std::size_t word = 0; word < words_for(rows_.size()); ++word) {
        Word there = 0;
        const std::size_t first = word * kBitsOfWord;
        const std::size_t last = std::min(first + kBitsOfWord, rows_.size());
        for (std::size_t i = first; i < last; ++i) {
            const RowIndex row = rows_.first + static_cast<RowIndex>(i);
            if (times_->known(row) && times_->integer(row) <= as_of)
                there |= Word{1} << (i - first);
        }
        for (Plane& plane : planes_)
            plane[word] &= there;
    }
}

} // namespace rulebook::scan
