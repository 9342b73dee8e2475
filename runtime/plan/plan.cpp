#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

Plan::Plan() = default;
Plan::Plan(const Plan&) = default;
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(const Plan&) = default;
Plan& Plan::operator=(Plan&&) noexcept = default;
Plan::~Plan() = default;

std::string_view spelling(RuleKind kind) {
    switch (kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case RuleKind::Name:                                                                           \
        return spelling;
#include "runtime/plan/rule_kinds.def"
    }
    return "?";
}

std::string_view spelling(SplitModel model) {
    switch (model) {
#define RB_SPLIT_MODEL(Name, id, spelling)                                                         \
    case SplitModel::Name:                                                                         \
        return spelling;
#include "runtime/plan/split_models.def"
    }
    return "?";
}

std::string_view spelling(AggregateKind kind) {
    switch (kind) {
#define RB_AGGREGATE(Name, id, spelling)                                                           \
    case AggregateKind::Name:                                                                      \
        return spelling;
#include "runtime/plan/aggregates.def"
    }
    return "?";
}

std::optional<AggregateKind> aggregate_from_id(std::int64_t id) {
    switch (id) {
#define RB_AGGREGATE(Name, id, spelling)                                                           \
    case id:                                                                                       \
        return AggregateKind::Name;
#include "runtime/plan/aggregates.def"
    default:
        return std::nullopt;
    }
}

bool operator<(const Value& left, const Value& right) {
    if (left.alternative() != right.alternative())
        return left.alternative() < right.alternative();
    switch (left.alternative()) {
    case 1:
        return !left.boolean() && right.boolean();
    case 2:
        return left.integer() < right.integer();
    case 3:
        return left.real() < right.real();
    case 4:
        return left.text() < right.text();
    default:
        return false; // all unknown values are one key
    }
}

} // namespace rulebook::plan
