// A case in words, for whoever has to find out what is wrong with it.
#include <map>

#include "runtime/plan/op.hpp"
#include "runtime/value/calendar_text.hpp"
#include "tests/oracle/random_case.hpp"

namespace rulebook::oracle {

std::string shown_instant(std::int64_t instant) {
    std::string text;
    append_time(text, {instant});
    return text;
}

namespace {

std::string shown_length(std::int64_t microseconds) {
    std::string text;
    append_duration(text, microseconds);
    return text;
}

std::string number_or(const std::optional<std::int64_t>& number, const char* otherwise) {
    return number ? std::to_string(*number) : otherwise;
}

class Description {
public:
    explicit Description(const Case& example) : case_(example), plan_(example.plan.plan) {}

    std::string text() {
        text_ = "zone " + plan_.timezone + ", as of " + shown_instant(case_.question.as_of) + "\n";
        add_account();
        for (const plan::Calendar& calendar : plan_.calendars)
            add_calendar(calendar);
        for (const plan::Fit& fit : plan_.fits)
            text_ += "fit" + shown(fit.effective) + " " + std::to_string(fit.clauses[0].points) +
                     " when " + shown(fit.clauses[0].when) + "\n";
        for (const plan::Decision& decision : plan_.decisions)
            text_ += "decision" + shown(decision.effective) + " team when " +
                     shown(decision.choices[0].when) + "\n";
        for (std::size_t i = 0; i < plan_.policies.size(); ++i)
            add_policy(i);
        for (const plan::Rule& rule : plan_.rules)
            for (const std::uint32_t version : rule.versions)
                if (plan_.triggers[version].effective.until != 0)
                    add_trigger(rule, version);
        return text_;
    }

private:
    void add_account() {
        text_ += "account since " + (case_.since ? shown_instant(*case_.since) : "?");
        text_ += " renews_at " + (case_.renews_at ? shown_instant(*case_.renews_at) : "?");
        text_ += " active " + std::string(!case_.active ? "?" : *case_.active ? "yes" : "no");
        text_ += "\n";
        for (const VersionRow& row : case_.versions)
            text_ += "  from " + shown_instant(row.known_from) + " plan " +
                     std::to_string(row.plan) + " zone " + row.zone.value_or("?") + "\n";
        for (const EventRow& row : case_.events)
            text_ += std::string(row.touch ? "  touch " : "  event ") + shown_instant(row.at) +
                     " seq " + number_or(row.sequence, "-") + " " + row.name + " value " +
                     number_or(row.value, "?") +
                     (row.due ? " due " + shown_instant(*row.due) : "") + "\n";
        for (const DealRow& row : case_.deals)
            text_ += "  deal " + shown_instant(row.created_at) + " closed " +
                     (row.closed_at ? shown_instant(*row.closed_at) : "?") + " status " +
                     std::to_string(row.status) + "\n";
    }

    void add_calendar(const plan::Calendar& calendar) {
        text_ += "calendar zone " + (calendar.zone.empty() ? "account.email" : calendar.zone) +
                 " days " + std::to_string(calendar.days);
        for (const plan::OfficeHours& hours : calendar.hours)
            text_ += " " + std::to_string(hours.from / 60) + "-" + std::to_string(hours.to / 60);
        for (const std::int64_t date : calendar.holidays) {
            text_ += " holiday ";
            append_date(text_, {static_cast<std::int32_t>(date)});
        }
        text_ += "\n";
    }

    void add_policy(std::size_t i) {
        const plan::Policy& policy = plan_.policies[i];
        text_ += "policy " + std::to_string(i);
        for (const plan::Stopper& stopper : policy.suppress)
            text_ += " suppress " + shown(stopper.when);
        add_limits(policy.limits);
        for (const std::uint32_t rule : policy.prefer)
            text_ += " prefer " + plan_.rules[rule].name;
        for (const std::uint32_t rule : policy.exempt)
            text_ += " exempt " + plan_.rules[rule].name;
        add_control(policy.control);
        text_ += "\n";
    }

    void add_limits(const std::vector<plan::AtMost>& limits) {
        for (const plan::AtMost& limit : limits)
            text_ += " at most " + std::to_string(limit.count) + " per " + shown_length(limit.per);
    }

    void add_control(const std::optional<plan::ControlGroup>& control) {
        if (control)
            text_ += " control " + std::to_string(control->share) + " " + control->salt;
    }

    void add_trigger(const plan::Rule& rule, std::uint32_t version) {
        const plan::Trigger& trigger = plan_.triggers[version];
        text_ += rule.name + " (version " + std::to_string(version) + ")";
        text_ += shown(trigger.effective) + "\n  on " + shown(trigger.on) + "\n ";
        if (trigger.when != plan::kNoNode)
            text_ += " when " + shown(trigger.when);
        for (const plan::Stopper& stopper : trigger.unless)
            text_ += " unless " + shown(stopper.when);
        if (trigger.once)
            text_ += " once";
        add_limits(trigger.at_most);
        if (trigger.cooldown)
            text_ += " cooldown " + shown_length(*trigger.cooldown);
        if (trigger.policy)
            text_ += " policy " + std::to_string(*trigger.policy);
        add_control(trigger.control);
        text_ += "\n";
    }

    static std::string shown(const plan::Effective& effective) {
        return (effective.from ? " from " + shown_instant(*effective.from) : "") +
               (effective.until ? " until " + shown_instant(*effective.until) : "");
    }

    std::string shown(const plan::On& on) const {
        std::string absent;
        for (const std::uint32_t signal : on.absent)
            absent += (absent.empty() ? "" : " or ") + plan_.signals[signal].name;
        switch (on.kind) {
        case plan::On::Kind::Pattern:
            return shown_pattern(on, on.patterns.size() - 1);
        case plan::On::Kind::Without:
            return shown_pattern(on, on.patterns.size() - 1) + " without " + absent +
                   shown(on.wait);
        case plan::On::Kind::Silence:
            return "no " + absent + shown(on.wait);
        case plan::On::Kind::Clock:
            return "at " + shown(on.clock) + " + " + shown_length(on.offset);
        case plan::On::Kind::Becomes:
            return "becomes " + shown(on.condition) +
                   (on.lasting ? " lasting " + shown_length(*on.lasting) : "");
        }
        return "";
    }

    std::string shown_pattern(const plan::On& on, std::size_t at) const {
        using Kind = plan::Pattern::Kind;
        static const std::map<Kind, std::string> kWords{
            {Kind::Then, " then "}, {Kind::And, " and "}, {Kind::Or, " or "}};
        const plan::Pattern& pattern = on.patterns[at];
        std::string text;
        if (pattern.kind == Kind::Signal) {
            text = plan_.signals[pattern.signal].name;
        } else {
            for (const std::uint32_t operand : pattern.operands)
                text += (text.empty() ? "" : kWords.at(pattern.kind)) + shown_pattern(on, operand);
            text = "(" + text + ")";
        }
        if (pattern.kind == Kind::Times)
            text += " " + std::to_string(pattern.count) + " times";
        if (pattern.kind == Kind::DifferentValues)
            text += " with " + std::to_string(pattern.count) + " different value";
        if (pattern.kind == Kind::DifferentBuckets)
            text += " on " + std::to_string(pattern.count) + " different" + shown(pattern.unit);
        for (const plan::Extent& extent : pattern.within)
            text += shown(extent);
        return text;
    }

    static std::string shown(plan::CalendarUnit unit) {
        return unit == plan::CalendarUnit::Day       ? " days"
               : unit == plan::CalendarUnit::IsoWeek ? " iso weeks"
                                                     : " months";
    }

    static std::string shown(const plan::Extent& extent) {
        switch (extent.kind) {
        case plan::Extent::Kind::Elapsed:
            return " within " + shown_length(extent.microseconds);
        case plan::Extent::Kind::Calendar:
            return " within " + std::to_string(extent.count) + " calendar" + shown(extent.unit);
        case plan::Extent::Kind::SameBucket:
            return " within the same of" + shown(extent.unit);
        case plan::Extent::Kind::Working:
            return " within " + shown_length(extent.microseconds) + " of open time";
        }
        return "";
    }

    std::string shown(const plan::Window& window) const {
        static const char* const kKinds[] = {"", "last ", "before: last ", "since ", "before "};
        std::string text = std::string(" window ") + kKinds[static_cast<int>(window.kind)];
        if (window.kind == plan::WindowKind::Last || window.kind == plan::WindowKind::LastBefore)
            text += window.span.calendar
                        ? std::to_string(window.span.count) + " calendar" + shown(window.span.unit)
                        : shown_length(window.span.microseconds);
        return window.anchor == plan::kNoNode ? text : text + " " + shown(window.anchor);
    }

    std::string shown(plan::NodeId id) const {
        if (id == plan::kNoNode)
            return "always";
        const plan::Node& node = plan_.node(id);
        switch (node.op) {
        case plan::Op::Constant:
            return shown(node.literal, node.type);
        case plan::Op::Field:
            return plan_.schema.entities[static_cast<std::size_t>(node.detail)]
                .fields[node.index]
                .name;
        case plan::Op::TriggerFired:
            return plan_.rules[node.index].name + " fired" +
                   (node.operands.empty() ? "" : " since " + shown(node.operands[0]));
        case plan::Op::Aggregate: {
            const plan::Aggregate& over = plan_.aggregates[node.index];
            std::string text = std::string(plan::spelling(over.kind)) + "(" +
                               plan_.schema.entities[over.collection].collection;
            if (over.value != plan::kNoNode)
                text += "." + shown(over.value);
            if (over.where != plan::kNoNode)
                text += " where " + shown(over.where);
            if (over.have != plan::kNoNode)
                text += " have " + shown(over.have);
            for (const plan::Window& window : over.windows)
                text += shown(window);
            return text + ")";
        }
        case plan::Op::FitScore:
        case plan::Op::DecisionResult:
            return plan_.rules[node.index].name;
        default:
            break;
        }
        std::string text = std::string(plan::name(node.op)) + "(";
        for (const plan::NodeId operand : node.operands)
            text += (text.back() == '(' ? "" : ", ") + shown(operand);
        if (node.op == plan::Op::AsOfAgo || node.op == plan::Op::Change)
            text += " " + shown_length(node.detail) + " ago";
        return text + ")";
    }

    static std::string shown(const plan::Value& value, plan::Type type) {
        if (!value.known())
            return "?";
        if (value.alternative() == 1)
            return value.boolean() ? "true" : "false";
        if (value.alternative() == 4)
            return '"' + value.text() + '"';
        if (type == testing::kTime)
            return shown_instant(value.integer());
        if (type == testing::kDuration)
            return shown_length(value.integer());
        return std::to_string(value.integer());
    }

    const Case& case_;
    const plan::Plan& plan_;
    std::string text_;
};

} // namespace

std::string described(const Case& example) {
    return Description(example).text();
}

} // namespace rulebook::oracle
