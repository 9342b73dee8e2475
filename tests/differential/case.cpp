#include "tests/differential/case.hpp"

#include <algorithm>
#include <stdexcept>

#include "compiler/diagnostics/render.hpp"
#include "runtime/value/calendar.hpp"
#include "tests/differential/garbage.hpp"
#include "tests/generator/probes.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulebook::differential {

namespace {

constexpr std::size_t kAccounts = 40;
constexpr std::size_t kFewAccounts = 7;
constexpr std::size_t kCrowd = 2'500;
constexpr std::size_t kProbes = 60;

rulec::tool::RulebookText as_rulebook(const std::string& text) {
    rulec::tool::RulebookText rulebook;
    rulebook.directory = "generated";
    rulebook.files = {rulebook.sources.add("generated.rules", text)};
    return rulebook;
}

// What the generator makes is sound: else it is said what is not.
plan::Plan sound(const std::string& text) {
    const rulec::tool::RulebookText rulebook = as_rulebook(text);
    rulec::Diagnostics diagnostics;
    auto made = rulec::tool::compile_rulebook(rulebook, diagnostics);
    if (made.plan)
        return *std::move(made.plan);
    std::string said;
    for (const rulec::Diagnostic* one : diagnostics.sorted())
        if (one->severity == rulec::Severity::Error)
            said += rulec::render_text(*one, rulebook.sources, rulec::Colour::Never);
    throw std::logic_error(said);
}

} // namespace

std::optional<plan::Plan> compiled(const std::string& text) {
    rulec::Diagnostics diagnostics;
    return rulec::tool::compile_rulebook(as_rulebook(text), diagnostics).plan;
}

std::optional<Case> case_of(std::string text, std::vector<generator::InputRecord> records) {
    auto plan = compiled(text);
    if (!plan)
        return std::nullopt;
    data::DatasetBuilder builder(plan->schema, {nullptr, generator::kLastInstant});
    for (const generator::InputRecord& record : records)
        if (!builder.add(record.table, record.values))
            return std::nullopt;
    Case made{std::move(text), std::move(*plan), std::move(records), builder.finish()};
    put_garbage_behind_unknowns(made.dataset);
    return made;
}

Case random_case(generator::Randomness& random) {
    const bool probes = !random.one_in(4);
    std::string text = probes ? generator::random_probing_rulebook(random, kProbes)
                              : generator::random_rulebook(random);
    generator::RecordStyle style;
    style.calendar_ends = random.one_in(2);
    // Elements may be asked about all others: then there must not be many.
    style.crowd = probes && random.one_in(8) ? kCrowd : 0;
    const plan::Plan plan = sound(text);
    auto records = generator::random_input(random, plan.schema,
                                           style.crowd > 0 ? kFewAccounts : kAccounts, style);
    return case_of(std::move(text), std::move(records)).value();
}

std::vector<Question> side_by_side(const Case& example, std::int64_t instant) {
    std::vector<Question> questions;
    for (data::RowIndex row = 0; row < example.dataset.size(example.plan.schema.root); ++row)
        questions.push_back({row, instant});
    return questions;
}

std::vector<Question> strewn(const Case& example, generator::Randomness& random,
                             std::size_t count) {
    // Times that stand in the data: there things begin and end.
    std::vector<std::int64_t> times{kFirstTime.microseconds, kLastTime.microseconds,
                                    generator::kLastInstant};
    for (const generator::InputRecord& record : example.records) {
        if (record.history)
            continue;
        const plan::Entity& entity = example.plan.schema.entities[record.entity];
        for (std::size_t field = 0; field < entity.fields.size(); ++field)
            if (entity.fields[field].type.is(plan::TypeKind::Time) &&
                record.values.fields[field].known())
                times.push_back(record.values.fields[field].integer());
    }
    const std::size_t accounts = example.dataset.size(example.plan.schema.root);
    std::vector<Question> questions;
    for (std::size_t i = 0; i < count; ++i) {
        std::int64_t instant =
            random.one_in(2) ? random.pick(times) + random.between(-1, 1)
                             : generator::kFirstInstant + random.between(0, 69) * generator::kDay;
        instant = std::clamp(instant, kFirstTime.microseconds, kLastTime.microseconds);
        questions.push_back({static_cast<data::RowIndex>(random.below(accounts)), instant});
    }
    return questions;
}

} // namespace rulebook::differential
