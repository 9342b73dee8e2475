#include "runtime/interpret/elements.hpp"

namespace rulebook::interpret {

static std::vector<Record> parents_of(const Evaluation& evaluation, plan::EntityIndex parent,
                                      std::uint32_t level) {
    for (std::uint32_t outer = level; outer-- > 0;)
        if (evaluation.frame(outer).entity == parent)
            return {evaluation.frame(outer)};
    return records_offered(evaluation, parent, level);
}

std::vector<Record> records_offered(const Evaluation& evaluation, plan::EntityIndex collection,
                                    std::uint32_t level) {
    const Records& records = evaluation.records();
    const auto& parent = evaluation.plan().schema.entities[collection].parent;
    std::vector<Record> offered;
    if (!parent) // the root is nobody's collection
        return offered;
    for (const Record& above : parents_of(evaluation, *parent, level))
        for (const RowIndex row : records.children(above, collection))
            if (const Record record{collection, row}; records.visible(record, evaluation.instant()))
                offered.push_back(record);
    return offered;
}

plan::Value time_of(const Evaluation& evaluation, const plan::Aggregate& aggregate,
                    Record element) {
    return evaluation.records().field(element, aggregate.time_field, evaluation.instant(),
                                      plan::kNoNode);
}

} // namespace rulebook::interpret
