// What `rulec explain` is asked about: of an account everything, a rule, a policy or a deal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/data/dataset.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulec::tool {

struct Subject {
    rulebook::data::RowIndex root = 0;
    std::optional<std::uint32_t> rule;            // only this one
    std::optional<std::uint32_t> policy;          // instead of rules
    std::optional<rulebook::data::RowIndex> deal; // only this one, of rules that divide `deals`
    rulebook::plan::EntityIndex deals = 0;
};

// Whether the rule is of credit and about records of that collection.
bool divides(const rulebook::plan::Plan& plan, std::uint32_t rule,
             rulebook::plan::EntityIndex deals);

// A rule or a policy. Fails as no_rule_named does.
rulebook::Result<Subject> subject_named(const rulebook::plan::Plan& plan, const std::string& name);

// Sets the deal of that key, and whose it is. Fails with explain.deal.
rulebook::Result<void> find_deal(const rulebook::plan::Plan& plan,
                                 const rulebook::data::Dataset& dataset, const std::string& key,
                                 Subject& subject);

// What to look at where a key is not among the records.
inline constexpr const char* kRejectsSayWhy =
    "if it is in the data, `rulec run` lists in rejects.csv why not";

} // namespace rulec::tool
