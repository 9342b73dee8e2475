// What an array holds behind an unknown means nothing: here it is what does most harm if it is
// read.
#pragma once

#include "runtime/data/dataset.hpp"

namespace rulebook::differential {

void put_garbage_behind_unknowns(data::Dataset& dataset);

} // namespace rulebook::differential
