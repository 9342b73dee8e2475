#include "answer_sheet.hpp"

void AnswerSheet::add(const Question& question, const Answer& answer, std::uint64_t times,
                      std::uint64_t others) {
    const bool agrees = first_.try_emplace(question, answer).first->second == answer;
    contradictions_ += agrees ? others : times;
    answers_ += times + others;
}

void AnswerSheet::add(const AnswerSheet& other) {
    for (const auto& [question, answer] : other.first_)
        contradictions_ += first_.try_emplace(question, answer).first->second == answer ? 0U : 1U;
    answers_ += other.answers_;
    contradictions_ += other.contradictions_;
}

void AnswerSheet::print(std::ostream& out) const {
    for (const auto& [question, answer] : first_)
        out << "version " << question.version << ", " << question.record << ": "
            << static_cast<double>(answer.score) / 100 << " points, "
            << (answer.tier.empty() ? "no tier" : "tier " + answer.tier) << ", clauses "
            << answer.hits << ", " << answer.unknowns << " unknown, "
            << (answer.call ? "call" : "no call") << '\n';
}
