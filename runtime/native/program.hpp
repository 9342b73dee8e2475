// What compiled code computes and in which arrays. The compiler makes it together with the code;
// runtime/batch carries it out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/native/array.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/plan/source_note.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::native {

using ArrayIndex = std::uint32_t;

// What no text of a column has as its code.
inline constexpr std::uint32_t kNoCode = 0xffffffff;

struct ArrayInfo {
    Source source = Source::Computed;
    Cell cell = Cell::Integer;
    // Whose records the array has a value each of: the root's, of the rows; else of the elements of
    // the rows, in the order of the rows and then of the collection. (Of the sources that say
    // where elements begin and end: the elements.)
    plan::EntityIndex entity = 0;
    plan::FieldIndex field =
        0; // Stored, Tracked, OfText, Codes, CodeOfText, Firsts; of WindowStart: which
    // OfText, Interpreted, CodeOfText, Entered, WindowStart; of computed nodes, too
    plan::NodeId node = plan::kNoNode;

    friend bool operator==(const ArrayInfo&, const ArrayInfo&) = default;
};

// Where the results of a fit are.
struct FitArrays {
    std::uint32_t rule = 0;       // index in Plan::rules
    std::uint32_t version = 0;    // index in Plan::fits
    ArrayIndex score = 0;         // Integer, hundredths
    ArrayIndex tier = 0;          // Integer, index in the tier enum; -1: the fit has no tiers
    ArrayIndex out = 0;           // Bool
    ArrayIndex unknowns = 0;      // Count
    std::vector<ArrayIndex> hits; // Bits, 64 clauses each: 1 where the clause hit

    friend bool operator==(const FitArrays&, const FitArrays&) = default;
};

struct DecisionArrays {
    std::uint32_t rule = 0;
    std::uint32_t version = 0;       // index in Plan::decisions
    ArrayIndex choice = 0;           // Count: which `choose` it was, from 1; 0: nothing matched
    std::optional<ArrayIndex> value; // none where it is a text

    friend bool operator==(const DecisionArrays&, const DecisionArrays&) = default;
};

// The values that the cells of a table look at.
struct TableArrays {
    std::uint32_t rule = 0;
    std::uint32_t version = 0;      // index in Plan::tables
    std::vector<ArrayIndex> inputs; // one a column of its TableIndex; of a text: Source::Codes

    friend bool operator==(const TableArrays&, const TableArrays&) = default;
};

struct NodeArray {
    plan::NodeId node = plan::kNoNode;
    ArrayIndex array = 0;

    friend bool operator==(const NodeArray&, const NodeArray&) = default;
};

// Records below the root's that a program's values are of.
struct About {
    plan::EntityIndex entity = 0;
    std::uint32_t level = 1; // the frame that they are in

    friend bool operator==(const About&, const About&) = default;
};

// Rules and nodes over rows of (root record, instant). Where it is about a collection, a row is one
// of its records, the root record above it, and an instant; its `values` are then of these, and
// arrays of the collection's entity have one value a row.
struct Program {
    std::string content_hash; // of the plan
    // For instants in here: the versions of rules that are in force are those that were compiled.
    plan::Effective instants;
    std::optional<About> about;

    std::vector<ArrayInfo> arrays;
    std::vector<std::string> kernels; // names, in the order in which they are called
    std::vector<FitArrays> fits;
    std::vector<DecisionArrays> decisions;
    std::vector<TableArrays> tables;
    std::vector<NodeArray> values;

    const FitArrays* fit_of(std::uint32_t rule) const;
    const DecisionArrays* decision_of(std::uint32_t rule) const;
    // Index in `tables`.
    std::optional<std::size_t> table_of(std::uint32_t rule) const;

    friend bool operator==(const Program&, const Program&) = default;
};

} // namespace rulebook::native
