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
Bounds write_bounds(Emission& emission, const std::vector<rulebook::plan::Window>& windows);

// What segments are made of: arrays over the elements.
struct ElementArrays {
    ArrayIndex counts = 0;           // Bool: the element counts
    std::optional<ArrayIndex> value; // with what is known of it: the aggregate's value, or `have`
    std::optional<ArrayIndex> time;  // Integer: by which the first or the last is found
};

class ElementEmission {
public:
    explicit ElementEmission(Emission& emission) : emission_(emission) {}

    // In the body of a kernel over elements. `bounds`: where the reduction has windows.
    ElementArrays ask(const Reduction& reduction, const std::optional<Bounds>& bounds);

private:
    // What decides which elements count, so that this is asked once: collection, `where`, whether
    // the element's time must be known, which field that is, the windows' bounds.
    using Choice = std::tuple<rulebook::plan::EntityIndex, rulebook::plan::NodeId, bool,
                              rulebook::plan::FieldIndex, std::optional<ArrayIndex>>;

    llvm::Value* counts(const rulebook::plan::Aggregate& aggregate,
                        const std::optional<Bounds>& bounds, bool by_time);
    ArrayIndex array_of(rulebook::plan::NodeId node);

    Emission& emission_;
    std::map<Choice, ArrayIndex> counts_;
};

// In a kernel of segments: what the elements of the row give together, as
// runtime/interpret/aggregates.cpp; of a clause, how many count.
Lowered reduce(Emission& emission, const Reduction& reduction, const ElementArrays& arrays);

} // namespace rulec::codegen
