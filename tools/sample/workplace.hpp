// How people work together at a made-up company, as seen from its records: alone, as a whole
// organisation, or somewhere between, where neither list of a playbook claims the company.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "tools/sample/company.hpp"

namespace rulebook::sample {

// Individual: the only user is one of kIndividuals, at most 2 active projects, nobody invited.
// Organisation: 200 employees or more, a user who is one of kSeniors, 3 active projects or more, 10
// invitations or more, and some manager among the users but the first.
// Between: all others.
enum class Workplace : std::uint8_t { Individual, Organisation, Between };
inline constexpr std::array<std::string_view, 3> kWorkplaces = {"individual", "organisation",
                                                                "between"};

inline constexpr std::array<std::string_view, 3> kIndividuals = {"Individual Designer",
                                                                 "Consultant", "Marketer"};
inline constexpr std::array<std::string_view, 3> kSeniors = {"Design Manager", "Head of Design",
                                                             "Director of Product"};
inline constexpr std::string_view kManager = "Marketing Manager";
inline constexpr std::string_view kInvitation = "invite.sent";

inline constexpr std::int64_t kMostProjectsAlone = 2;
inline constexpr std::int64_t kLeastProjects = 3;
inline constexpr std::int64_t kLeastInvitations = 10;
inline constexpr std::int64_t kLeastEmployees = 200;

Workplace workplace_of(const Company& company);

} // namespace rulebook::sample
