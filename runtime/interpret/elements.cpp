#include "runtime/interpret/elements.hpp"

namespace rulebook::interpret {

std::vector<Record> records_offered(const Evaluation& evaluation, plan::EntityIndex collection,
                                    Record owner) {
    const Records& records = evaluation.records();
    const auto& parent = evaluation.plan().schema.entities[collection].parent;
    std::vector<Record> offered;
    if (!parent) // the root is nobody's collection
        return offered;
    const std::vector<Record> parents =
        *parent == owner.entity ? std::vector{owner} : records_offered(evaluation, *parent, owner);
    for (const Record& above : parents)
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
