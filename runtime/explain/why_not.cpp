#include "runtime/explain/why_not.hpp"

#include <algorithm>
#include <cstddef>
#include <map>

#include "runtime/explain/alternatives.hpp"
#include "runtime/explain/reads.hpp"
#include "runtime/explain/thresholds.hpp"
#include "runtime/plan/change_source.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::explain {

namespace {

using plan::Value;

// Tries combinations of fields, the smaller ones first; within one combination the nearest values.
class Search {
public:
    Search(interpret::Evaluator& evaluator, plan::NodeId node, const interpret::RowContext& row,
           const std::vector<Changeable>& fields, WhyNot& result)
        : evaluator_(evaluator), node_(node), row_(row), fields_(fields), result_(result) {}

    void run() {
        result_.fields = fields_.size();
        result_.exhausted = std::ranges::all_of(fields_, &Changeable::all);
        const std::size_t most = std::min(kMostFieldsChanged, fields_.size());
        for (std::size_t size = 1; size <= most && result_.changes.empty() && !spent(); ++size) {
            result_.most_fields = size;
            choose(0, size);
        }
        if (spent())
            result_.exhausted = false;
        evaluator_.suppose({});
    }

private:
    bool spent() const { return result_.tried >= kMostTried; }

    // Every set of `more` fields from `first` on, together with those that are chosen.
    void choose(std::size_t first, std::size_t more) {
        if (more == 0) {
            changes_.resize(chosen_.size());
            if (fill(0))
                keep();
            return;
        }
        for (std::size_t i = first; i + more <= fields_.size() && !spent(); ++i) {
            chosen_.push_back(&fields_[i]);
            choose(i + 1, more - 1);
            chosen_.pop_back();
        }
    }

    // Values for the chosen fields from `at` on, with which the expression is true.
    bool fill(std::size_t at) {
        if (at == chosen_.size())
            return holds();
        const Changeable& field = *chosen_[at];
        for (const Alternative& each : field.alternatives) {
            if (spent())
                return false;
            changes_[at] = {field.field, field.now, each.value, each.example};
            if (fill(at + 1))
                return true;
        }
        return false;
    }

    bool holds() {
        ++result_.tried;
        evaluator_.suppose(supposed(changes_, row_.instant));
        return evaluator_.evaluate(node_, row_).is_true();
    }

    void keep() {
        for (FieldChange& change : changes_)
            come_closer(change);
        if (holds())
            result_.changes.push_back(changes_);
    }

    // Halves the way between what the field is and what makes the expression true: what is left
    // lies just beyond the threshold.
    void come_closer(FieldChange& change) {
        const plan::Type type = evaluator_.plan().schema.root_entity().fields[change.field].type;
        if (!change.from.known() || !change.to.known() || type.is(plan::TypeKind::Enum) ||
            plan::representation(type.kind) != plan::Representation::Integer)
            return;
        std::int64_t no = change.from.integer();
        std::int64_t yes = change.to.integer();
        while (no != yes) {
            // Rounded towards `yes`, without overflow.
            const std::int64_t middle =
                static_cast<std::int64_t>((static_cast<Int128>(no) + yes) >> 1);
            const std::int64_t next =
                middle == no || middle == yes ? (no < yes ? yes - 1 : yes + 1) : middle;
            if (next == no)
                break;
            change.to = Value::of(next);
            (holds() ? yes : no) = next;
        }
        change.to = Value::of(yes);
    }

    interpret::Evaluator& evaluator_;
    plan::NodeId node_;
    const interpret::RowContext& row_;
    const std::vector<Changeable>& fields_;
    WhyNot& result_;
    std::vector<const Changeable*> chosen_;
    std::vector<FieldChange> changes_;
};

// Fields that nobody changes come last, as do values that are only examples.
void put_likely_ones_first(const plan::Plan& plan, WhyNot& result) {
    const auto unlikely = [&](const std::vector<FieldChange>& changes) {
        return std::ranges::count_if(changes, [&](const FieldChange& change) {
            const plan::Field& field = plan.schema.root_entity().fields[change.field];
            return field.fixed || field.origin || change.example || !change.to.known();
        });
    };
    std::multimap<std::ptrdiff_t, std::vector<FieldChange>> sorted; // equal ones as they were
    for (auto& changes : result.changes) {
        const std::ptrdiff_t count = unlikely(changes);
        sorted.emplace(count, std::move(changes));
    }
    result.changes.clear();
    for (auto& [count, changes] : sorted)
        result.changes.push_back(std::move(changes));
}

// Through the rules that it reads.
void note_reads(const plan::Plan& plan, plan::NodeId node, WhyNot& result) {
    result.reads_firings = plan::asks_what_fired(plan, node);
    for (const plan::ChangeSource& source : plan::sources_of_change(plan, node))
        result.reads_collections = result.reads_collections || source.entity != plan.schema.root;
    for (const plan::NodeId read : reads_of(plan, node))
        if (plan.node(read).op == plan::Op::Aggregate)
            result.reads_collections = true;
}

} // namespace

std::vector<interpret::Supposed> supposed(const std::vector<FieldChange>& changes,
                                          std::int64_t instant) {
    std::vector<interpret::Supposed> supposed;
    for (const FieldChange& change : changes)
        supposed.push_back({change.field, change.to, instant});
    return supposed;
}

WhyNot why_not(interpret::Evaluator& evaluator, plan::NodeId node, interpret::RowIndex root,
               std::int64_t instant, const interpret::FiredLookup* fired) {
    const plan::Plan& plan = evaluator.plan();
    const interpret::Record record{plan.schema.root, root};
    interpret::RowContext row;
    row.instant = instant;
    row.frames = {&record, 1};
    row.fired = fired;
    WhyNot result;
    result.expression = label_of(plan, node);
    result.instant = instant;
    const Value value = evaluator.evaluate(node, row);
    result.truth = truth_of(value);
    result.cause = cause_of(plan, value);
    result.seen = seen_by(evaluator, node, row);
    if (result.truth == Truth::True)
        return result;
    note_reads(plan, node, result);
    result.thresholds = thresholds(evaluator, node, row, true);
    const std::vector<Changeable> fields = changeable_fields(evaluator, node, row);
    Search(evaluator, node, row, fields, result).run();
    put_likely_ones_first(plan, result);
    return result;
}

} // namespace rulebook::explain
