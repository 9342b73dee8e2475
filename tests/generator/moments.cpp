#include "tests/generator/moments.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rulebook::generator {

namespace {

// sound_a and sound_b are of events, sound_c is of touches.
constexpr std::string_view kAround = R"(
calendar office { zone "America/New_York"  days mon to fri  hours 9:00 to 12:00, 13:00 to 18:00 }
calendar own    { zone email  days mon to sat  hours 8:00 to 20:00 }
signal sound_a = events where name in ("ask", "ads", "call")
signal sound_b = events where name in ("ask", "", "ZOË", "a b  c")
signal sound_c = touches where channel is known
)";

class MomentWriter {
public:
    MomentWriter(Randomness& random, std::size_t triggers) : random_(random), triggers_(triggers) {}

    std::string write() {
        text_ = kAround;
        for (std::size_t i = 0; i < triggers_; ++i)
            policy_of_.push_back(random_.below(kPolicies + 1));
        for (std::size_t policy = 0; policy < kPolicies; ++policy)
            write_policy(policy);
        for (std::size_t i = 0; i < triggers_; ++i)
            if (random_.one_in(4)) {
                write_trigger(i, " until 2026-03-14");
                write_trigger(i, " from 2026-03-14");
            } else
                write_trigger(i, "");
        return std::move(text_);
    }

private:
    static constexpr std::size_t kPolicies = 2;

    template <class... Given>
    void line(fmt::format_string<Given...> format, Given&&... given) {
        text_ += fmt::format(format, std::forward<Given>(given)...) + "\n";
    }
    std::int64_t number(std::int64_t low, std::int64_t high) { return random_.between(low, high); }
    // Of so many days, from one on.
    std::string days(std::int64_t most) {
        const auto count = number(1, most);
        return fmt::format("{} day{}", count, count == 1 ? "" : "s");
    }

    // -- patterns

    std::string signal() { return std::string(random_.pick({"sound_a", "sound_b", "sound_c"})); }

    std::string bucket(bool several) {
        switch (random_.below(3)) {
        case 0:
            return several ? "days" : "day";
        case 1:
            return several ? "iso weeks" : "iso week";
        default:
            return several ? "months" : "month";
        }
    }

    // A length that a wait can have, too.
    std::string extent() {
        switch (random_.below(6)) {
        case 0:
            return fmt::format("{} hours", number(6, 200));
        case 1:
            return fmt::format("{} calendar days", number(1, 20));
        case 2:
            return fmt::format("{} iso weeks", number(1, 3));
        case 3:
            return "1 calendar month";
        case 4:
            return fmt::format("{} working hours of {}", number(1, 60),
                               random_.pick({"office", "own"}));
        default:
            return days(20);
        }
    }

    std::string counted() {
        const std::string what = random_.one_in(4) ? "(sound_a or sound_b)" : signal();
        const bool touches = what == "sound_c";
        switch (random_.below(3)) {
        case 0:
            return fmt::format("{} {} times", what, number(1, 3));
        case 1:
            return fmt::format("{} with 2 different {}", what,
                               touches ? "channel" : random_.pick({"name", "seq", "amount"}));
        default:
            return fmt::format("{} on {} different {}", what, number(2, 3), bucket(true));
        }
    }

    std::string atom(int depth) {
        if (random_.one_in(3))
            return counted();
        return depth > 0 && random_.one_in(3) ? "(" + pattern(depth - 1) + ")" : signal();
    }

    std::string pattern(int depth) {
        std::vector<std::string> atoms{atom(depth)};
        while (atoms.size() < 3 && random_.one_in(2))
            atoms.push_back(atom(depth));
        std::string text =
            fmt::format("{}", fmt::join(atoms, random_.pick({" then ", " and ", " or "})));
        if (random_.one_in(5))
            text += " within the same " + bucket(false);
        else if (random_.one_in(2))
            text += " within " + extent();
        return text;
    }

    // -- conditions

    // Moves when a record comes or leaves a window, and on whole hours.
    std::string fact(std::size_t below) {
        switch (random_.below(below > 0 ? 11 : 10)) {
        case 0:
            return fmt::format("count(events where sound_a in last {}) >= {}", days(15),
                               number(1, 3));
        case 1:
            return fmt::format("count(touches in last {} calendar days) > {}", number(1, 20),
                               number(0, 2));
        case 2:
            return "plan >= " + std::string(random_.pick({"basic", "team", "enterprise"}));
        case 3:
            return fmt::format("limit default {} > 3", random_.pick({"0", "9"}));
        case 4:
            return "any(deals where status is won)";
        case 5:
            return "sum(deals.amount where status is open) > $5";
        case 6:
            return fmt::format("age(started_at) {} {}", random_.pick({">", ">=", "<"}), days(30));
        case 7:
            return fmt::format("count(users) as of {} ago >= 1", days(9));
        case 8:
            return fmt::format("date(as_of) >= 2026-03-{:02}", number(1, 28));
        case 9:
            return fmt::format("change(count(events in last {}), 2 days) > 20%", days(9));
        default:
            return fmt::format("moment_{} fired in last {}", random_.below(below), days(20));
        }
    }

    std::string condition(std::size_t below) {
        switch (random_.below(5)) {
        case 0:
            return fmt::format("{} and {}", fact(below), fact(below));
        case 1:
            return fmt::format("({} or {})", fact(below), fact(below));
        case 2:
            return fmt::format("not ({})", fact(below));
        default:
            return fact(below);
        }
    }

    // -- what a trigger waits for

    std::string on(std::size_t index) {
        switch (random_.below(6)) {
        case 0:
            return fmt::format("{} without {} within {}", atom(1),
                               random_.one_in(3) ? "(sound_b or sound_c)" : signal(), extent());
        case 1:
            return fmt::format("no {} for {}", signal(), extent());
        case 2:
            return clock();
        case 3:
            return fmt::format("becomes {}{}", condition(index),
                               random_.one_in(3) ? " lasting " + days(9) : "");
        default:
            return pattern(1);
        }
    }

    std::string clock() {
        const auto field = random_.pick({"renewal", "trial_ends"});
        switch (random_.below(4)) {
        case 0:
            return fmt::format("at {}", field);
        case 1:
            return fmt::format("{} hours {} {}", number(1, 90), random_.pick({"before", "after"}),
                               field);
        default:
            return fmt::format("{} {} {}", days(9), random_.pick({"before", "after"}), field);
        }
    }

    // -- policies and triggers

    std::vector<std::string> members(std::size_t policy) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < triggers_; ++i)
            if (policy_of_[i] == policy)
                names.push_back(fmt::format("moment_{}", i));
        return names;
    }

    void write_policy(std::size_t policy) {
        const auto names = members(policy);
        line("policy policy_{} {{\n  owner sales", policy);
        if (random_.one_in(2))
            line("  suppress when {}", random_.pick({"active", "active default false",
                                                     "any(deals where status is open)"}));
        line("  at most {} per {}", number(1, 2), days(14));
        if (!names.empty() && random_.one_in(2))
            line("  prefer {}", random_.pick(names));
        if (!names.empty() && random_.one_in(2))
            line("  exempt {}", random_.pick(names));
        if (random_.one_in(3))
            line("  control group 30%");
        line("}}");
    }

    void write_trigger(std::size_t index, std::string_view effective) {
        const bool alone = policy_of_[index] == kPolicies;
        line("trigger moment_{}{} {{\n  owner sales", index, effective);
        if (!alone)
            line("  policy policy_{}", policy_of_[index]);
        line("  on {}", on(index));
        if (random_.one_in(3))
            line("  when {}", condition(index));
        if (random_.one_in(4))
            line("  unless {}", random_.pick({"active", "limit > 5", "plan is basic"}));
        line("  {}", random_.pick({"once", "each time", "each time", "cooldown 5 days",
                                   "at most 1 per 14 days"}));
        if (alone && random_.one_in(4))
            line("  control group 40%");
        if (random_.one_in(2))
            line("  say \"plan {{plan}}, {{count(events in last 7 days)}} events\"");
        line("}}");
    }

    Randomness& random_;
    std::size_t triggers_;
    std::vector<std::size_t> policy_of_; // kPolicies: none
    std::string text_;
};

} // namespace

std::string random_moments(Randomness& random, std::size_t triggers) {
    return MomentWriter(random, triggers).write();
}

} // namespace rulebook::generator
