// Native code over records below the root's gives what the interpreter gives: over random rulebooks
// and records, of all that aggregates, signals and `for each` ask of single elements; of records
// side by side and in any order, each at an instant of its own. RULEBOOK_CASES, RULEBOOK_SEED as in
// native_law_test.cpp.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/frames.hpp"
#include "runtime/plan/roots.hpp"
#include "tests/differential/case.hpp"
#include "tests/differential/engine.hpp"
#include "tests/differential/native_values.hpp"
#include "tests/differential/oracle.hpp"

namespace rulebook::differential {
namespace {

std::size_t given(const char* name, std::size_t otherwise) {
    const char* wanted = std::getenv(name);
    return wanted == nullptr ? otherwise : static_cast<std::size_t>(std::atoll(wanted));
}

bool is_text(const plan::Plan& plan, plan::NodeId node) {
    return plan::representation(plan.node(node).type.kind) == plan::Representation::Text;
}

// All nodes over a record of a collection right below the root, by collection.
std::map<plan::EntityIndex, std::vector<plan::NodeId>> nodes_of_records(const plan::Plan& plan) {
    const auto frames = plan::frames_of_nodes(plan);
    std::map<plan::EntityIndex, std::vector<plan::NodeId>> nodes;
    const auto add = [&](plan::EntityIndex collection, std::vector<plan::NodeId> waiting) {
        if (plan.schema.entities[collection].parent != plan.schema.root)
            return;
        std::vector<bool> seen(plan.nodes.size());
        while (!waiting.empty()) {
            const plan::NodeId id = waiting.back();
            waiting.pop_back();
            if (id == plan::kNoNode || seen[id] || frames[id] != 0b11)
                continue;
            seen[id] = true;
            if (!is_text(plan, id))
                nodes[collection].push_back(id);
            const auto& operands = plan.node(id).operands;
            waiting.insert(waiting.end(), operands.begin(), operands.end());
        }
    };
    for (const plan::Node& node : plan.nodes)
        if (node.op == plan::Op::Aggregate && node.level == 1 &&
            plan.aggregates[node.index].source == plan::AggregateSource::Collection) {
            const plan::Aggregate& aggregate = plan.aggregates[node.index];
            add(aggregate.collection, {aggregate.where, aggregate.value, aggregate.have});
        }
    for (const plan::Signal& signal : plan.signals)
        add(signal.collection, {signal.where});
    for (auto& [collection, some] : nodes) {
        std::ranges::sort(some);
        const auto repeated = std::ranges::unique(some);
        some.erase(repeated.begin(), repeated.end());
    }
    return nodes;
}

struct Amounts {
    std::size_t nodes = 0, values = 0, known = 0;
};

// The records of one collection, by one engine.
class Records {
public:
    Records(const Case& example, plan::EntityIndex collection, const native::Code& code,
            generator::Randomness& random)
        : example_(example), collection_(collection),
          prepared_(std::move(*interpret::PreparedPlan::prepare(example.plan))),
          evaluator_(prepared_, example.dataset), chunk_(code, prepared_, example.dataset),
          random_(random) {
        chunk_.set_fired(fired_as_if());
    }

    void compare(Amounts& amounts) {
        const auto count = example_.dataset.table(collection_).size();
        if (count == 0)
            return;
        const auto first = static_cast<data::RowIndex>(random_.below(count));
        std::vector<data::RowIndex> rows;
        for (data::RowIndex row = first; row < std::min<std::size_t>(count, first + 40U); ++row)
            rows.push_back(row);
        std::vector<std::int64_t> instants = some_instants(rows.size());
        chunk_.evaluate_records(first, instants);
        compare(rows, instants, "side by side", amounts);
        for (data::RowIndex& row : rows)
            row = static_cast<data::RowIndex>(random_.below(count));
        instants = some_instants(rows.size());
        chunk_.evaluate_records(rows, instants);
        compare(rows, instants, "in any order", amounts);
    }

private:
    std::vector<std::int64_t> some_instants(std::size_t count) {
        const auto questions = strewn(example_, random_, count);
        std::vector<std::int64_t> instants;
        for (const Question& question : questions)
            instants.push_back(question.instant);
        instants.resize(count, generator::kLastInstant);
        for (std::int64_t& instant : instants)
            if (!chunk_.program().instants.contains(instant))
                instant = generator::kLastInstant;
        return instants;
    }

    void compare(const std::vector<data::RowIndex>& rows, const std::vector<std::int64_t>& instants,
                 const char* way, Amounts& amounts) {
        const data::Table& table = example_.dataset.table(collection_);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::array frames{
                interpret::Record{example_.plan.schema.root, table.parent(rows[i])},
                interpret::Record{collection_, rows[i]}};
            interpret::RowContext context;
            context.instant = instants[i];
            context.frames = frames;
            context.fired = &fired_as_if();
            for (const native::NodeArray& each : chunk_.program().values) {
                const plan::Value wanted = evaluator_.evaluate(each.node, context);
                const plan::Value found = found_in(chunk_, each.array, i);
                ++amounts.values;
                amounts.known += wanted.known() ? 1 : 0;
                if (!are_same(wanted, found))
                    FAIL() << way << ": node " << each.node << " `"
                           << (each.node < example_.plan.labels.size()
                                   ? example_.plan.labels[each.node]
                                   : "")
                           << "` of row " << rows[i] << " at " << instants[i] << ": "
                           << shown(wanted) << ", native " << shown(found) << "\n"
                           << example_.text;
            }
        }
    }

    const Case& example_;
    plan::EntityIndex collection_;
    interpret::PreparedPlan prepared_;
    interpret::Evaluator evaluator_;
    batch::Chunk chunk_;
    generator::Randomness& random_;
};

TEST(NativeRecords, GiveWhatTheInterpreterGives) {
    const std::size_t rulebooks = given("RULEBOOK_CASES", 80);
    const std::size_t before = given("RULEBOOK_SEED", 0);
    Amounts amounts;
    for (std::size_t seed = before + 1; seed <= before + rulebooks && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        generator::Randomness random(seed);
        const Case example = random_case(random);
        for (const auto& [collection, nodes] : nodes_of_records(example.plan)) {
            amounts.nodes += nodes.size();
            const Engine& engine = engines()[seed % engines().size()];
            rulec::codegen::Request request;
            request.instant = generator::kLastInstant;
            for (const plan::NodeId id : plan::nodes_behind(example.plan, nodes))
                if (plan::reads_rule(example.plan.node(id).op))
                    request.rules.push_back(example.plan.node(id).index);
            request.values = nodes;
            request.about = native::About{collection, 1};
            const auto code = engine.compile(example.plan, request);
            ASSERT_TRUE(code) << code.error().message;
            Records(example, collection, *code, random).compare(amounts);
        }
    }
    std::cout << amounts.nodes << " nodes, " << amounts.values << " values, " << amounts.known
              << " of them known\n";
    EXPECT_GT(amounts.nodes, 3 * rulebooks);
    EXPECT_GT(amounts.known, 100 * rulebooks);
    EXPECT_GT(amounts.values - amounts.known, 10 * rulebooks);
}

} // namespace
} // namespace rulebook::differential
