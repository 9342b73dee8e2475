#include "runtime/plan/validate.hpp"

#include "runtime/plan/validator.hpp"

namespace rulebook::plan {

void merge(Frames& into, const Frames& from) {
    for (std::size_t level = 0; level < kFrames; ++level) {
        if (from[level] == kUnbound)
            continue;
        require(into[level] == kUnbound || into[level] == from[level],
                "two records of different entities in one frame");
        into[level] = from[level];
    }
}

char letter(Representation representation) {
    switch (representation) {
    case Representation::Bool:
        return 'B';
    case Representation::Integer:
        return 'I';
    case Representation::Real:
        return 'R';
    case Representation::Text:
        return 'T';
    }
    return '?';
}

void Validator::run() {
    check_schema();
    for (NodeId id = 0; id < plan_.nodes.size(); ++id)
        frames_.push_back(check_node(id));
    for (const Signal& signal : plan_.signals) {
        check_entity(signal.collection);
        check_root(signal.where, std::array{plan_.schema.root, signal.collection}, 'B');
    }
    for (const Calendar& calendar : plan_.calendars)
        check_calendar(calendar);
    for (const Policy& policy : plan_.policies)
        check_policy(policy);
    check_rules();
    for (const Fit& fit : plan_.fits)
        check_fit(fit);
    for (const Decision& decision : plan_.decisions)
        check_decision(decision);
    for (const Table& table : plan_.tables)
        check_table(table);
    for (const Trigger& trigger : plan_.triggers)
        check_trigger(trigger);
    for (const Credit& credit : plan_.credits)
        check_credit(credit);
    require(plan_.labels.empty() || plan_.labels.size() == plan_.nodes.size(),
            "labels and nodes differ in number");
}

std::optional<std::string> validate(const Plan& plan) {
    try {
        Validator(plan).run();
        return std::nullopt;
    } catch (const Unsound& fault) {
        return fault.what;
    }
}

} // namespace rulebook::plan
