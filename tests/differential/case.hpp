// A rulebook with records to evaluate it on; and what is asked of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/plan/plan.hpp"
#include "tests/generator/records.hpp"

namespace rulebook::differential {

struct Case {
    std::string text; // of the one file
    plan::Plan plan;
    std::vector<generator::InputRecord> records;
    data::Dataset dataset; // of the records; behind unknowns stands garbage
};

// A root record, and when.
struct Question {
    data::RowIndex root = 0;
    std::int64_t instant = 0;
};

// Nothing where the text has errors.
std::optional<plan::Plan> compiled(const std::string& text);

// Nothing where the text has errors or a record is not accepted.
std::optional<Case> case_of(std::string text, std::vector<generator::InputRecord> records);

// The rulebook of a seed and its records: of some accounts, or a few with very many elements.
Case random_case(generator::Randomness& random);

// All accounts at one instant, which is the first.
std::vector<Question> side_by_side(const Case& example, std::int64_t instant);

// Accounts in any order, some of them more than once, at instants at which something changes or
// that lie at the calendar's ends.
std::vector<Question> strewn(const Case& example, generator::Randomness& random, std::size_t count);

} // namespace rulebook::differential
