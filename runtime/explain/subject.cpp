#include "runtime/explain/subject.hpp"

#include <algorithm>

#include "runtime/explain/reads.hpp"
#include "runtime/interpret/readable.hpp"

namespace rulebook::explain {

namespace {

std::string points(std::int64_t hundredths) {
    std::string out;
    interpret::append_readable(out, {}, plan::Type::of(plan::TypeKind::Points),
                               plan::Value::of(hundredths));
    return out;
}

} // namespace

std::string limit_words(std::optional<std::int64_t> at_least, std::optional<std::int64_t> at_most) {
    std::string words;
    if (at_least)
        words += "at least " + points(*at_least);
    if (at_least && at_most)
        words += ", ";
    if (at_most)
        words += "at most " + points(*at_most);
    return words + " points";
}

std::string time_text(const time::Zone& zone, std::int64_t instant) {
    return interpret::readable({}, plan::Type::of(plan::TypeKind::Time), plan::Value::of(instant),
                               &zone);
}

std::string stated_time(std::string_view zone_name, std::int64_t instant) {
    const time::Zone* zone = time::find_zone(zone_name);
    if (zone == nullptr || zone->name == time::utc().name)
        return time_text(time::utc(), instant);
    return time_text(*zone, instant) + ", " + std::string(zone_name);
}

Subject::Subject(interpret::Evaluator& evaluator, std::uint32_t rule, interpret::RowIndex root,
                 std::int64_t instant)
    : evaluator_(evaluator), rule_(rule), root_{evaluator.plan().schema.root, root},
      instant_(instant) {}

Explanation Subject::begin() const {
    Explanation explanation;
    explanation.rule = rule().name;
    explanation.kind = rule().kind;
    explanation.doc = rule().doc;
    explanation.instant = instant_;
    explanation.zone = zone().name;
    return explanation;
}

Line Subject::line(LineKind kind, const plan::SourceNote& note, const std::string& because) {
    Line line;
    line.kind = kind;
    line.text = note.text;
    line.path = note.path;
    line.line = note.line;
    line.because = because;
    return line;
}

void Subject::judge(Line& line, const plan::Value& truth) const {
    line.truth = truth_of(truth);
    line.cause = cause_of(plan(), truth);
}

Named Subject::named(std::string name, plan::Type type, const plan::Value& value) const {
    return {std::move(name), interpret::readable(plan().schema, type, value, &zone()),
            cause_of(plan(), value)};
}

interpret::RowContext Subject::row() const {
    interpret::RowContext row;
    row.instant = instant_;
    row.frames = {&root_, 1};
    return row;
}

plan::Value Subject::value(plan::NodeId node) {
    return evaluator_.evaluate(node, row());
}

std::vector<Named> Subject::seen_by(plan::NodeId node) {
    return explain::seen_by(evaluator_, node, row());
}

void Subject::add_seen(std::vector<Named>& seen, plan::NodeId node) {
    for (Named& read : seen_by(node))
        if (std::ranges::find(seen, read) == seen.end())
            seen.push_back(std::move(read));
}

const interpret::FitResult* Subject::fit() {
    return evaluator_.fit(rule_, root_.row, instant_);
}

const interpret::DecisionResult* Subject::decision() {
    return evaluator_.decision(rule_, root_.row, instant_);
}

const interpret::TableResult* Subject::table() {
    return evaluator_.table(rule_, root_.row, instant_);
}

} // namespace rulebook::explain
