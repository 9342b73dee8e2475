// The state of an evaluation: the row at hand, and what was computed for it already. Internal to
// this folder; Evaluator is its face.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "runtime/interpret/kept_elements.hpp"
#include "runtime/interpret/next_change.hpp"
#include "runtime/interpret/preparation.hpp"
#include "runtime/interpret/prepared_plan.hpp"
#include "runtime/interpret/records.hpp"
#include "runtime/interpret/results.hpp"
#include "runtime/interpret/row_context.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

class FollowedAggregate;
class FollowedPoints;

class Evaluation {
public:
    Evaluation(const PreparedPlan& prepared, const data::Dataset& dataset);
    ~Evaluation();
    Evaluation(const Evaluation&) = delete;
    Evaluation& operator=(const Evaluation&) = delete;

    // Goes to another row.
    void begin(const RowContext& row);
    // Goes to a world in which the root's record has these values.
    void suppose(std::vector<Supposed> supposed);

    // ---- for the operations
    const plan::Plan& plan() const { return *preparation_.plan; }
    const Preparation& preparation() const { return preparation_; }
    const Records& records() const { return records_; }
    const RowContext& row() const { return row_; } // its instant is the row's own, see instant()
    std::int64_t instant() const { return instant_; }
    Record frame(std::size_t level) const { return frames_[level]; }
    // Null where the node's elements are not kept.
    KeptElements* kept_elements(plan::NodeId id) {
        const std::uint32_t slot = preparation_.kept_elements_slot[id];
        return slot == kNoSlot ? nullptr : &kept_elements_[slot];
    }

    // While a held value is asked for: the aggregate as it is followed from instant to instant, for
    // the instant that is looked at. Null where its elements are asked one by one each time.
    FollowedAggregate* followed(plan::NodeId id);
    FollowedPoints* followed(const plan::PointsClause& clause); // likewise

    // The node's value for the row, the elements at hand and the instant.
    plan::Value value(plan::NodeId id);
    // What `ask` gives while the evaluation looks at another instant. Changes that are noted there
    // are noted here as much later as this instant is.
    template <class Ask>
    auto at_instant(std::int64_t instant, const Ask& ask) {
        const std::int64_t outer_instant = instant_;
        const std::int64_t outer_until = until_;
        const auto outer_scopes = scopes_;
        instant_ = instant;
        until_ = INT64_MAX;
        enter_new_scope();
        auto result = ask();
        const auto shift = checked_subtract(outer_instant, instant);
        const auto change = shift ? checked_add(until_, *shift) : std::nullopt;
        instant_ = outer_instant;
        scopes_ = outer_scopes;
        until_ = outer_until;
        if (change)
            note_change_at(*change);
        return result;
    }
    plan::Value value_at(plan::NodeId id, std::int64_t instant) {
        return at_instant(instant, [&] { return value(id); });
    }

    // ---- until when a value holds; see holds_until.hpp
    // The value, with every operand and rule behind it looked at, and the earliest of the changes
    // that are noted meanwhile.
    HeldValue held(plan::NodeId id);
    void note_change_at(std::int64_t instant) {
        if (instant > instant_)
            until_ = std::min(until_, instant);
    }

    // The earliest of the changes that are noted while `ask` runs; the evaluation forgets them.
    template <class Ask>
    std::int64_t noted_by(const Ask& ask) {
        const std::int64_t outer = std::exchange(until_, INT64_MAX);
        ask();
        return std::exchange(until_, outer);
    }
    // Of what the operand of the node (AsOfAgo, Change) reads: the next instant after `then`, not
    // after the one at hand, at which a record became visible or a field known.
    std::optional<std::int64_t> next_change_before_now(plan::NodeId id, std::int64_t then);

    std::size_t remembered() const; // see Evaluator

    // While it lives, frame `level` holds `element`.
    class WithElement {
    public:
        WithElement(Evaluation& evaluation, std::size_t level, Record element);
        ~WithElement();
        WithElement(const WithElement&) = delete;
        WithElement& operator=(const WithElement&) = delete;

    private:
        Evaluation& evaluation_;
        std::size_t level_;
        Record outer_;
        std::uint64_t outer_scope_;
    };

    // Results for the root at instant(); null: no version is in force.
    const FitResult* fit(std::uint32_t rule);
    const DecisionResult* decision(std::uint32_t rule);
    const TableResult* table(std::uint32_t rule);

private:
    // Which elements and instant a kept value was computed for: a new number whenever the record of
    // a frame, or the instant, changes.
    using Scope = std::uint64_t;
    struct Kept {
        Scope scope = 0; // 0: nothing kept
        plan::Value value;
        std::int64_t until = INT64_MAX; // noted while it was computed
    };
    using RuleAtInstant = std::pair<std::uint32_t, std::int64_t>;
    template <class RuleResult>
    struct KeptResult {
        RuleResult result;
        std::int64_t until = INT64_MAX;
    };
    template <class RuleResult>
    using Results = std::map<RuleAtInstant, KeptResult<RuleResult>>;

    plan::Value compute(plan::NodeId id);
    plan::Value value_with_changes(plan::NodeId id);
    void enter_new_scope();
    void forget_results();
    // What was computed for the rule at this instant, or compute(version) if one is in force.
    template <class RuleResult, class Rules, class Compute>
    const RuleResult* result_of(Results<RuleResult>& kept, std::uint32_t rule, const Rules& rules,
                                const Compute& compute);
    template <class Rules>
    void note_changes_of_rule(const std::vector<std::uint32_t>& versions, const Rules& rules,
                              std::optional<std::uint32_t> version);
    void note_changes_of_result(const FitResult& result);
    void note_changes_of_result(const DecisionResult&) {}
    void note_changes_of_result(const TableResult&) {}

    const Preparation& preparation_;
    Records records_;

    RowContext row_;
    std::int64_t instant_ = 0;
    std::array<Record, kFrames> frames_{};
    std::array<Scope, kFrames> scopes_{};
    Scope last_scope_ = 0;
    std::vector<Kept> kept_;         // per memo slot
    std::vector<Kept> kept_of_held_; // per node; filled while a held value is asked for
    bool holding_ = false;           // that is now
    std::int64_t until_ = INT64_MAX; // the earliest change that was noted
    std::vector<KeptElements> kept_elements_;
    // Per aggregate that is followed: by how far the instants lie before the row's.
    std::vector<std::map<std::int64_t, FollowedAggregate>> followed_;
    std::map<std::pair<const plan::PointsClause*, std::int64_t>, FollowedPoints> followed_points_;
    ChangesOfRoot changes_of_root_;

    // Of the current root and row instant, and of the instants that its expressions look back to.
    Results<FitResult> fits_;
    Results<DecisionResult> decisions_;
    Results<TableResult> tables_;
};

} // namespace rulebook::interpret
