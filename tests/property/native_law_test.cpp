// Native code gives what the reference interpreter gives: over random rulebooks and records, the
// value of every expression over an account, whether it is known, and what fits and decisions make
// of them. Once as it is compiled for speed, once without the optimiser.
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "compiler/codegen/compile.hpp"
#include "runtime/batch/chunk.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/frames.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulebook::generator {
namespace {

namespace codegen = rulec::codegen;

constexpr std::size_t kAccounts = 40;

std::size_t rulebooks() {
    const char* wanted = std::getenv("RULEBOOK_CASES");
    return wanted == nullptr ? 40 : static_cast<std::size_t>(std::atoi(wanted));
}

plan::Plan compiled(const std::string& text) {
    rulec::tool::RulebookText rulebook;
    rulebook.directory = "generated";
    rulebook.files = {rulebook.sources.add("generated.rules", text)};
    rulec::Diagnostics diagnostics;
    return rulec::tool::compile_rulebook(rulebook, diagnostics).plan.value();
}

// Nodes that have a value for an account alone.
std::vector<plan::NodeId> nodes_of_accounts(const plan::Plan& plan) {
    const auto frames = plan::frames_of_nodes(plan);
    std::vector<plan::NodeId> nodes;
    for (plan::NodeId id = 0; id < plan.nodes.size(); ++id)
        if (plan::innermost(frames[id]) == 0 &&
            plan::representation(plan.nodes[id].type.kind) != plan::Representation::Text)
            nodes.push_back(id);
    return nodes;
}

codegen::Request request_for_all(const plan::Plan& plan, std::int64_t instant) {
    codegen::Request request;
    request.instant = instant;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        request.rules.push_back(rule);
    request.values = nodes_of_accounts(plan);
    return request;
}

// How the operations came out, so that the law does not hold of nothing.
struct Outcomes {
    std::size_t known = 0, unknown = 0, yes = 0, no = 0;
};
using Seen = std::map<plan::Op, Outcomes>;

void note(Outcomes& outcomes, const plan::Value& value) {
    ++(value.known() ? outcomes.known : outcomes.unknown);
    outcomes.yes += value.is_true() ? 1 : 0;
    outcomes.no += value.is_false() ? 1 : 0;
}

// To the last bit, but that a zero has no sign.
bool is_same(const batch::Chunk& chunk, native::ArrayIndex array, std::size_t row,
             const plan::Value& value) {
    if (chunk.known(array, row) != value.known())
        return false;
    if (!value.known())
        return true;
    switch (chunk.program().arrays[array].cell) {
    case native::Cell::Bool:
        return chunk.value<std::uint8_t>(array, row) == (value.boolean() ? 1 : 0);
    case native::Cell::Real:
        return chunk.value<double>(array, row) == value.real();
    default:
        return chunk.value<std::int64_t>(array, row) == value.integer();
    }
}

class Case {
public:
    explicit Case(std::size_t seed)
        : random_(seed), text_(random_rulebook(random_)), plan_(compiled(text_)),
          dataset_(dataset_of(plan_.schema, random_input(random_, plan_.schema, kAccounts))) {}

    void check(codegen::Optimization optimization, Seen& seen) {
        const std::int64_t instant = kFirstInstant + 40 * kDay;
        const auto code = codegen::compile(plan_, request_for_all(plan_, instant), optimization);
        ASSERT_TRUE(code) << code.error().message;
        const auto prepared = interpret::PreparedPlan::prepare(plan_);
        ASSERT_TRUE(prepared);
        compare_values(*code, *prepared, instant, seen);
        compare_runs(*code, instant);
    }

private:
    void compare_values(const native::Code& code, const interpret::PreparedPlan& prepared,
                        std::int64_t instant, Seen& seen) {
        batch::Chunk chunk(code, prepared, dataset_);
        interpret::Evaluator evaluator(prepared, dataset_);
        const std::size_t accounts = dataset_.size(plan_.schema.root);
        chunk.evaluate(0, accounts, instant);
        for (data::RowIndex row = 0; row < accounts; ++row)
            for (const native::NodeArray& each : code.program.values) {
                const std::array frames{interpret::Record{plan_.schema.root, row}};
                interpret::RowContext context;
                context.instant = instant;
                context.frames = frames;
                const plan::Value value = evaluator.evaluate(each.node, context);
                note(seen[plan_.nodes[each.node].op], value);
                ASSERT_TRUE(is_same(chunk, each.array, row, value))
                    << "node " << each.node << " " << plan::name(plan_.nodes[each.node].op) << " `"
                    << plan_.labels[each.node] << "` of account "
                    << dataset_.key_text(plan_.schema.root, row) << "\n"
                    << text_;
            }
    }

    void compare_runs(const native::Code& code, std::int64_t instant) {
        engine::RunOptions options;
        options.as_of = instant;
        const auto interpreted = engine::run(plan_, dataset_, options);
        options.native = [&] { return &code; };
        const auto native = engine::run(plan_, dataset_, options);
        ASSERT_TRUE(interpreted && native);
        EXPECT_EQ(interpreted->fits, native->fits) << text_;
        EXPECT_EQ(interpreted->decisions, native->decisions) << text_;
        EXPECT_TRUE(*interpreted == *native);
    }

    Randomness random_;
    std::string text_;
    plan::Plan plan_;
    data::Dataset dataset_;
};

TEST(Native, GivesWhatTheInterpreterGives) {
    Seen seen;
    for (std::size_t seed = 1; seed <= rulebooks() && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Case each(seed);
        each.check(codegen::Optimization::Full, seen);
        if (!HasFailure())
            each.check(codegen::Optimization::None, seen);
    }
    for (const auto& [op, outcomes] : seen)
        std::cout << plan::name(op) << ": known " << outcomes.known << ", unknown "
                  << outcomes.unknown << ", true " << outcomes.yes << ", false " << outcomes.no
                  << '\n';
}

} // namespace
} // namespace rulebook::generator
