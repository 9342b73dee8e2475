#include "tools/rulec/early_deals.hpp"

#include <set>

#include "runtime/data/row_origin.hpp"

namespace rulec::tool {

namespace data = rulebook::data;
namespace plan = rulebook::plan;

namespace {

data::RowIndex account_of(const data::Dataset& dataset, plan::EntityIndex entity,
                          data::RowIndex row) {
    for (; entity != dataset.schema().root; entity = *dataset.schema().entities[entity].parent)
        row = dataset.table(entity).parent(row);
    return row;
}

} // namespace

std::vector<bool> EarlyDeals::add(const plan::Plan& plan, const data::Dataset& dataset) {
    std::vector<bool> accounts(dataset.size(plan.schema.root), false);
    std::set<std::pair<plan::EntityIndex, plan::FieldIndex>> looked_at; // rules share fields
    for (const plan::Credit& credit : plan.credits) {
        const plan::Node& at = plan.nodes[credit.at];
        const plan::Entity& deals = plan.schema.entities[credit.deals];
        const auto known_from = deals.visible_from();
        if (at.op != plan::Op::Field || !known_from || at.index == *known_from ||
            !looked_at.emplace(credit.deals, at.index).second)
            continue;
        const data::Table& table = dataset.table(credit.deals);
        const data::Column& closed = table.column(at.index);
        const data::Column& known = table.column(*known_from);
        for (data::RowIndex row = 0; row < table.size(); ++row) {
            if (!closed.known(row) || !known.known(row) ||
                closed.integer(row) >= known.integer(row))
                continue;
            accounts[account_of(dataset, credit.deals, row)] = true;
            Found& found = found_[{deals.collection, deals.fields[at.index].name}];
            if (found.deals++ > 0)
                continue;
            const data::RowOrigin origin = table.origin(row);
            found.source = dataset.sources()[origin.source];
            found.row = origin.row;
            found.known_from = deals.fields[*known_from].name;
        }
    }
    return accounts;
}

std::vector<DataWarning> EarlyDeals::warnings() const {
    std::vector<DataWarning> warnings;
    for (const auto& [place, found] : found_)
        warnings.push_back({"data.early_deals",
                            place.first + ": " + std::to_string(found.deals) +
                                (found.deals == 1 ? " record has" : " records have") + " a `" +
                                place.second + "` before the `" + found.known_from +
                                "`; the first is in " + found.source + ", row " +
                                std::to_string(found.row),
                            "with an `--as-of` between the two it is neither credited nor listed, "
                            "since nobody knew of it; mend the dates"});
    return warnings;
}

} // namespace rulec::tool
