#include <fmt/format.h>

#include "runtime/explain/subject.hpp"
#include "runtime/explain/why_not.hpp"
#include "runtime/interpret/readable.hpp"

namespace rulebook::explain {

namespace {

constexpr std::size_t kMostShown = 8; // sets of fields

// Of a field of the root; an unknown one with its cause.
std::string field_value(const plan::Plan& plan, plan::FieldIndex field, const plan::Value& value) {
    const plan::Type type = plan.schema.root_entity().fields[field].type;
    if (value.known())
        return interpret::readable(plan.schema, type, value, time::find_zone(plan.timezone));
    if (value.why().cause == plan::Cause::MissingInput)
        return "missing";
    return fmt::format("unknown ({})", plan::words(value.why().cause));
}

std::string change_text(const plan::Plan& plan, const FieldChange& change) {
    return fmt::format("{}: {} -> {}{}", plan.schema.root_entity().fields[change.field].name,
                       field_value(plan, change.field, change.from),
                       field_value(plan, change.field, change.to),
                       change.example ? " (for example)" : "");
}

std::string fields(std::size_t count) {
    return fmt::format("{} field{}", count, count == 1 ? "" : "s");
}

std::string changes_text(const plan::Plan& plan, const WhyNot& found) {
    const std::string& about = plan.schema.root_entity().name;
    std::string out;
    if (!found.changes.empty()) {
        out += fmt::format("  true with {} of the {} changed{}:\n", fields(found.most_fields),
                           about, found.changes.size() == 1 ? "" : ", any one of these");
        for (std::size_t i = 0; i < found.changes.size() && i < kMostShown; ++i) {
            std::string set;
            for (const FieldChange& change : found.changes[i])
                set += (set.empty() ? "" : "; ") + change_text(plan, change);
            out += "    " + set + "\n";
        }
        if (found.changes.size() > kMostShown)
            out += fmt::format("    and {} more\n", found.changes.size() - kMostShown);
        if (!found.exhausted)
            out += "  not every combination of values was tried\n";
    } else if (found.fields == 0) {
        out += fmt::format("  it reads no field of the {} that could be changed\n", about);
    } else if (found.exhausted) {
        out += fmt::format("  no values that its rules compare with make it true, with up to {} of "
                           "the {} changed\n",
                           fields(found.most_fields), about);
    } else {
        out += fmt::format("  nothing was found with up to {} of the {} changed; not every "
                           "combination of values was tried\n",
                           fields(found.most_fields), about);
    }
    return out;
}

} // namespace

std::string render_text(const plan::Plan& plan, const WhyNot& found) {
    std::string out = fmt::format("`{}` is {}   (at {})\n", found.expression, spelling(found.truth),
                                  stated_time(plan.timezone, found.instant));
    if (!found.cause.empty())
        out += fmt::format("  {}\n", found.cause);
    for (const Named& seen : found.seen)
        if (seen.cause.empty())
            out += fmt::format("  {} = {}\n", seen.name, seen.value);
        else if (seen.cause != found.cause)
            out += fmt::format("  {}\n", seen.cause);
    if (found.truth == Truth::True)
        return out;
    out += changes_text(plan, found);
    if (found.reads_collections)
        out += "  records of collections are taken as they are\n";
    if (found.reads_firings)
        out += "  what fired is taken as it is\n";
    if (!found.thresholds.empty())
        out += "  what does not hold:\n";
    for (const Line& line : found.thresholds)
        out += fmt::format("    {}\n", line.text);
    return out;
}

} // namespace rulebook::explain
