// Solving an expression for a field: internal to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/time/zone.hpp"

namespace rulebook::explain {

class Inverse {
public:
    // Told a value of a root field.
    using Tell = std::function<void(plan::FieldIndex field, const plan::Value& value)>;

    Inverse(interpret::Evaluator& evaluator, const interpret::RowContext& row,
            const time::Zone& zone, Tell tell)
        : evaluator_(evaluator), plan_(evaluator.plan()), row_(row), zone_(zone),
          tell_(std::move(tell)) {}

    // Values of root fields with which the node is about `target`, where each is changed alone.
    // Nothing is promised: whoever asks tries them out.
    void solve(plan::NodeId id, const plan::Value& target);

    // The node's value for the row; unknown where it reads records besides the root's own fields
    // and stands among elements.
    plan::Value value(plan::NodeId id);
    bool is_of_root(plan::NodeId id) const;
    // What `value` may ask: inside an aggregate only what the root says.
    void set_inside(bool inside) { inside_ = inside; }

private:
    void solve_exact(const plan::Node& node, std::int64_t target);
    void solve_exact_products(const plan::Node& node, std::int64_t target);
    void solve_real(const plan::Node& node, double target);
    void solve_dates(const plan::Node& node, std::int64_t target);
    void solve_text(const plan::Node& node, const std::string& target);
    void solve_rounded(plan::NodeId id, double target);
    void solve_integer(plan::NodeId id, std::optional<std::int64_t> target);
    std::optional<std::int64_t> integer(plan::NodeId id);
    std::optional<double> real(plan::NodeId id);

    interpret::Evaluator& evaluator_;
    const plan::Plan& plan_;
    const interpret::RowContext& row_;
    const time::Zone& zone_;
    Tell tell_;
    bool inside_ = false;
    std::size_t steps_ = 0; // taken so far: there is an end to it
};

} // namespace rulebook::explain
