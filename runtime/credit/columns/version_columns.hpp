// What the versions of credit rules bring to the division over columns: models, and the touches of
// a data set by number.
#pragma once

#include <optional>
#include <vector>

#include "runtime/credit/account_credit.hpp"
#include "runtime/credit/columns/column_division.hpp"
#include "runtime/credit/comparison.hpp"
#include "runtime/data/dataset.hpp"

namespace rulebook::credit::columns {

// A model that deals are divided by, too, to be compared.
struct ComparedColumns {
    const Comparison::Compared* compared = nullptr;
    ColumnModel model{};
};

// A version of a rule. Immutable; safe to share between threads.
struct VersionColumns {
    // How the touches' filter is asked.
    enum class Filter : std::uint8_t {
        None,
        OfValue, // it reads one field of the touch, of few values: once for each
        OfTouch, // it reads what never changes of the touch and its account: once for each touch
        OfDeal   // of each touch, for each deal
    };

    std::uint32_t rule_index = 0; // in Plan::rules
    const CreditShapes::Version* version = nullptr;
    const plan::Credit* credit = nullptr;
    PartyCodes parties{};
    std::vector<Code> party_of_touch{};              // by row of the touches
    std::vector<std::vector<Code>> keys_of_touch{};  // as Version::key_fields; then what compared
                                                     // models go by
    std::vector<std::vector<std::uint8_t>> unseen{}; // by model, if it is learnt: by code of the
                                                     // key, 1: the weights do not know it
    ColumnRule rule{};
    std::vector<ColumnModel> models{}; // as Version::models
    std::vector<ComparedColumns> compared{};
    ColumnModel nobody{}; // divides what no model does
    Filter filter = Filter::None;
    plan::FieldIndex filter_field = 0; // OfValue
    bool asks_touches = false;         // conditions, facts or flags read the touches of deals

    // The columns of touches that all deals share. Empty ones where there are none.
    TouchColumns touches(const data::Dataset& dataset) const;
};

// The versions of some rules.
class ColumnShapes {
public:
    // `rules`: indexes in Plan::rules, ascending. What does not go over columns is left out:
    // parties or keys of touches that change. `comparisons`: of these rules; where they are there,
    // deals are divided by their models, too, and nothing but their parties is wanted. All that is
    // given outlives it.
    ColumnShapes(const CreditShapes& shapes, const data::Dataset& dataset,
                 std::vector<std::uint32_t> rules, const Comparisons* comparisons = nullptr);

    const CreditShapes& shapes() const { return *shapes_; }
    const data::Dataset& dataset() const { return *dataset_; }
    const std::vector<std::uint32_t>& rules() const { return rules_; }
    Want want() const { return want_; }
    const std::vector<VersionColumns>& versions() const { return versions_; }
    // Place in versions(); nothing: it does not go over columns.
    std::optional<std::size_t> place_of(const CreditShapes::Version& version) const;

private:
    const CreditShapes* shapes_;
    const data::Dataset* dataset_;
    std::vector<std::uint32_t> rules_;
    Want want_ = Want::Touches;
    std::vector<VersionColumns> versions_;
};

} // namespace rulebook::credit::columns
