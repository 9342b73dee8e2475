#include "tests/differential/law.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/engine/run.hpp"
#include "tests/differential/comparison.hpp"
#include "tests/differential/corpus_text.hpp"

namespace rulebook::differential {

namespace {

constexpr std::size_t kStrewn = 50;
constexpr std::uint64_t kOneOfAheadOfTime = 12;

class Law {
public:
    Law(std::uint64_t seed, Report report)
        : report_(report), is_compiled_ahead_(seed % kOneOfAheadOfTime == 0), random_(seed),
          case_(random_case(random_)),
          // Often before the day on which one version of a rule follows another.
          instant_(generator::kFirstInstant +
                   random_.between(9, random_.one_in(3) ? 21 : 69) * generator::kDay),
          together_(side_by_side(case_, instant_)), strewn_(strewn(case_, random_, kStrewn)) {
        request_.instant = instant_;
        for (std::uint32_t rule = 0; rule < case_.plan.rules.size(); ++rule)
            request_.rules.push_back(rule);
        // What nobody asks for is computed where it is used.
        const bool all = !random_.one_in(3);
        for (const plan::NodeId node : nodes_of_roots(case_.plan))
            if (all || random_.one_in(5))
                request_.values.push_back(node);
        request_.over_time = random_.one_in(2);
        oracle_ = Oracle::of(case_, request_.values);
    }

    std::optional<std::string> broken(Outcomes& outcomes, Amounts& amounts) {
        for (const Engine& engine : engines()) {
            const auto code = engine.compile(case_.plan, request_);
            if (!code)
                return fmt::format("{}: {}", engine.name, code.error().message);
            std::erase_if(strewn_, [&](const Question& question) {
                return !code->program.instants.contains(question.instant);
            });
            if (auto found = different(engine, *code))
                return found;
            if (&engine == engines().data()) {
                outcomes.add(*oracle_, code->program);
                const bool runs = !case_.plan.triggers.empty() && request_.instant % 3 == 0;
                if (auto run = runs ? other_run(*code) : std::nullopt)
                    return run;
            }
        }
        if (auto found = is_compiled_ahead_ ? broken_ahead(amounts) : std::nullopt)
            return found;
        ++amounts.rulebooks;
        amounts.records += case_.records.size();
        amounts.rows += oracle_->answers().size();
        return std::nullopt;
    }

private:
    std::optional<std::string> different(const Engine& engine, const native::Code& code) const {
        const auto found = difference(code, *oracle_, together_, strewn_);
        if (!found)
            return std::nullopt;
        return fmt::format("{}, {}: {}, expected {}, found {}\n{}", engine.name, found->way,
                           found->what, found->expected, found->found, smallest(engine, *found));
    }

    std::optional<std::string> broken_ahead(Amounts& amounts) const {
        const auto library = loaded(case_.plan, request_);
        if (!library)
            return "ahead of time: " + library.error().message;
        const native::Code* const code = library->code_at(instant_);
        if (code == nullptr)
            return "ahead of time: there is no code for the instant";
        ++amounts.files;
        if (auto found = different(ahead_of_time(), *code))
            return found;
        return other_run(*code, &library->triggers);
    }

    std::string smallest(const Engine& engine, const Difference& difference) const {
        if (report_ == Report::Short)
            return {};
        const std::int64_t instant = difference.question.instant;
        auto failure = failure_at(engine, case_.text, case_.records, instant);
        if (!failure)
            return "among rows of one instant it is not found\n" + case_.text;
        return corpus_text(shrunk(engine, *std::move(failure)));
    }

    // The same through the engine that runs whole rulebooks.
    std::optional<std::string> other_run(const native::Code& code,
                                         const native::TriggerCode* triggers = nullptr) const {
        engine::RunOptions options;
        options.as_of = instant_;
        options.scan = false;
        const auto interpreted = engine::run(case_.plan, case_.dataset, options);
        options.scan = true;
        options.native = [&] { return &code; };
        options.trigger_code = [&] { return triggers; };
        const auto native = engine::run(case_.plan, case_.dataset, options);
        if (interpreted && native && *interpreted == *native)
            return std::nullopt;
        return "a run differs\n" + case_.text;
    }

    Report report_;
    bool is_compiled_ahead_;
    generator::Randomness random_;
    Case case_;
    std::int64_t instant_;
    std::vector<Question> together_, strewn_;
    rulec::codegen::Request request_;
    std::unique_ptr<Oracle> oracle_;
};

} // namespace

std::optional<std::string> broken(std::uint64_t seed, Report report, Outcomes& outcomes,
                                  Amounts& amounts) {
    return Law(seed, report).broken(outcomes, amounts);
}

} // namespace rulebook::differential
