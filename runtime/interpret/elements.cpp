#include "runtime/interpret/elements.hpp"

namespace rulebook::interpret {

std::vector<Record> records_offered(const Evaluation& evaluation, plan::EntityIndex collection,
                                    Record owner) {
    std::vector<Record> offered;
    for_each_record(evaluation, collection, owner, {},
                    [&](Record record) { offered.push_back(record); });
    return offered;
}

plan::Value time_of(const Evaluation& evaluation, const plan::Aggregate& aggregate,
                    Record element) {
    return evaluation.records().field(element, aggregate.time_field, evaluation.instant(),
                                      plan::kNoNode);
}

} // namespace rulebook::interpret
