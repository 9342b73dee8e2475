// Operations that bring values in: constants, fields, lookups, and what the rules around the row
// know.
#include "runtime/interpret/lift.hpp"

namespace rulebook::interpret {

using plan::Op;

Value evaluate(Is<Op::Constant>, const Call& call) {
    if (call.node.literal.known())
        return call.node.literal;
    return call.unknown(call.node.literal.why().cause);
}

Value evaluate(Is<Op::Field>, const Call& call) {
    if (call.evaluation.frame(call.node.level).entity == kNoRecord)
        return call.unknown(Cause::OtherRecord);
    return call.evaluation.records().field(call.evaluation.frame(call.node.level), call.node.index,
                                           call.evaluation.instant(), call.id);
}

Value evaluate(Is<Op::Lookup>, const Call& call) {
    std::vector<Value> key;
    for (std::size_t i = 0; i < call.operand_count(); ++i) {
        key.push_back(call.operand(i));
        if (!key.back().known())
            return key.back();
    }
    const plan::LookupTable& lookup = call.evaluation.plan().lookups[call.node.index];
    const auto row = lookup.rows.find(key);
    if (row == lookup.rows.end())
        return call.unknown(Cause::NoRow);
    return row->second.known() ? row->second : call.unknown(row->second.why().cause);
}

Value evaluate(Is<Op::TriggerFired>, const Call& call) {
    std::optional<std::int64_t> since;
    if (call.operand_count() > 0) {
        const Value operand = call.operand(0);
        if (!operand.known())
            return operand;
        since = operand.integer();
    }
    const FiredLookup* fired = call.evaluation.row().fired;
    if (fired == nullptr)
        return call.unknown(Cause::NotInForce);
    const auto last = (*fired)(call.node.index, call.evaluation.instant());
    return Value::of(last && (!since || *last >= *since));
}

Value evaluate(Is<Op::CreditedAmount>, const Call& call) {
    const CreditedLookup* credited = call.evaluation.row().credited;
    if (credited == nullptr)
        return call.unknown(Cause::NotInForce);
    const Value amount = (*credited)(call.node.literal);
    return amount.known() ? amount : call.unknown(amount.why().cause);
}

} // namespace rulebook::interpret
