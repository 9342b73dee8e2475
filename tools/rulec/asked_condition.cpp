#include "tools/rulec/asked_condition.hpp"

#include <algorithm>
#include <optional>
#include <ostream>

#include <fmt/format.h>

#include "compiler/diagnostics/render.hpp"
#include "compiler/lower/lower.hpp"
#include "compiler/syntax/parse.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::NodeId;

// A test that expects the condition, on a line of its own, so that findings show just that.
std::string as_test(const std::string& text, const std::string& about, const std::string& name) {
    return fmt::format("test \"{}\" {{ {} {{ }} as_of 2000-01-01 expect\n{}\n}}\n", name, about,
                       text);
}

tl::unexpected<ExitCode> tell(const Diagnostics& diagnostics, const Sources& sources,
                              Console& console) {
    for (const Diagnostic* diagnostic : diagnostics.sorted())
        if (diagnostic->severity == Severity::Error)
            console.messages << render_text(
                *diagnostic, sources, console.colour_messages ? Colour::Always : Colour::Never);
    return tl::unexpected(ExitCode::Unusable);
}

// The brace that closes the test, if it stands in what was asked: then there is something behind
// the condition.
std::optional<Span> early_end(FileId file, const Sources& sources) {
    Diagnostics told_later;
    const ast::File parsed = parse_file(file, sources, told_later);
    if (parsed.declarations.empty())
        return std::nullopt;
    const auto* test = std::get_if<ast::Test>(&parsed.declarations.front());
    const std::size_t last = sources.text(file).rfind('}');
    if (test == nullptr || test->span.end == 0 || test->span.end > last)
        return std::nullopt;
    return Span{file, test->span.end - 1, test->span.end};
}

// The condition, if the text is one and nothing more.
const model::ExpectedCondition* condition_of(const model::Test& test) {
    return test.expectations.size() == 1
               ? std::get_if<model::ExpectedCondition>(&test.expectations[0].node)
               : nullptr;
}

} // namespace

tl::expected<AskedCondition, ExitCode>
compile_condition(const std::string& directory, const std::string& text, const std::string& about,
                  const std::string& flag, Console& console) {
    Diagnostics diagnostics;
    auto loaded = load_rulebook(directory, diagnostics);
    if (!loaded)
        return tl::unexpected(console.unusable(loaded.error().message, loaded.error().help));
    const std::size_t tests_before = [&] {
        Diagnostics of_rulebook;
        return check_rulebook(*loaded, of_rulebook).model.tests.size();
    }();
    const FileId file = loaded->sources.add(flag, as_test(text, about, flag));
    loaded->files.push_back(file);
    if (const auto brace = early_end(file, loaded->sources)) {
        Diagnostics behind;
        behind.emit<RB0104>(*brace);
        return tell(behind, loaded->sources, console);
    }
    const Compilation made = compile_rulebook(*loaded, diagnostics);
    if (diagnostics.has_errors())
        return tell(diagnostics, loaded->sources, console);
    const auto& tests = made.model.tests;
    const auto asked = std::ranges::find_if(
        tests, [&](const model::Test& test) { return test.span.file == file; });
    if (tests.size() != tests_before + 1 || asked == tests.end() || condition_of(*asked) == nullptr)
        return tl::unexpected(console.unusable(fmt::format("`{}` is no condition", text),
                                               "ask for something that is true or false, such as "
                                               "`seats > 3`, or name a trigger"));
    lower::TestPlan lowered = lower::lower_tests(made.model, loaded->sources, diagnostics);
    if (diagnostics.has_errors())
        return tell(diagnostics, loaded->sources, console);
    const auto index = static_cast<std::size_t>(asked - tests.begin());
    return AskedCondition{std::move(lowered.plan), lowered.conditions[index][0]};
}

} // namespace rulec::tool
