// From syntax trees to the model: names, types, units.
#pragma once

#include <span>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/diagnostics/source.hpp"
#include "compiler/model/file_reader.hpp"
#include "compiler/model/rulebook.hpp"

namespace rulec::model {

// Always gives a model; it is fit for lowering only if `diagnostics` has no errors. The order of
// files and declarations changes nothing but the order of diagnostics.
Rulebook build(std::span<const ast::File> files, const Sources& sources, const FileReader& read,
               Diagnostics& diagnostics);

} // namespace rulec::model
