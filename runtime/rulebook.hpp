// Rules inside a program: everything that users of the target rulebook::runtime need. The headers
// that it brings say who owns what, which units values have, what may fail and how, and what may be
// called from several threads. `runtime/EMBEDDING.md` is the way in.
//
//   plan::deserialize, native::load_rulebook    a compiled rulebook from bytes, from a file
//   single::Rulebook, Scorer, JsonRecords       answers about one record at a time, typed or JSON
//   data::DatasetBuilder, engine::run           all rules over all records: firings and credit, too
#pragma once

// IWYU pragma: begin_exports
#include "runtime/data/dataset_builder.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/native/load_library.hpp"
#include "runtime/plan/serialize.hpp"
#include "runtime/single/json_record.hpp"
#include "runtime/single/scorer.hpp"
#include "runtime/value/calendar_text.hpp"
// IWYU pragma: end_exports
