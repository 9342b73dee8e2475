// Pieces that credit rules and rates are made of. Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "compiler/model/context.hpp"

namespace rulec::model {

// A value of an enum or text type, by name or quoted text; unknown after a report.
rulebook::plan::Value key_value(Context& context, rulebook::plan::Type type,
                                const ast::Party& written);

// Digits with at most one point, as they were written; else what is wrong with them, in words that
// follow what they are ("is below 0").
tl::expected<rulebook::plan::ExactWeight, std::string_view> exact_weight(std::string_view digits);
// A number written out that is not below 0; reports anything else.
std::optional<rulebook::plan::ExactWeight> literal_weight(Context& context, const ast::File& file,
                                                          ast::ExprId id);

// ---- files

// A row of a file of rates; its instants are the first of their dates in the rulebook's zone.
struct RatesFileRow {
    std::optional<std::string> segment;
    Effective effective;
    std::optional<std::int64_t> unassisted;
    std::optional<std::int64_t> assisted;
};

// The rows of a file of rates (its format: grammar/CREDIT_FILES.md); nothing after a report.
std::optional<std::vector<RatesFileRow>> read_rates_file(Context& context, const ast::Text& path);

// Learnt weights as `rulec learn-credit` writes them, as far as rules go by them.
struct WeightsFile {
    struct Weight {
        std::string party;
        rulebook::plan::ExactWeight weight;
    };
    std::vector<Weight> weights;
    std::string rule_hash; // fingerprint of the rule that they were learnt by; empty: not told
    bool missing = false;  // there is no file
};

// The command that writes the file for the rule, as help.
std::string how_to_learn(const Context& context, const ast::Text& path, std::string_view rule);

// Nothing after a report; a file that is not there is none. `rule`: whose file it is.
std::optional<WeightsFile> read_weights_file(Context& context, const ast::Text& path,
                                             std::string_view rule);

} // namespace rulec::model
