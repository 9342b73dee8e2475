// Who uses the product, and how.
#include <algorithm>

#include "tools/sample/draft.hpp"
#include "tools/sample/workplace.hpp"

namespace rulebook::sample {

namespace {

constexpr std::string_view kDecisionMakers[] = {
    "Head of Design", "Head of Marketing",   "VP Sales",
    "VP Product",     "Director of Product", "Chief Revenue Officer"};
constexpr std::string_view kOthers[] = {
    "Designer",   "Marketing Manager", "Account Executive", "Developer",  "Customer Success Lead",
    "Freelancer", "Student",           "Product Designer",  "Consultant", "Marketer"};

std::string title_of(Draft& draft, std::int64_t place) {
    const bool first = place == 0;
    if (first && draft.cast == Cast::Individual)
        return draft.word(kIndividuals);
    if (first && draft.grown())
        return draft.word(kSeniors);
    if (place == 1 && (draft.cast == Cast::Organisation || draft.cast == Cast::NineInvited))
        return std::string(kManager);
    if (draft.random.chance(150))
        return {};
    if (draft.cast == Cast::WithoutManager)
        return "Product Designer";
    const std::int64_t decision_makers = draft.segment.decision_maker / (first ? 1 : 4);
    return draft.random.chance(decision_makers) ? draft.word(kDecisionMakers) : draft.word(kOthers);
}

void add_event(Draft& draft, std::int64_t instant, std::string_view name) {
    if (instant >= kTakenAt)
        return;
    Event event{.at = instant, .name = std::string(name), .user = {}};
    const auto& users = draft.company.users;
    const auto joined =
        std::ranges::count_if(users, [&](const User& user) { return user.joined_at <= instant; });
    if (joined > 0)
        event.user = users[static_cast<std::size_t>(draft.random.below(joined))].id;
    draft.company.events.push_back(std::move(event));
}

void add_invitations(Draft& draft) {
    Company& company = draft.company;
    std::int64_t sent = static_cast<std::int64_t>(company.users.size()) - 1; // who came was invited
    if (draft.cast == Cast::NineInvited)
        sent = kLeastInvitations - 1;
    else if (draft.grown())
        sent = draft.random.between(kLeastInvitations, kLeastInvitations + 4);
    for (std::int64_t i = 0; i < sent; ++i) {
        const auto guest = static_cast<std::size_t>(i) + 1;
        const std::int64_t at = guest < company.users.size() ? company.users[guest].joined_at
                                                             : company.users.back().joined_at;
        add_event(draft, std::max(company.signed_up_at, at - kDay), kInvitation);
    }
}

} // namespace

void add_users(Draft& draft) {
    constexpr std::int64_t kMostUsers = 12;
    Company& company = draft.company;
    std::int64_t users = std::min(draft.seats, kMostUsers);
    if (draft.cast == Cast::Individual)
        users = 1;
    else if (draft.grown())
        users = kLeastInvitations - 1; // not all who were invited have come
    std::int64_t joined = company.signed_up_at;
    for (std::int64_t i = 0; i < users && joined < kTakenAt; ++i) {
        User user;
        user.id = company.id + "_u" + std::to_string(i + 1);
        user.title = title_of(draft, i);
        user.joined_at = joined;
        company.users.push_back(std::move(user));
        joined = draft.later(joined, 0, draft.grown() ? 4 : 40);
    }
}

// CRM and mailbox, in either order; often one alone, sometimes far apart.
void add_connections(Draft& draft) {
    Company& company = draft.company;
    Random& random = draft.random;
    Truth& truth = company.truth;
    truth.reached_at = company.signed_up_at;
    truth.chance_to_connect = chance_to_connect(draft.segment, company.signed_up_at);
    if (!random.chance_in_a_million(truth.chance_to_connect))
        return;
    const std::int64_t first = draft.later(company.signed_up_at, 0, 60);
    const bool crm_first = random.chance(500);
    add_event(draft, first,
              crm_first ? "integration.connected.crm" : "integration.connected.email");
    if (first >= kTakenAt)
        return;
    truth.step = Step::ConnectedOne;
    truth.reached_at = first;
    if (!random.chance_in_a_million(kChanceToConnectBoth))
        return;
    const std::int64_t second = draft.later(first, 0, random.chance(750) ? 13 : 45);
    add_event(draft, second,
              crm_first ? "integration.connected.email" : "integration.connected.crm");
    if (second >= kTakenAt)
        return;
    truth.step = Step::ConnectedBoth;
    truth.reached_at = second;
}

void add_usage(Draft& draft) {
    Company& company = draft.company;
    Random& random = draft.random;
    std::int64_t projects = random.between(1, 2 + static_cast<std::int64_t>(company.users.size()));
    if (draft.cast == Cast::Individual)
        projects = random.between(1, kMostProjectsAlone);
    else if (draft.grown())
        projects = std::max(projects, kLeastProjects);
    for (std::int64_t i = 0; i < projects; ++i) {
        const std::int64_t created = draft.later(company.signed_up_at, 0, 240);
        add_event(draft, created, "project.created");
        company.active_projects += created < kTakenAt && random.chance(700) ? 1 : 0;
    }
    if (draft.grown())
        company.active_projects = std::max(company.active_projects, kLeastProjects);
    add_invitations(draft);
    for (std::int64_t i = random.below(4); i > 0; --i)
        add_event(draft, draft.later(company.signed_up_at, 0, 300), "pricing.viewed");
    if (random.chance(draft.segment.buys_with_rep / 4))
        add_event(draft, draft.later(company.signed_up_at, 1, 120), "demo.requested");
}

} // namespace rulebook::sample
