// One thread of the service: scores records, typed and from JSON in turn, by the rulebook in force.
#pragma once

#include <stop_token>

#include <rulebook/rulebook.hpp>

#include "answer_sheet.hpp"

struct Scored {
    AnswerSheet sheet;
    std::uint64_t typed = 0, json = 0;          // records
    double typed_seconds = 0, json_seconds = 0; // that they took
};

// Whether the rulebook has what the service asks for; else which name it lacks.
rulebook::Result<void> check_names(const rulebook::single::Rulebook& rulebook);

// Until it is told to stop. Holds a rulebook as long as it is the one in force.
// The rulebooks have all names.
Scored score_until_stopped(const std::stop_token& stop,
                           const rulebook::single::CurrentRulebook& current);
