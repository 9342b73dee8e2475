// Learnt weights that a rulebook names and does not have, for verbs that divide deals.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/load_data.hpp"
#include "tools/rulec/tell_of_data.hpp"

namespace rulec::tool {

// RB4015 of the credit rules named in `only` (empty: of all), unless they allow it: told on the
// console's messages, and given for run.json. The command in the help is for these data.
std::vector<DataWarning> tell_of_missing_weights(const SoundRulebook& rulebook,
                                                 std::span<const std::string> only,
                                                 const DataFlags& data, Console& console);

// "exports --map m.toml": what stands behind `--data` in a command about the same records.
std::string data_words(const DataFlags& data);

} // namespace rulec::tool
