// The elements of a collection for which an aggregate's condition is true, kept from one instant to
// the next; internal to this folder. Where nothing but fields decides that do not change with the
// instant, an aggregate that is asked at many instants of one record looks at each element once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/interpret/preparation.hpp"
#include "runtime/interpret/row_context.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::interpret {

class Evaluation;
struct Instants;

class KeptElements {
public:
    // The rows of the node's elements below `owner` that are there at the evaluation's instant, lie
    // inside `windows`, and whose `where` is true: in collection order. Nothing where they are not
    // kept: the first time that an owner is asked about, and where their times are not in that
    // order. `node`: always the same one, with a slot.
    std::optional<std::span<const RowIndex>> inside(Evaluation& evaluation, const plan::Node& node,
                                                    Record owner, const Instants& windows);

private:
    enum class State : std::uint8_t { Unseen, AskedOnce, Kept, Unordered };

    void keep(Evaluation& evaluation, const plan::Node& node);

    Record owner_{kNoRecord, 0};
    State state_ = State::Unseen;
    std::vector<RowIndex> rows_;
    const data::Column* times_ = nullptr; // ascending over the rows; null: windows need none
    const data::Column* since_ = nullptr; // visible from then: ascending; null: always
};

// Per node: its number among the aggregates whose elements can be kept, or kNoSlot. `where` may
// read only fields of the element itself that are neither tracked nor known from some time, and its
// time must be such a field.
std::vector<std::uint32_t> slots_of_kept_elements(const plan::Plan& plan);

} // namespace rulebook::interpret
