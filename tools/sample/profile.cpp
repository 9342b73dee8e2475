// What a company is: size, place, plan.
#include <algorithm>

#include "tools/sample/draft.hpp"

namespace rulebook::sample {

namespace {

constexpr std::string_view kIndustries[] = {"design",   "agency", "media",
                                            "software", "retail", "other"};
constexpr std::string_view kPlans[] = {"free", "basic", "team", "enterprise"};
constexpr std::string_view kFreeMail[] = {"gmail.com", "outlook.com", "yahoo.com", "icloud.com"};
constexpr std::string_view kCompetitors[] = {"rival.example", "other-tool.example"};
constexpr std::string_view kFirstNames[] = {"ada", "ben",  "carla", "dmitri", "eva",  "femi",
                                            "gus", "hana", "ines",  "jonas",  "kemi", "liu"};

std::string mail_domain(Draft& draft) {
    if (draft.random.chance(8))
        return draft.word(kCompetitors);
    if (draft.random.chance(draft.segment.private_mail))
        return draft.word(kFreeMail);
    return "company-" + std::to_string(draft.number + 1) + ".example";
}

std::size_t place_of(std::string_view plan) {
    return static_cast<std::size_t>(std::ranges::find(kPlans, plan) - std::begin(kPlans));
}

} // namespace

void add_profile(Draft& draft) {
    Company& company = draft.company;
    Random& random = draft.random;
    const Segment& segment = draft.segment;
    constexpr std::int64_t kRound = 10'000; // dollars: revenue is reported in round numbers
    const std::int64_t revenue = draft.spread(segment.revenue);
    if (!random.chance(120))
        company.annual_revenue_cents = revenue / kRound * kRound * 100;
    const std::int64_t employees = draft.spread(segment.employees);
    if (!random.chance(80))
        company.employees = employees;
    if (!random.chance(50))
        company.industry = draft.word(kIndustries);
    company.truth.region = random.weighted(kRegionWeights);
    company.region = kRegions[company.truth.region];
    company.plan = kPlans[random.weighted(segment.plans)];
    draft.seats = draft.spread(segment.seats);
    if (!random.chance(30))
        company.seats = draft.seats;
    company.email = draft.word(kFirstNames) + '@'; // one draw after the other
    company.email += mail_domain(draft);
    if (!random.chance(200))
        company.advanced_usage = random.chance(segment.advanced);
    if (!random.chance(300))
        company.do_not_contact = random.chance(40);
}

// From the plan of the sign-up, mostly the free one, up to today's.
void add_plan_history(Draft& draft) {
    Company& company = draft.company;
    const std::size_t last = place_of(company.plan);
    const std::size_t first = draft.random.chance(850) ? 0 : std::min<std::size_t>(1, last);
    std::vector<std::size_t> steps = {first};
    for (std::size_t plan = first + 1; plan <= last; ++plan)
        if (plan == last || draft.random.chance(600))
            steps.push_back(plan);
    std::int64_t from = company.signed_up_at;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (i > 0) // somewhere in what is left of the time, so that all of them fit
            from +=
                (kTakenAt - from) / 1'000'000 * draft.random.between(50, 500) / 1'000 * 1'000'000;
        company.history.push_back({from, std::string(kPlans[steps[i]])});
    }
}

} // namespace rulebook::sample
