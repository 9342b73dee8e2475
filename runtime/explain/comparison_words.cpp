#include "runtime/explain/comparison_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "runtime/explain/reads.hpp"
#include "runtime/interpret/readable.hpp"
#include "runtime/plan/roots.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::explain {

namespace {

using plan::Node;
using plan::NodeId;
using plan::Op;
using plan::Type;
using plan::TypeKind;
using plan::Value;

// The same with the sides exchanged: `3 <= x` is `x >= 3`.
Op mirrored(Op op) {
    switch (op) {
    case Op::Less:
        return Op::Greater;
    case Op::LessEqual:
        return Op::GreaterEqual;
    case Op::Greater:
        return Op::Less;
    case Op::GreaterEqual:
        return Op::LessEqual;
    default:
        return op;
    }
}

Op negated(Op op) {
    switch (op) {
    case Op::Equal:
        return Op::NotEqual;
    case Op::NotEqual:
        return Op::Equal;
    case Op::Less:
        return Op::GreaterEqual;
    case Op::LessEqual:
        return Op::Greater;
    case Op::Greater:
        return Op::LessEqual;
    case Op::GreaterEqual:
        return Op::Less;
    default:
        return op;
    }
}

std::string_view words_before_bound(Op op) {
    switch (op) {
    case Op::NotEqual:
        return "anything but ";
    case Op::Less:
        return "less than ";
    case Op::LessEqual:
        return "at most ";
    case Op::Greater:
        return "more than ";
    case Op::GreaterEqual:
        return "at least ";
    default:
        return "";
    }
}

// Whether nothing comes in from records, other rules or the clock.
bool is_fixed(const plan::Plan& plan, NodeId id) {
    const Node& node = plan.node(id);
    return node.op != Op::Field && !plan::looks_around(node.op) &&
           std::ranges::all_of(node.operands,
                               [&](NodeId operand) { return is_fixed(plan, operand); });
}

bool has_distance(Type type) {
    switch (type.kind) {
    case TypeKind::Int:
    case TypeKind::Percent:
    case TypeKind::Money:
    case TypeKind::Duration:
    case TypeKind::Points:
        return true;
    default:
        return false;
    }
}

class Words {
public:
    Words(interpret::Evaluator& evaluator, const interpret::RowContext& row)
        : evaluator_(evaluator), plan_(evaluator.plan()), row_(row) {}

    std::string of_two(const Node& node, bool wanted) {
        const bool turned = plan_.node(node.operands[0]).op == Op::Constant;
        const NodeId asked = node.operands[turned ? 1 : 0];
        const NodeId bound = node.operands[turned ? 0 : 1];
        Op op = turned ? mirrored(node.op) : node.op;
        op = wanted ? op : negated(op);
        return fmt::format("{}; needs {}{}{}", is(asked), words_before_bound(op), shown(bound),
                           distance(op, asked, bound));
    }
    std::string of_range(const Node& node, bool wanted) {
        return fmt::format("{}; needs {}{} to {}{}", is(node.operands[0]),
                           wanted ? "" : "to be outside of ", shown(node.operands[1]),
                           node.op == Op::InRangeUnder ? "under " : "", shown(node.operands[2]));
    }
    std::string of_set(const Node& node, bool wanted) {
        std::string set;
        for (std::size_t i = 1; i < node.operands.size(); ++i)
            set += (i > 1 ? ", " : "") + shown(node.operands[i]);
        return fmt::format("{}; needs {}one of ({})", is(node.operands[0]), wanted ? "" : "not ",
                           set);
    }
    std::string of_list(const Node& node, bool wanted) {
        return fmt::format("{}; needs one that is {}in {}", is(node.operands[0]),
                           wanted ? "" : "not ", plan_.lists[node.index].name);
    }
    std::string of_known(const Node& node, bool wanted) {
        return fmt::format("{}; needs {}", is(node.operands[0]),
                           wanted ? "a value" : "to be missing");
    }

private:
    Value value(NodeId id) { return evaluator_.evaluate(id, row_); }
    std::string shown(NodeId id) {
        const Value found = value(id);
        const std::string text =
            interpret::readable(plan_.schema, plan_.node(id).type, found, &evaluator_.zone());
        return plan_.node(id).op == Op::Constant
                   ? text
                   : fmt::format("{} ({})", label_of(plan_, id), text);
    }
    std::string is(NodeId id) {
        return fmt::format(
            "{} is {}", label_of(plan_, id),
            interpret::readable(plan_.schema, plan_.node(id).type, value(id), &evaluator_.zone()));
    }

    // ": 2 more", ": 30 days more"; to just beyond a bound that is not included.
    std::string distance(Op op, NodeId asked, NodeId bound) {
        const Value has = value(asked);
        const Value needs = value(bound);
        const Type type = plan_.node(asked).type;
        if (!has.known() || !needs.known() || !has_distance(type))
            return {};
        const bool up = op == Op::Greater || op == Op::GreaterEqual;
        const bool down = op == Op::Less || op == Op::LessEqual;
        const auto apart = checked_subtract(std::max(has.integer(), needs.integer()),
                                            std::min(has.integer(), needs.integer()));
        if ((!up && !down) || !apart)
            return {};
        const bool whole = type.is(TypeKind::Int) && (op == Op::Greater || op == Op::Less);
        const std::int64_t missing = *apart + (whole ? 1 : 0);
        if (missing == 0)
            return {};
        return fmt::format(": {} {}", interpret::readable(plan_.schema, type, Value::of(missing)),
                           up ? "more" : "less");
    }

    interpret::Evaluator& evaluator_;
    const plan::Plan& plan_;
    const interpret::RowContext& row_;
};

} // namespace

std::optional<std::string> words_of_comparison(interpret::Evaluator& evaluator, NodeId id,
                                               const interpret::RowContext& row, bool wanted) {
    const Node& node = evaluator.plan().node(id);
    if (is_fixed(evaluator.plan(), id))
        return fmt::format("{} is always {}: it reads nothing that could change",
                           label_of(evaluator.plan(), id),
                           spelling(truth_of(evaluator.evaluate(id, row))));
    Words words(evaluator, row);
    switch (node.op) {
    case Op::Equal:
    case Op::NotEqual:
    case Op::Less:
    case Op::LessEqual:
    case Op::Greater:
    case Op::GreaterEqual:
        return words.of_two(node, wanted);
    case Op::InRange:
    case Op::InRangeUnder:
        return words.of_range(node, wanted);
    case Op::InSet:
        return words.of_set(node, wanted);
    case Op::InList:
        return words.of_list(node, wanted);
    case Op::IsKnown:
        return words.of_known(node, wanted);
    default:
        return std::nullopt;
    }
}

} // namespace rulebook::explain
