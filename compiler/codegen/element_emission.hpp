// Reductions of one collection in the making: what is asked of each element, and what the elements
// of a row give together. Internal to this folder.
#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "compiler/codegen/emission.hpp"
#include "compiler/codegen/reductions.hpp"

namespace rulec::codegen {

// Where the windows of a reduction begin and end: arrays of rows, Integer, both ends inside.
struct Bounds {
    ArrayIndex first = 0;
    ArrayIndex last = 0;
};

// In the body of a kernel over rows: from where to where the windows let instants through. All
// windows must, and where an anchor is unknown none does.
// `aggregate`: the node whose windows they are; where some are of the calendar it is one.
Bounds write_bounds(Emission& emission, const std::vector<rulebook::plan::Window>& windows,
                    rulebook::plan::NodeId aggregate);

// What a reduction asks of an element.
struct ElementValues {
    llvm::Value* counts = nullptr; // i1
    Lowered value{};               // the aggregate's value, or `have`; where it has one
    llvm::Value* time = nullptr;   // i64: by which the first or the last is found
};

// One kernel of segments. `running`: elements count whenever they are there.
class ElementEmission {
public:
    explicit ElementEmission(Emission& emission, bool running = false)
        : emission_(emission), running_(running) {}

    // Inside of the segment. `bounds`: where the reduction has windows.
    ElementValues ask(const Reduction& reduction, const std::optional<Bounds>& bounds);

private:
    // What decides which elements count, so that this is asked once: collection, `where`, whether
    // the element's time must be known, which field that is, the windows' bounds.
    using Choice = std::tuple<rulebook::plan::EntityIndex, rulebook::plan::NodeId, bool,
                              rulebook::plan::FieldIndex, std::optional<ArrayIndex>>;

    llvm::Value* counts(const rulebook::plan::Aggregate& aggregate,
                        const std::optional<Bounds>& bounds, bool by_time);

    Emission& emission_;
    bool running_;
    std::map<Choice, llvm::Value*> counts_;
};

// Whether the reduction can be told from what the elements up to some places in the order of time
// add up to, because what is asked of an element is the same at all instants.
bool can_run(const rulebook::plan::Plan& plan, const Reduction& reduction,
             const Placement& elements);

// Inside of the segment: what the elements of the row give together, as
// runtime/interpret/aggregates.cpp; of a clause, how many count. The result is one behind it.
Lowered reduce(Emission& emission, const Reduction& reduction, const ElementValues& element);

// The same inside of a running segment, of a reduction that can run.
Lowered reduce_running(Emission& emission, const Reduction& reduction,
                       const ElementValues& element);

} // namespace rulec::codegen
