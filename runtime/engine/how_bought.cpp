#include "runtime/engine/how_bought.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace rulebook::engine {

std::string how_bought(const plan::Plan& plan, std::uint32_t version,
                       const std::set<std::string>& parties) {
    const plan::Credit& rule = plan.credits[version];
    const plan::Field& field = plan.schema.entities[rule.touches].fields[rule.party_field];
    if (parties.empty())
        return "no touch";
    if (!field.type.is(plan::TypeKind::Enum))
        return parties.size() == 1 ? "one party" : "several parties";
    std::string by;
    std::size_t left = parties.size();
    for (const std::string& party : parties)
        by += party + (--left == 0 ? "" : left == 1 ? " and " : ", ");
    return by;
}

HowBought how_bought(const plan::Plan& plan, const credit::DealCredit& deal) {
    std::set<std::string> parties;
    for (const credit::Division::PartyAmount& party : deal.division.parties)
        if (!party.touches.empty())
            parties.insert(party.party.name);
    return {deal.rule, plan.node(plan.credits[deal.version].divide).type.currency(),
            how_bought(plan, deal.version, parties), 1, deal.amount.integer()};
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
