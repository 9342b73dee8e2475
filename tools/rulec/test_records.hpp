// The records that a test block describes, as a data set.
#pragma once

#include <cstdint>

#include "compiler/model/test.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/value/result.hpp"

namespace rulec::tool {

// Keys that the test leaves out are made up; a tracked value holds from the origin. Admission is
// that of any other data: whether records were rejected is in the data set. Fails where the values
// do not fit the schema, which a checked test's do.
rulebook::Result<rulebook::data::Dataset> records_of_test(const rulebook::plan::Schema& schema,
                                                          const rulebook::time::Zone& zone,
                                                          const model::Test& test);

} // namespace rulec::tool
