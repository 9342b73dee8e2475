// The records of a collection that a look can see, found without looking at the others; internal
// to this folder.
#pragma once

#include "runtime/data/table.hpp"
#include "runtime/interpret/evaluation.hpp"
#include "runtime/interpret/window.hpp"

namespace rulebook::interpret {

// Of the children of `parent`, in the order in which the data hold them: those that are there at
// the evaluation's instant and come to be there inside `instants`. Two binary searches where the
// collection has a time from which its records are there, else all.
data::RowRange rows_inside(const Evaluation& evaluation, plan::EntityIndex collection,
                           Record parent, const Instants& instants);

} // namespace rulebook::interpret
