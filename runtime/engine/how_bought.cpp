#include "runtime/engine/how_bought.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace rulebook::engine {

HowBought how_bought(const plan::Plan& plan, const credit::DealCredit& deal) {
    const plan::Credit& rule = plan.credits[deal.version];
    std::set<std::string> parties;
    for (const credit::Division::PartyAmount& party : deal.division.parties)
        if (!party.touches.empty())
            parties.insert(party.party.name);
    const plan::Field& field = plan.schema.entities[rule.touches].fields[rule.party_field];
    std::string by;
    std::size_t left = parties.size();
    if (parties.empty())
        by = "no touch";
    else if (!field.type.is(plan::TypeKind::Enum))
        by = parties.size() == 1 ? "one party" : "several parties";
    else
        for (const std::string& party : parties)
            by += party + (--left == 0 ? "" : left == 1 ? " and " : ", ");
    return {deal.rule, plan.node(rule.divide).type.currency(), std::move(by), 1,
            deal.amount.integer()};
}

void add(std::vector<HowBought>& rows, const HowBought& more) {
    const auto key = [](const HowBought& row) {
        return std::tuple(row.rule, row.currency.code(), std::string_view(row.by));
    };
    const auto place = std::ranges::lower_bound(rows, key(more), {}, key);
    if (place != rows.end() && key(*place) == key(more)) {
        place->deals += more.deals;
        place->amount += more.amount;
        return;
    }
    rows.insert(place, more);
}

} // namespace rulebook::engine
