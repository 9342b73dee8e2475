// The elements of a followed aggregate where the part of one may change while it is there: each is
// asked again when that may be, and at no other instant. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/interpret/arrivals.hpp"
#include "runtime/interpret/totals.hpp"

namespace rulebook::interpret {

class ChangingElements {
public:
    // `followed` outlives it.
    explicit ChangingElements(const Followed& followed) : followed_(&followed) {}

    // Goes to the evaluation's root and instant, which is not before the last one. `totals` are
    // always the same. False: it cannot be followed.
    bool go_to_now(Evaluation& evaluation, Totals& totals);
    // Before another root, or to begin anew.
    void start_afresh() { started_ = false; }

    // When a part may change.
    void note_changes(Evaluation& evaluation) const;
    // How many elements are remembered: those whose part may change.
    std::size_t kept() const { return waiting_.size(); }

private:
    struct Waiting {
        std::int64_t until = 0;
        std::optional<Part> part; // in the totals
    };
    // Where the windows stand, and how they move: as long as that stays, so does what was derived
    // from it.
    struct Anchors {
        std::vector<std::int64_t> now;   // per window
        std::vector<std::int64_t> slope; // 0 or 1
        std::vector<std::int64_t> way;   // less its way since 1970

        bool go_on(const Anchors& before) const {
            return slope == before.slope && way == before.way;
        }
    };

    static std::optional<Anchors> anchors_of(Evaluation& evaluation,
                                             const plan::Aggregate& aggregate);
    void start(Evaluation& evaluation);
    bool ask(Evaluation& evaluation, RowIndex row, Totals& totals);
    std::int64_t next_edge(const Evaluation& evaluation, std::int64_t time) const;
    void forget(RowIndex row, Totals& totals);

    const Followed* followed_;
    bool started_ = false;
    Arrivals arrivals_;
    std::vector<plan::Value> inputs_;
    std::optional<Anchors> anchors_; // nothing: one is unknown, and no element counts
    std::unordered_map<RowIndex, Waiting> waiting_;
    std::set<std::pair<std::int64_t, RowIndex>> queue_; // until when, and which
};

} // namespace rulebook::interpret
