#include "runtime/explain/render_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/explain/subject.hpp"
#include "runtime/value/decimal.hpp"

namespace rulebook::explain {

namespace {

constexpr std::size_t kContribution = 10; // columns, at least
constexpr std::size_t kTruth = 9;

// "+30.00", "-5.25", "0.00".
std::string signed_points(std::int64_t hundredths) {
    std::string out;
    if (hundredths > 0)
        out += '+';
    append_points(out, hundredths);
    return out;
}

std::string contribution(const Line& line) {
    return line.points ? signed_points(*line.points) : line.amount;
}

// Columns: as the widest contribution needs ("EUR 12,400.00").
std::size_t contribution_width(const Explanation& explanation) {
    std::size_t width = kContribution;
    for (const Line& line : explanation.lines)
        width = std::max(width, contribution(line).size());
    return width;
}

std::string heading(const Explanation& explanation) {
    std::string out = fmt::format("{} {}", word_of_kind(explanation), explanation.rule);
    const std::string when = stated_time(explanation.zone, explanation.instant);
    if (!explanation.in_force)
        return fmt::format("{}: no version is in force at {}\n", out, when);
    std::string_view separator = ": ";
    for (const Named& result : explanation.results) {
        out += fmt::format("{}{} {}", separator, result.name, result.value);
        separator = ", ";
    }
    out += fmt::format("   (at {})\n", when);
    if (!explanation.doc.empty())
        out += fmt::format("  {}\n", explanation.doc);
    for (const Named& result : explanation.results)
        if (!result.cause.empty())
            out += fmt::format("  {}\n", result.cause);
    return out;
}

std::string truth_mark(const Line& line) {
    if (line.decides)
        return line.truth ? "true  =>" : "=>";
    return line.truth ? std::string(spelling(*line.truth)) : "";
}

std::string rendered(const Line& line, std::size_t width) {
    const auto detail = [&](std::string_view words) {
        return fmt::format("{:>{}}{}\n", "", width + kTruth + 4, words);
    };
    std::string out = fmt::format("{:>{}}  {:<{}}{}", contribution(line), width, truth_mark(line),
                                  kTruth, line.text);
    if (!line.because.empty())
        out += fmt::format("  ({})", line.because);
    out += '\n';
    const bool said_already = std::ranges::any_of(
        line.seen, [&](const Named& named) { return named.cause == line.cause; });
    for (const Named& named : line.seen)
        out += detail(named.cause.empty() ? fmt::format("{} = {}", named.name, named.value)
                                          : named.cause);
    if (!line.cause.empty() && !said_already)
        out += detail(line.cause);
    for (const std::string& remark : line.remarks)
        out += detail(remark);
    return out;
}

std::string sum_of_points(const Explanation& explanation, std::size_t width) {
    std::int64_t sum = 0;
    for (const Line& line : explanation.lines)
        sum += line.points.value_or(0);
    std::string written;
    append_points(written, sum);
    return fmt::format("{:->{}}\n{:>{}}  score\n", "", width, written, width);
}

} // namespace

std::string render_text(const Explanation& explanation) {
    std::string out = heading(explanation);
    const std::size_t width = contribution_width(explanation);
    for (const Line& line : explanation.lines)
        out += rendered(line, width);
    if (explanation.kind == plan::RuleKind::Fit && !explanation.is_policy && explanation.in_force)
        out += sum_of_points(explanation, width);
    return out;
}

} // namespace rulebook::explain
