// What compiled code gives for deals or touches, many at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/batch/chunk.hpp"
#include "runtime/native/code.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::credit {

// One thread at a time.
class RecordValues {
public:
    // `code`: as native::CreditCode has it. All that it is given outlives it.
    RecordValues(const native::Code& code, const interpret::PreparedPlan& expressions,
                 const data::Dataset& dataset);

    // As batch::Chunk has it.
    bool go_over_to(const native::Code& code) { return chunk_.go_over_to(code); }

    // The records first, first + 1, …, each at an instant; what was asked before is forgotten.
    void ask(interpret::RowIndex first, std::span<const std::int64_t> instants);

    // Of a record at an instant. Nothing where the interpreter has to be asked: it was not asked
    // about, no code was compiled for the node, or none for the instant. An unknown is one of any
    // cause.
    std::optional<plan::Value> of(plan::NodeId node, interpret::RowIndex record,
                                  std::int64_t instant) const;

private:
    std::size_t rows_at_once(std::size_t first) const;
    void ask_some(std::size_t first, std::size_t count);

    const native::Program& program() const { return chunk_.program(); }

    struct Column {
        bool is_bool = false;
        std::vector<std::int64_t> values;
        std::vector<std::uint8_t> known;
    };

    const data::Dataset& dataset_;
    batch::Chunk chunk_;
    interpret::RowIndex first_ = 0;
    std::vector<std::int64_t> instants_;
    std::vector<std::uint8_t> in_time_; // there is code for the record's instant
    std::vector<Column> columns_;       // as Program::values; by record
};

} // namespace rulebook::credit
