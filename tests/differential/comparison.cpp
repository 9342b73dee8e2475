#include "tests/differential/comparison.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "runtime/batch/chunk.hpp"
#include "runtime/plan/op.hpp"
#include "tests/differential/native_values.hpp"

namespace rulebook::differential {

namespace {

constexpr std::uint32_t kTruthsPerWord = 64;
// Rows are compared one by one only for the first few: it is the same code.
constexpr std::size_t kMostAlone = 6;

class Comparison {
public:
    Comparison(const native::Code& code, Oracle& oracle)
        : oracle_(oracle), plan_(oracle.example().plan), code_(code),
          chunk_(code, oracle.prepared(), oracle.example().dataset) {
        chunk_.set_fired(fired_as_if());
        places_.resize(plan_.nodes.size());
        for (std::size_t i = 0; i < oracle.nodes().size(); ++i)
            places_[oracle.nodes()[i]] = i;
    }

    std::optional<Difference> all(std::span<const Question> together,
                                  std::span<const Question> strewn) {
        way_ = "side by side";
        if (auto found = side_by_side(together))
            return found;
        way_ = "in any order";
        if (auto found = listed(strewn))
            return found;
        way_ = "account by account, in order of time";
        std::vector<Question> in_order(strewn.begin(), strewn.end());
        std::ranges::sort(in_order, {},
                          [](const Question& each) { return std::pair(each.root, each.instant); });
        if (auto found = listed(in_order))
            return found;
        way_ = "side by side, from the middle on";
        if (auto found = side_by_side(together.subspan(together.size() / 2)))
            return found;
        way_ = "one by one";
        for (std::size_t i = 0; i < std::min(kMostAlone, strewn.size()); ++i) {
            if (auto found = listed(strewn.subspan(i, 1)))
                return found;
            if (auto found = side_by_side(strewn.subspan(strewn.size() - 1 - i, 1)))
                return found;
        }
        return std::nullopt;
    }

private:
    std::optional<Difference> side_by_side(std::span<const Question> asked) {
        if (asked.empty())
            return std::nullopt;
        chunk_.evaluate(asked[0].root, asked.size(), asked[0].instant);
        return compare(asked);
    }

    std::optional<Difference> listed(std::span<const Question> asked) {
        std::vector<data::RowIndex> roots;
        std::vector<std::int64_t> instants;
        for (const Question& each : asked) {
            roots.push_back(each.root);
            instants.push_back(each.instant);
        }
        chunk_.evaluate(roots, instants);
        return compare(asked);
    }

    std::optional<Difference> compare(std::span<const Question> asked) {
        for (row_ = 0; row_ < asked.size(); ++row_) {
            question_ = asked[row_];
            const Answer& answer = oracle_.answer(question_);
            for (const native::NodeArray& each : code_.program.values)
                if (auto found = of_value(each, answer.values[places_[each.node]]))
                    return found;
            if (auto found = of_rules(answer))
                return found;
        }
        return std::nullopt;
    }

    std::optional<Difference> of_rules(const Answer& answer) {
        const native::Program& program = code_.program;
        for (const native::FitArrays& arrays : program.fits)
            if (auto found = answer.fits[arrays.rule] ? of_fit(arrays, *answer.fits[arrays.rule])
                                                      : not_in_force(arrays.rule))
                return found;
        for (const native::DecisionArrays& arrays : program.decisions)
            if (auto found = answer.decisions[arrays.rule]
                                 ? of_decision(arrays, *answer.decisions[arrays.rule])
                                 : not_in_force(arrays.rule))
                return found;
        for (std::size_t i = 0; i < program.tables.size(); ++i) {
            const std::uint32_t rule = program.tables[i].rule;
            if (auto found =
                    answer.tables[rule] ? of_table(i, *answer.tables[rule]) : not_in_force(rule))
                return found;
        }
        return std::nullopt;
    }

    std::optional<Difference> not_in_force(std::uint32_t rule) const {
        return of_rule(rule, "versions in force", 0, 1);
    }

    std::optional<Difference> of_value(const native::NodeArray& each, const plan::Value& expected) {
        const plan::Value found = found_in(chunk_, each.array, row_);
        if (are_same(expected, found))
            return std::nullopt;
        return Difference{
            question_,
            each.node,
            std::nullopt,
            way_,
            fmt::format("{} `{}`", plan::name(plan_.nodes[each.node].op), plan_.labels[each.node]),
            shown(expected),
            shown(found)};
    }

    std::optional<Difference> of_rule(std::uint32_t rule, std::string_view what,
                                      std::int64_t expected, std::int64_t found) const {
        if (expected == found)
            return std::nullopt;
        return Difference{question_,
                          plan::kNoNode,
                          rule,
                          way_,
                          fmt::format("{} of {}", what, plan_.rules[rule].name),
                          std::to_string(expected),
                          std::to_string(found)};
    }

    template <class T>
    std::int64_t at(native::ArrayIndex array) const {
        return static_cast<std::int64_t>(chunk_.value<T>(array, row_));
    }

    std::optional<Difference> of_fit(const native::FitArrays& arrays,
                                     const interpret::FitResult& fit) const {
        const auto check = [&](std::string_view what, std::int64_t expected, std::int64_t found) {
            return of_rule(arrays.rule, what, expected, found);
        };
        if (auto found = check("score", fit.score, at<std::int64_t>(arrays.score)))
            return found;
        if (auto found = check("tier", fit.tier.value_or(-1), at<std::int64_t>(arrays.tier)))
            return found;
        if (auto found = check("out", fit.out ? 1 : 0, at<std::uint8_t>(arrays.out)))
            return found;
        if (auto found = check("unknowns", fit.unknowns, at<std::uint32_t>(arrays.unknowns)))
            return found;
        for (std::size_t clause = 0; clause < fit.clauses.size(); ++clause) {
            const auto word =
                chunk_.value<std::uint64_t>(arrays.hits[clause / kTruthsPerWord], row_);
            if (auto found = check(fmt::format("clause {}", clause),
                                   fit.clauses[clause].truth.is_true() ? 1 : 0,
                                   static_cast<std::int64_t>(word >> clause % kTruthsPerWord & 1)))
                return found;
        }
        return check("version", fit.version, arrays.version);
    }

    std::optional<Difference> of_decision(const native::DecisionArrays& arrays,
                                          const interpret::DecisionResult& decision) const {
        const std::int64_t choice = decision.choice ? std::int64_t{*decision.choice} + 1 : 0;
        if (auto found = of_rule(arrays.rule, "choice", choice, at<std::uint32_t>(arrays.choice)))
            return found;
        if (auto found = of_rule(arrays.rule, "version", decision.version, arrays.version))
            return found;
        if (choice == 0 || !arrays.value)
            return std::nullopt;
        const plan::Value found = found_in(chunk_, *arrays.value, row_);
        if (are_same(decision.value, found))
            return std::nullopt;
        return Difference{question_,
                          plan::kNoNode,
                          arrays.rule,
                          way_,
                          "value of " + plan_.rules[arrays.rule].name,
                          shown(decision.value),
                          shown(found)};
    }

    // With `first` that row; else all that match, of which the interpreter may leave some aside.
    std::optional<Difference> of_table(std::size_t table, const interpret::TableResult& result) {
        const native::TableArrays& arrays = code_.program.tables[table];
        if (auto found = of_rule(arrays.rule, "version", result.version, arrays.version))
            return found;
        const bool first = plan_.tables[result.version].hit == plan::HitPolicy::First;
        std::vector<std::uint32_t> rows;
        chunk_.find_rows(table, row_, first ? 1 : plan_.tables[result.version].rows.size(), rows);
        if (first ? rows == result.rows : std::ranges::includes(rows, result.rows))
            return std::nullopt;
        return Difference{question_,
                          plan::kNoNode,
                          arrays.rule,
                          way_,
                          "rows of " + plan_.rules[arrays.rule].name,
                          fmt::format("{}", fmt::join(result.rows, " ")),
                          fmt::format("{}", fmt::join(rows, " "))};
    }

    Oracle& oracle_;
    const plan::Plan& plan_;
    const native::Code& code_;
    batch::Chunk chunk_;
    std::vector<std::size_t> places_; // among the oracle's, by node
    std::string way_;
    Question question_;
    std::size_t row_ = 0;
};

} // namespace

std::optional<Difference> difference(const native::Code& code, Oracle& oracle,
                                     std::span<const Question> together,
                                     std::span<const Question> strewn) {
    return Comparison(code, oracle).all(together, strewn);
}

} // namespace rulebook::differential
