#include "tests/corpus/runner/native_engine.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "compiler/codegen/ahead_of_time.hpp"
#include "compiler/codegen/compile.hpp"
#include "compiler/codegen/credit_code.hpp"
#include "compiler/codegen/trigger_code.hpp"
#include "compiler/lower/lower.hpp"
#include "runtime/batch/chunk.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/native/load_library.hpp"
#include "runtime/plan/frames.hpp"
#include "runtime/scan/scan_shapes.hpp"
#include "tools/rulec/native_library.hpp"
#include "tools/rulec/test_account.hpp"

namespace rulebook::corpus {
namespace {

namespace codegen = rulec::codegen;
using rulec::tool::TestAccount;

bool is_same(const batch::Chunk& chunk, native::ArrayIndex array, const plan::Value& value) {
    if (!value.known() || !chunk.known(array, 0))
        return value.known() == chunk.known(array, 0);
    switch (chunk.program().arrays[array].cell) {
    case native::Cell::Bool:
        return (chunk.value<std::uint8_t>(array, 0) != 0) == value.boolean();
    case native::Cell::Real:
        return chunk.value<double>(array, 0) == value.real();
    default:
        return chunk.value<std::int64_t>(array, 0) == value.integer();
    }
}

// All rules, and all expressions over an account but texts.
codegen::Request request_for_all(const plan::Plan& plan) {
    codegen::Request request;
    const auto frames = plan::frames_of_nodes(plan);
    for (plan::NodeId id = 0; id < plan.nodes.size(); ++id)
        if (plan::innermost(frames[id]) == 0 &&
            plan::representation(plan.nodes[id].type.kind) != plan::Representation::Text)
            request.values.push_back(id);
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        request.rules.push_back(rule);
    return request;
}

// What all rules and all their triggers ask.
codegen::AheadRequest ahead_request_for_all(const plan::Plan& plan) {
    codegen::AheadRequest request;
    request.rules = request_for_all(plan);
    request.triggers = scan::scanned_triggers(plan, request.rules.rules);
    request.credits = request.rules.rules;
    return request;
}

// Both stay as long as the Codes they are from.
struct CodeAt {
    const native::Code* rules = nullptr;
    const native::TriggerCode* triggers = nullptr;
    const native::CreditCode* credits = nullptr;
};

// The code for one plan, for whatever instants are asked about.
class Codes {
public:
    virtual ~Codes() = default;
    virtual Result<CodeAt> at(std::int64_t instant) = 0;
};

class CompiledCodes : public Codes {
public:
    CompiledCodes(const plan::Plan& plan, codegen::Optimization optimization)
        : plan_(plan), optimization_(optimization), request_(ahead_request_for_all(plan)) {}

    Result<CodeAt> at(std::int64_t instant) override {
        for (const auto& each : made_)
            if (each->rules.program.instants.contains(instant))
                return CodeAt{&each->rules, &each->triggers, &each->credits};
        request_.rules.instant = instant;
        auto rules = codegen::compile(plan_, request_.rules, optimization_);
        if (!rules)
            return tl::unexpected(rules.error());
        auto triggers =
            codegen::compile_triggers(plan_, {instant, request_.triggers}, optimization_);
        if (!triggers)
            return tl::unexpected(triggers.error());
        auto credits =
            codegen::compile_credits(plan_, {instant, request_.rules.rules}, optimization_);
        if (!credits)
            return tl::unexpected(credits.error());
        made_.push_back(
            std::make_unique<Made>(*std::move(rules), *std::move(triggers), *std::move(credits)));
        const Made& made = *made_.back();
        return CodeAt{&made.rules, &made.triggers, &made.credits};
    }

private:
    struct Made {
        native::Code rules;
        native::TriggerCode triggers;
        native::CreditCode credits;
    };

    const plan::Plan& plan_;
    codegen::Optimization optimization_;
    codegen::AheadRequest request_;
    std::vector<std::unique_ptr<const Made>> made_;
};

// Through a file, which is gone before the code is used.
class LoadedCodes : public Codes {
public:
    explicit LoadedCodes(const plan::Plan& plan) : library_(load(plan)) {
        if (library_ && library_->plan != plan)
            library_ = make_error("native.damaged", "the file has another plan");
    }

    Result<CodeAt> at(std::int64_t instant) override {
        if (!library_)
            return tl::unexpected(library_.error());
        if (const native::Code* const code = library_->code_at(instant))
            return CodeAt{code, &library_->triggers, &library_->credits};
        return make_error("native.damaged", "the file has no code for the instant");
    }

private:
    static Result<native::Library> load(const plan::Plan& plan) {
        const auto bytes = rulec::tool::native_library(plan, ahead_request_for_all(plan), {});
        if (!bytes)
            return tl::unexpected(bytes.error());
        const std::filesystem::path file =
            std::filesystem::temp_directory_path() / fmt::format("corpus_{}.so", ::getpid());
        std::ofstream(file, std::ios::binary) << *bytes;
        auto library = native::load_library(file);
        std::filesystem::remove(file);
        return library;
    }

    Result<native::Library> library_;
};

// The first expression that comes out otherwise; empty: none does.
std::string difference(const native::Code& code, const rulec::tool::PreparedTests& prepared,
                       TestAccount& account) {
    batch::Chunk chunk(code, prepared.plan, account.dataset());
    chunk.set_fired(account.fired());
    chunk.evaluate(0, 1, account.as_of());
    for (const native::NodeArray& each : code.program.values)
        if (!is_same(chunk, each.array, account.value(each.node)))
            return fmt::format("native code gives another value of `{}`",
                               prepared.plan.plan().labels[each.node]);
    return {};
}

// A run over the account; empty: it gives what one gives without code.
std::string difference_of_runs(const CodeAt& code, const plan::Plan& plan,
                               const TestAccount& account) {
    engine::RunOptions options;
    options.as_of = account.as_of();
    options.scan = false;
    const auto interpreted = engine::run(plan, account.dataset(), options);
    options.scan = true;
    options.native = [&] { return code.rules; };
    options.trigger_code = [&] { return code.triggers; };
    options.credit_code = [&] { return code.credits; };
    const auto native = engine::run(plan, account.dataset(), options);
    if (interpreted.has_value() != native.has_value())
        return "a run with native code fails otherwise";
    return !native || *native == *interpreted ? "" : "a run with native code gives other results";
}

using MakeCodes = std::unique_ptr<Codes> (*)(const plan::Plan& plan);

std::size_t run(MakeCodes make_codes, const CaseText& text, const rulec::tool::Compilation& made,
                rulec::Diagnostics& diagnostics) {
    const auto& tests = made.model.tests;
    if (tests.empty())
        return 0;
    const auto lowered = rulec::lower::lower_tests(made.model, text.rulebook.sources, diagnostics);
    const auto prepared = rulec::tool::PreparedTests::prepare(lowered.plan);
    if (!prepared)
        return 0; // the interpreter says so
    const auto codes = make_codes(lowered.plan);
    for (const auto& test : tests) {
        const auto account = TestAccount::evaluate(*prepared, test, lowered.rules);
        if (!account)
            continue; // the interpreter says so
        const auto code = codes->at(test.as_of);
        std::string found =
            code ? difference(*code->rules, *prepared, **account) : code.error().message;
        if (found.empty())
            found = difference_of_runs(*code, lowered.plan, **account);
        if (!found.empty())
            diagnostics.emit<rulec::RB6106>(test.span, found);
    }
    return tests.size();
}

template <codegen::Optimization optimization>
std::unique_ptr<Codes> compiled(const plan::Plan& plan) {
    return std::make_unique<CompiledCodes>(plan, optimization);
}

std::unique_ptr<Codes> loaded(const plan::Plan& plan) {
    return std::make_unique<LoadedCodes>(plan);
}

} // namespace

std::size_t run_native(const CaseText& text, const rulec::tool::Compilation& made,
                       rulec::Diagnostics& diagnostics) {
    return run(compiled<codegen::Optimization::Full>, text, made, diagnostics);
}

std::size_t run_native_unoptimized(const CaseText& text, const rulec::tool::Compilation& made,
                                   rulec::Diagnostics& diagnostics) {
    return run(compiled<codegen::Optimization::None>, text, made, diagnostics);
}

std::size_t run_ahead_of_time(const CaseText& text, const rulec::tool::Compilation& made,
                              rulec::Diagnostics& diagnostics) {
    return run(loaded, text, made, diagnostics);
}

} // namespace rulebook::corpus
