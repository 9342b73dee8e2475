#include "tools/rulec/rule_floors.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/shown_text.hpp"
#include "runtime/credit/account_credit.hpp"
#include "runtime/value/decimal.hpp"
#include "tools/output/cell_text.hpp"

namespace rulec::tool {
namespace {

using nlohmann::ordered_json;
using rulebook::plan::Plan;

struct Floor {
    const rulebook::plan::Effective& effective;
    std::string party;
    std::int64_t share = 0; // millionths
};

void each_floor(const Plan& plan, std::uint32_t rule,
                const std::function<void(const Floor&)>& tell) {
    for (const std::uint32_t version : plan.rules[rule].versions) {
        const auto& credit = plan.credits[version];
        for (const auto& floor : credit.floors)
            tell({credit.effective, rulebook::credit::party_of(plan, credit, floor.party).name,
                  floor.share});
    }
}

std::string share_text(std::int64_t millionths) {
    std::string text;
    rulebook::append_percent_sign(text, millionths);
    return text;
}

ordered_json instant_json(const std::optional<std::int64_t>& instant) {
    return instant ? ordered_json(output::time_text(*instant)) : ordered_json();
}

} // namespace

std::string floors_text(const Plan& plan, std::uint32_t rule) {
    std::string text;
    const rulebook::plan::Effective* last = nullptr;
    each_floor(plan, rule, [&](const Floor& floor) {
        if (last == &floor.effective) {
            text += ", ";
        } else {
            text += text.empty() ? "" : "; ";
            if (floor.effective.from)
                text += fmt::format("from {}: ", output::time_text(*floor.effective.from));
            text += "at least ";
        }
        text += fmt::format("{} to {}", share_text(floor.share), harmless(floor.party));
        last = &floor.effective;
    });
    return text;
}

ordered_json floors_json(const Plan& plan, std::uint32_t rule) {
    ordered_json floors = ordered_json::array();
    each_floor(plan, rule, [&](const Floor& floor) {
        floors.push_back({{"party", floor.party},
                          {"share", share_text(floor.share)},
                          {"from", instant_json(floor.effective.from)},
                          {"until", instant_json(floor.effective.until)}});
    });
    return floors;
}

std::string floor_of(const Plan& plan, std::uint32_t rule, const std::string& party) {
    std::vector<std::string> shares;
    each_floor(plan, rule, [&](const Floor& floor) {
        const std::string share = share_text(floor.share);
        if (floor.party == party && std::ranges::find(shares, share) == shares.end())
            shares.push_back(share);
    });
    return fmt::format("{}", fmt::join(shares, ", "));
}

} // namespace rulec::tool
