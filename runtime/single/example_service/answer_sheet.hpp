// What was answered: a version of the rules must give one answer to one record, whoever asks,
// however often, and in whichever form the record comes.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <ostream>
#include <string>

struct Question {
    std::string version;
    std::string record;
    friend auto operator<=>(const Question&, const Question&) = default;
};

struct Answer {
    std::int64_t score = 0; // hundredths
    std::string tier;       // empty: the fit has none
    std::uint32_t unknowns = 0;
    std::uint64_t hits = 0;
    bool call = false;
    friend bool operator==(const Answer&, const Answer&) = default;
};

class AnswerSheet {
public:
    // `times`: how often it was given; `others`: how often another one was.
    void add(const Question& question, const Answer& answer, std::uint64_t times,
             std::uint64_t others);
    void add(const AnswerSheet& other);

    // Answers that differ from the first one to the same question. None is right.
    std::uint64_t contradictions() const { return contradictions_; }
    std::uint64_t answers() const { return answers_; }
    void print(std::ostream& out) const;

private:
    std::map<Question, Answer> first_;
    std::uint64_t answers_ = 0;
    std::uint64_t contradictions_ = 0;
};
