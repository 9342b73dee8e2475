#include "runtime/engine/hindsight.hpp"

#include <set>

namespace rulebook::engine {

namespace {

// Of fits, decisions and tables a rule sees the values; of triggers only the firings.
bool is_read_through(const plan::Rule& rule) {
    return rule.kind != plan::RuleKind::Trigger && rule.kind != plan::RuleKind::Credit;
}

void gather(const plan::Plan& plan, std::uint32_t rule, std::set<plan::FieldRead>& reads) {
    reads.insert(plan.rules[rule].reads.begin(), plan.rules[rule].reads.end());
    for (const std::uint32_t other : plan.rules[rule].rules_read)
        if (other < rule && is_read_through(plan.rules[other]))
            gather(plan, other, reads);
}

} // namespace

std::vector<std::string> hindsight_fields(const plan::Plan& plan, std::uint32_t rule) {
    std::set<plan::FieldRead> reads;
    gather(plan, rule, reads);
    std::set<std::string> names;
    for (const plan::FieldRead& read : reads) {
        const plan::Entity& entity = plan.schema.entities[read.entity];
        if (!entity.is_untracked(read.field))
            continue;
        const std::string& field = entity.fields[read.field].name;
        names.insert(read.entity == plan.schema.root ? field : entity.name + "." + field);
    }
    return {names.begin(), names.end()};
}

std::vector<std::string> hindsight_texts(const plan::Plan& plan,
                                         std::optional<std::int64_t> taken_at,
                                         std::optional<std::int64_t> as_of) {
    std::vector<std::string> texts(plan.rules.size());
    if (!as_of)
        return texts;
    const bool past = taken_at && *as_of < *taken_at;
    for (std::uint32_t rule = 0; rule < texts.size(); ++rule) {
        if (!past && is_read_through(plan.rules[rule]))
            continue;
        for (const std::string& field : hindsight_fields(plan, rule))
            texts[rule] += (texts[rule].empty() ? "" : " ") + field;
    }
    return texts;
}

} // namespace rulebook::engine
