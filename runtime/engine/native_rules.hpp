// Rules whose results compiled code gives, piece by piece. Internal to this folder.
#pragma once

#include "runtime/batch/chunk.hpp"
#include "runtime/engine/over_accounts.hpp"
#include "runtime/engine/prepared.hpp"
#include "runtime/engine/results.hpp"
#include "runtime/native/code.hpp"

namespace rulebook::engine {

// One thread at a time per object.
class NativeRules {
public:
    // Both outlive it; as_of is among the code's instants.
    NativeRules(const Prepared& prepared, const native::Code& code);

    // As batch::Chunk has it.
    bool go_over_to(const native::Code& code) { return chunk_.go_over_to(code); }

    // Evaluates all accounts of the piece.
    void begin(const Piece& piece);

    // Appends what the rule gives for an account of the piece. False, and nothing is done: it is
    // not the code that gives it.
    bool add(AccountIndex account, FitColumns& columns) const;
    // False, too, where the decision is unknown: the interpreter tells the cause.
    bool add(AccountIndex account, DecisionColumns& columns) const;
    // False, too, where several rows match and all count, or where an output is no constant.
    bool add_table(AccountIndex account, std::uint32_t rule, std::vector<TableRow>& rows);

private:
    std::optional<plan::Value> decided(const native::DecisionArrays& arrays, std::size_t row) const;
    bool append_constants(const std::vector<plan::NodeId>& nodes,
                          std::vector<plan::Value>& values) const;

    const Prepared& prepared_;
    batch::Chunk chunk_;
    std::size_t first_ = 0; // account of the piece
};

} // namespace rulebook::engine
