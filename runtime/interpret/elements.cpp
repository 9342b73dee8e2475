#include "runtime/interpret/elements.hpp"

namespace rulebook::interpret {

Record parent_of_elements(const Evaluation& evaluation, plan::EntityIndex collection,
                          std::uint32_t level) {
    const plan::Entity& entity = evaluation.plan().schema.entities[collection];
    for (std::uint32_t outer = level; outer-- > 1;)
        if (evaluation.frame(outer).entity == entity.parent)
            return evaluation.frame(outer);
    return evaluation.frame(0);
}

plan::Value time_of(const Evaluation& evaluation, const plan::Aggregate& aggregate,
                    Record element) {
    return evaluation.records().field(element, aggregate.time_field, evaluation.instant(),
                                      plan::kNoNode);
}

} // namespace rulebook::interpret
