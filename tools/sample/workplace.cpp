#include "tools/sample/workplace.hpp"

#include <algorithm>

namespace rulebook::sample {

namespace {

bool is_one_of(std::string_view title, std::span<const std::string_view> titles) {
    return std::ranges::find(titles, title) != titles.end();
}

} // namespace

Workplace workplace_of(const Company& company) {
    const auto& users = company.users;
    const auto invitations = std::ranges::count(company.events, kInvitation, &Event::name);
    if (users.size() == 1 && is_one_of(users.front().title, kIndividuals) &&
        company.active_projects <= kMostProjectsAlone && invitations == 0)
        return Workplace::Individual;
    const bool senior = std::ranges::any_of(
        users, [](const User& user) { return is_one_of(user.title, kSeniors); });
    const bool manager = std::ranges::any_of(
        users.begin() + (users.empty() ? 0 : 1), users.end(),
        [](const User& user) { return user.title.find("Manager") != std::string::npos; });
    if (company.employees.value_or(0) >= kLeastEmployees && senior && manager &&
        company.active_projects >= kLeastProjects && invitations >= kLeastInvitations)
        return Workplace::Organisation;
    return Workplace::Between;
}

} // namespace rulebook::sample
