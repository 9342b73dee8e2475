// What compiled code gives for the deals and touches of a piece of accounts, for a version of a
// credit rule. Internal to this folder.
#pragma once

#include <optional>
#include <vector>

#include "runtime/credit/columns/version_columns.hpp"
#include "runtime/credit/record_values.hpp"
#include "runtime/interpret/prepared_plan.hpp"
#include "runtime/native/credit_code.hpp"

namespace rulebook::credit::columns {

// One thread at a time.
class VersionValues {
public:
    // Both outlive it.
    VersionValues(const VersionColumns& version, const data::Dataset& dataset)
        : version_(version), dataset_(dataset) {}

    // From now on by the code, where it is for this version, if possible for this instant; it
    // outlives this.
    void take_up(const native::CreditCode& code, const interpret::PreparedPlan& expressions,
                 std::int64_t as_of);
    // About all deals and touches of the root records from the first to before the last.
    void ask(RowIndex first, RowIndex last, std::int64_t as_of);

    // What there is of deals at as_of, of deals at their own instants, of touches; null: nothing.
    const RecordValues* claims() const { return claims_ ? &*claims_ : nullptr; }
    const RecordValues* parts() const { return parts_ ? &*parts_ : nullptr; }
    const RecordValues* filter() const { return filter_ ? &*filter_ : nullptr; }

private:
    void ask_parts(data::RowRange deals, std::int64_t as_of);

    const VersionColumns& version_;
    const data::Dataset& dataset_;
    std::optional<RecordValues> claims_, parts_, filter_;
    std::vector<std::int64_t> instants_;
};

} // namespace rulebook::credit::columns
