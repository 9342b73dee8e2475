// Operations that read what a rule of an earlier layer gives, in the version in force at the
// instant of the reader.
#include "runtime/interpret/lift.hpp"

namespace rulebook::interpret {

using plan::Op;

// `read(fit)`, or unknown where no version is in force.
template <class Read>
static Value of_fit(const Call& call, const Read& read) {
    const FitResult* fit = call.evaluation.fit(call.node.index);
    return fit == nullptr ? call.unknown(Cause::NotInForce) : read(*fit);
}

Value evaluate(Is<Op::FitScore>, const Call& call) {
    return of_fit(call, [](const FitResult& fit) { return Value::of(fit.score); });
}

Value evaluate(Is<Op::FitTier>, const Call& call) {
    return of_fit(call, [&](const FitResult& fit) {
        return fit.tier ? Value::of(*fit.tier) : call.unknown(Cause::NothingMatched);
    });
}

Value evaluate(Is<Op::FitOut>, const Call& call) {
    return of_fit(call, [](const FitResult& fit) { return Value::of(fit.out); });
}

Value evaluate(Is<Op::FitUnknowns>, const Call& call) {
    return of_fit(call, [](const FitResult& fit) { return Value::of(std::int64_t{fit.unknowns}); });
}

// An unknown that the rule itself made (nothing matched, …) arises where it is read; one that it
// passed on keeps its origin.
static Value passed_on(const Call& call, const Value& value) {
    if (value.known() || value.why().origin != plan::kNoNode)
        return value;
    return call.unknown(value.why().cause);
}

Value evaluate(Is<Op::DecisionResult>, const Call& call) {
    const DecisionResult* decision = call.evaluation.decision(call.node.index);
    return decision == nullptr ? call.unknown(Cause::NotInForce) : passed_on(call, decision->value);
}

Value evaluate(Is<Op::TableOutput>, const Call& call) {
    const TableResult* table = call.evaluation.table(call.node.index);
    if (table == nullptr)
        return call.unknown(Cause::NotInForce);
    const auto output = static_cast<std::size_t>(call.node.detail);
    if (output >= table->outputs.size()) // hit policy `collect`: not readable by rules
        return call.unknown(Cause::NothingMatched);
    return passed_on(call, table->outputs[output]);
}

} // namespace rulebook::interpret
