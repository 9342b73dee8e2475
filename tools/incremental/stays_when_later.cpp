#include "tools/incremental/stays_when_later.hpp"

#include <algorithm>

#include "runtime/plan/motion.hpp"
#include "runtime/plan/roots.hpp"

namespace rulec::incremental {

namespace {

namespace plan = rulebook::plan;
using plan::NodeId;
using plan::RuleKind;

class Stillness {
public:
    explicit Stillness(const plan::Plan& plan) : plan_(plan), motions_(plan::motions(plan)) {}

    bool holds(const plan::Rule& rule) const {
        return std::ranges::all_of(rule.versions, [&](std::uint32_t version) {
            switch (rule.kind) {
            case RuleKind::Fit:
                return is_still(plan_.fits[version]);
            case RuleKind::Decision:
                return is_of_all_times(plan_.decisions[version]);
            case RuleKind::Table:
                return is_of_all_times(plan_.tables[version]);
            case RuleKind::Trigger:
                return false;
            case RuleKind::Credit:
                return is_still(plan_.credits[version]);
            }
            return false;
        });
    }

private:
    bool is_still(NodeId node) const {
        return node == plan::kNoNode || motions_[node].kind == plan::Motion::Kind::Still;
    }

    template <class Version>
    bool is_of_all_times(const Version& version) const {
        std::vector<NodeId> roots;
        append_roots(version, roots);
        return !version.effective.from && !version.effective.until &&
               std::ranges::all_of(roots, [&](NodeId root) { return is_still(root); });
    }

    bool is_still(const plan::Fit& fit) const {
        const auto moves = [](const plan::PointsClause& clause) {
            return clause.for_each && (clause.for_each->fading != plan::ForEach::Fading::None ||
                                       !clause.for_each->elements.windows.empty());
        };
        return is_of_all_times(fit) && std::ranges::none_of(fit.clauses, moves);
    }

    // What it says of a deal it says as of the deal's own instant: a time of the data. Only which
    // deals it is about is asked as of the run's.
    bool is_still(const plan::Credit& credit) const {
        const plan::Node& at = plan_.node(credit.at);
        return is_still(credit.deal_where) && at.op == plan::Op::Field && at.level == 1;
    }

    const plan::Plan& plan_;
    std::vector<plan::Motion> motions_;
};

} // namespace

std::string moving_rule(const plan::Plan& plan, const std::vector<std::string>& only) {
    const Stillness stillness(plan);
    for (const plan::Rule& rule : plan.rules)
        if ((only.empty() || std::ranges::find(only, rule.name) != only.end()) &&
            !stillness.holds(rule))
            return rule.name;
    return {};
}

} // namespace rulec::incremental
