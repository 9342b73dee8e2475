#include "runtime/interpret/decision.hpp"

namespace rulebook::interpret {

// The first `choose` whose condition is true; `otherwise` always is.
DecisionResult evaluate_decision(Evaluation& evaluation, const plan::Decision& decision) {
    DecisionResult result;
    for (std::uint32_t i = 0; i < decision.choices.size(); ++i) {
        const plan::Choice& choice = decision.choices[i];
        result.truths.push_back(choice.when == plan::kNoNode ? plan::Value::of(true)
                                                             : evaluation.value(choice.when));
        if (!result.truths.back().is_true())
            continue;
        result.choice = i;
        result.value = evaluation.value(choice.value);
        return result;
    }
    result.value = plan::Value::unknown(plan::Cause::NothingMatched, plan::kNoNode);
    return result;
}

} // namespace rulebook::interpret
