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

} // namespace rulebook::engine
