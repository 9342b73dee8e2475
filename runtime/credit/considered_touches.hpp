// Which touches of an account a credit rule takes for a deal. Internal to this folder.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "runtime/credit/account_credit.hpp"
#include "runtime/interpret/records.hpp"

namespace rulebook::credit {

// What is evaluated for a deal: the rule's version and the account's record.
struct DealRow {
    const CreditShapes& shapes;
    interpret::Evaluator& evaluator;
    const plan::Credit& credit;
    interpret::Record root;
    std::optional<interpret::RowIndex> deal; // none: the touches are looked at for no deal
    const interpret::FiredLookup* fired;

    interpret::Record deal_record() const {
        return deal ? interpret::Record{credit.deals, *deal}
                    : interpret::Record{interpret::kNoRecord, 0};
    }
};

// What the rule's filter says of a touch, for a deal that is credited at `at`; true without one.
plan::Value is_among(const DealRow& row, interpret::RowIndex touch, std::int64_t at);

// The account's touches in order, each with its standing for a deal that is credited at `at`.
std::vector<ConsideredTouch> consider_touches(const DealRow& row, std::int64_t at);

// The touches that were taken, as the division sees them. `key_fields`: what models go by.
std::vector<Touch> touches_to_weigh(const DealRow& row, std::int64_t at,
                                    std::span<const interpret::RowIndex> taken,
                                    std::span<const plan::FieldIndex> key_fields);

} // namespace rulebook::credit
