// One line per struct of a program: its members, for whoever writes and reads them. As
// runtime/plan/describe.hpp; internal to this folder.
#pragma once

#include "runtime/native/program.hpp"
#include "runtime/plan/describe.hpp"

namespace rulebook::native {

// Which ids there are.
inline bool is_id(Source value) {
    switch (value) {
#define RB_ARRAY_SOURCE(Name, id, description) case Source::Name:
#include "runtime/native/array_sources.def"
        return true;
    }
    return false;
}

inline bool is_id(Cell value) {
    switch (value) {
#define RB_CELL(Name, id, Type, bytes) case Cell::Name:
#include "runtime/native/cells.def"
        return true;
    }
    return false;
}

// Whoever adds a member raises RULEBOOK_CODE_VERSION: files of before lack it.
RB_DESCRIBE(ArrayInfo, source, cell, entity, field, node)
RB_DESCRIBE(FitArrays, rule, version, score, tier, out, unknowns, hits)
RB_DESCRIBE(DecisionArrays, rule, version, choice, value)
RB_DESCRIBE(TableArrays, rule, version, inputs)
RB_DESCRIBE(NodeArray, node, array)
RB_DESCRIBE(About, entity, level)
RB_DESCRIBE(Program, content_hash, instants, about, arrays, kernels, fits, decisions, tables,
            values)

} // namespace rulebook::native
