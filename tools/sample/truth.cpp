#include "tools/sample/truth.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/value/calendar.hpp"
#include "runtime/value/calendar_text.hpp"
#include "tools/sample/workplace.hpp"

namespace rulebook::sample {

namespace {

using nlohmann::ordered_json;

constexpr std::int32_t kMonths = 12;
constexpr std::int32_t kQuarters = 4;

// A first deal is created within 40 days and closed within 60 more.
constexpr std::int64_t kDaysToClose = 100;
// A first connection comes within 60 days.
constexpr std::int64_t kDaysToConnect = 60;

bool is_settled(std::int64_t since, std::int64_t days) {
    return since + days * kDay < kTakenAt;
}

double share(std::int64_t chances, std::uint64_t accounts) {
    return static_cast<double>(chances) /
           (static_cast<double>(accounts) * static_cast<double>(kMillion));
}

double share_of(std::int64_t chance) {
    return share(chance, 1);
}

std::string month_text(std::int32_t month) {
    return fmt::format("{}-{:02}", month / kMonths, month % kMonths + 1);
}
std::string quarter_text(std::int32_t quarter) {
    return fmt::format("{}-Q{}", quarter / kQuarters, quarter % kQuarters + 1);
}

void add_outcomes(ordered_json& json, const Outcomes& outcomes, const char* happened) {
    json["accounts"] = outcomes.accounts;
    json["expected"] = share(outcomes.chances, outcomes.accounts);
    json[happened] = outcomes.happened;
}

ordered_json segment_json(const Segment& segment, std::uint64_t accounts) {
    ordered_json json{{"segment", segment.name},
                      {"accounts", accounts},
                      {"revenue", {segment.revenue.least, segment.revenue.most}},
                      {"seats", {segment.seats.least, segment.seats.most}},
                      {"connects_one", share_of(segment.connects * 1'000)},
                      {"connects_both_after_one", share_of(kChanceToConnectBoth)}};
    for (const Step step : {Step::SignedUp, Step::ConnectedOne, Step::ConnectedBoth})
        json["buys"][std::string(kSteps[static_cast<std::size_t>(step)])] = {
            {"unassisted", share_of(chance_to_buy(segment, step, false))},
            {"assisted", share_of(chance_to_buy(segment, step, true))}};
    return json;
}

ordered_json planted_json() {
    ordered_json json;
    json["broken_onboarding"] = {
        {"signed_up_in", month_text(kBreakYear * kMonths + kBreakMonth - 1)},
        {"chance_to_connect_times", static_cast<double>(kBreakPercent) / 100}};
    ordered_json factors = ordered_json::object();
    for (std::size_t i = 0; i < kTrend.size(); ++i)
        factors[quarter_text(kTrendYear * kQuarters + kTrendQuarter - 1 +
                             static_cast<std::int32_t>(i))] = static_cast<double>(kTrend[i]) / 100;
    json["trend"] = {{"rising", kRegions[kRisingRegion]},
                     {"falling", kRegions[kFallingRegion]},
                     {"rising_chance_to_buy_times", std::move(factors)}};
    return json;
}

} // namespace

void TruthBook::add(const Company& company) {
    for (std::size_t table = 0; table < kTableCount; ++table)
        rows_[table] += sample_tables()[table].rows(company);
    const Truth& truth = company.truth;
    ++segments_[truth.segment];
    ++workplaces_[static_cast<std::size_t>(workplace_of(company))];
    owned_by_sales_ += company.owned_by_sales_since ? 1 : 0;
    add_disputes(company);
    if (is_settled(company.signed_up_at, kDaysToConnect))
        connecting_[month_number(company.signed_up_at)].add(truth.chance_to_connect,
                                                            truth.step != Step::SignedUp);
    if (!is_settled(truth.reached_at, kDaysToClose))
        return;
    buying_[{truth.segment, truth.step, truth.assisted}].add(truth.chance_to_buy, truth.buys,
                                                             truth.buys_alone_too);
    regions_[{truth.region, quarter_number(truth.reached_at)}].add(truth.chance_to_buy, truth.buys);
}

void TruthBook::add_disputes(const Company& company) {
    for (std::size_t kind = 0; kind < kDisputes.size(); ++kind)
        for (const Deal& deal : company.deals)
            if (is_disputed(company, deal, static_cast<Dispute>(kind))) {
                DealSum& sum = disputes_[kind];
                ++sum.deals;
                sum.cents += deal.cents;
                sum.alone_too += company.truth.buys_alone_too ? 1 : 0;
            }
}

std::string TruthBook::json(std::uint64_t seed) const {
    ordered_json json;
    json["seed"] = seed;
    std::string taken_at;
    append_time(taken_at, Time{kTakenAt});
    json["taken_at"] = taken_at;
    for (std::size_t table = 0; table < kTableCount; ++table)
        json["records"][std::string(sample_tables()[table].name)] = rows_[table];
    for (std::size_t segment = 0; segment < kSegments.size(); ++segment)
        json["segments"].push_back(segment_json(kSegments[segment], segments_[segment]));
    json["planted"] = planted_json();
    json["days_to_close"] = kDaysToClose;
    json["buying"] = ordered_json::array();
    for (const auto& [key, outcomes] : buying_) {
        const auto& [segment, step, assisted] = key;
        ordered_json row{{"segment", kSegments[segment].name},
                         {"step", kSteps[static_cast<std::size_t>(step)]},
                         {"assisted", assisted}};
        add_outcomes(row, outcomes, "bought");
        row["bought_alone_too"] = outcomes.happened_alone_too;
        json["buying"].push_back(std::move(row));
    }
    json["buying_by_region"] = ordered_json::array();
    for (const auto& [key, outcomes] : regions_) {
        ordered_json row{{"region", kRegions[std::get<0>(key)]},
                         {"quarter", quarter_text(std::get<1>(key))}};
        add_outcomes(row, outcomes, "bought");
        json["buying_by_region"].push_back(std::move(row));
    }
    json["days_to_connect"] = kDaysToConnect;
    json["connecting"] = ordered_json::array();
    for (const auto& [month, outcomes] : connecting_) {
        ordered_json row{{"signed_up_in", month_text(month)}};
        add_outcomes(row, outcomes, "connected");
        json["connecting"].push_back(std::move(row));
    }
    for (std::size_t i = 0; i < kWorkplaces.size(); ++i)
        json["workplaces"][std::string(kWorkplaces[i])] = workplaces_[i];
    json["owned_by_sales"] = owned_by_sales_;
    for (std::size_t kind = 0; kind < kDisputes.size(); ++kind)
        json["disputes"][std::string(kDisputes[kind])] = {
            {"deals", disputes_[kind].deals},
            {"amount", disputes_[kind].cents / 100},
            {"bought_alone_too", disputes_[kind].alone_too}};
    return json.dump(2) + "\n";
}

} // namespace rulebook::sample
