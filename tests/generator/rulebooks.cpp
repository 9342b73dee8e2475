#include "tests/generator/rulebooks.hpp"

#include <fmt/format.h>

#include "tests/generator/expressions.hpp"
#include "tests/generator/moments.hpp"
#include "tests/generator/schema_text.hpp"

namespace rulebook::generator {

namespace {

using plan::TypeKind;

constexpr int kDepth = 3;

class Writer {
public:
    explicit Writer(Randomness& random) : random_(random), expressions_(random) {}

    std::string write() {
        text_ = kSchemaText;
        define("quiet", condition());
        define("busy", condition());
        fit("size", false);
        fit("fit", true);
        decision();
        table();
        signals();
        trigger("first_moment", "alpha");
        trigger("second_moment", "beta");
        text_ += random_moments(random_, 2);
        credit();
        return std::move(text_);
    }

private:
    std::string condition(Subject subject = Subject::Account) {
        return expressions_.condition(subject, kDepth);
    }
    std::string value(TypeKind kind) { return expressions_.of(kind, Subject::Account, kDepth); }
    bool often() { return !random_.one_in(3); }

    template <class... Given>
    void line(fmt::format_string<Given...> format, Given&&... given) {
        text_ += fmt::format(format, std::forward<Given>(given)...) + "\n";
    }

    void define(std::string_view name, const std::string& body) {
        line("define {} = {}", name, body);
    }

    void fit(std::string_view name, bool reads_the_other) {
        line("fit {} {{\n  owner sales", name);
        if (random_.one_in(2))
            line("  out when {}", condition());
        line("  group g at most {} points at least {} points {{", random_.between(20, 60),
             random_.between(0, 9));
        for (int i = 0; i < 2; ++i)
            line("    points {} when {}", random_.between(1, 40), condition());
        line("  }}");
        line("  points {}.{:02} when {}", random_.between(1, 20), random_.between(0, 99),
             reads_the_other ? "size.score > 10 and " + condition() : condition());
        line("  points -{} when quiet or {}", random_.between(1, 20), condition());
        line("  points {} to {} as {} goes from {} to {}", random_.between(0, 5),
             random_.between(6, 30), value(random_.one_in(2) ? TypeKind::Int : TypeKind::Number),
             random_.between(0, 3), random_.between(4, 50));
        line("  points {} for each of events where {} in last 60 days{} at most {} points",
             random_.between(1, 9), condition(Subject::Event),
             random_.pick({"", " halving every 14 days", " losing 1 every 3 days"}),
             random_.between(10, 40));
        line("  score 0 to 100\n  tier A from 40, B from 15, C otherwise\n}}");
    }

    void decision() {
        line("decide route -> text {{\n  owner sales");
        line("  choose \"one\" when {}", condition());
        line("  choose {} when {} and fit.tier >= B", value(TypeKind::Text), condition());
        if (often())
            line("  choose \"other\" otherwise");
        line("}}");
    }

    void table() {
        line("table offer -> (discount: percent, size: int) {{\n  owner sales\n  hit first");
        line("  | {} | {} || discount | size |", value(TypeKind::Int), value(TypeKind::Money));
        line("  | < 3 | any || {} | {} |", value(TypeKind::Percent), value(TypeKind::Int));
        line("  | 2 to 40 | > $5 || 5% | 1 |");
        line("  | any | is missing || 6% | {} |", value(TypeKind::Int));
        line("  | when {} | any || 7% | 3 |", condition());
        if (often())
            line("  | otherwise || 0% | 0 |");
        line("}}");
    }

    void signals() {
        line("signal alpha = events where name is \"ask\"");
        line("signal beta = events where {}", condition(Subject::Event));
        line("signal gamma = touches where {}", condition(Subject::Touch));
    }

    std::string pattern(std::string_view signal) {
        switch (random_.below(5)) {
        case 0:
            return fmt::format("{} then gamma within {} days", signal, random_.between(1, 30));
        case 1:
            return fmt::format("{} and gamma within {} hours", signal, random_.between(1, 100));
        case 2:
            return fmt::format("({} or gamma) then beta", signal);
        case 3:
            return fmt::format("{} or gamma", signal);
        default:
            return std::string(signal);
        }
    }

    void trigger(std::string_view name, std::string_view signal) {
        line("trigger {} {{\n  owner sales\n  on {}", name, pattern(signal));
        if (often())
            line("  when {} or fit.tier in (A, B)", condition());
        if (random_.one_in(3))
            line("  unless {}", condition());
        line("  {}",
             random_.pick({"once", "each time", "cooldown 5 days", "at most 2 per 14 days"}));
        line("  say \"tier {{fit.tier}}, {{seats}}\"\n}}");
    }

    // Rates in one of their forms; `region` may be unknown, so that an incremental split may pass.
    void rates() {
        switch (random_.below(3)) {
        case 0:
            return line("rates assist {{ unassisted {}%  assisted {}% }}", random_.below(30),
                        random_.below(60));
        case 1:
            return line("rates assist by region {{ north: unassisted {}% assisted {}%, east: "
                        "unassisted 5% assisted 0%{} }}",
                        random_.below(30), random_.below(60),
                        often() ? ", otherwise: unassisted 2.5% assisted 10%" : "");
        default:
            return line("rates assist until 2026-03-01 {{\n  | seats || unassisted | assisted |\n"
                        "  | > {} || 5% | 15% |\n  | otherwise || {}% | 20% |\n}}",
                        random_.below(20), random_.below(30));
        }
    }

    std::string milestones_split() {
        const auto first = random_.below(71);
        return fmt::format(
            "milestones(first {}%, account.started_at 20%, created_at {}%, others 10%)", first,
            70 - first);
    }

    std::string weighing_split() {
        switch (random_.below(5)) {
        case 0:
            return fmt::format("decay(halving every {} hours)", random_.between(1, 400));
        case 1:
            return milestones_split();
        case 2:
            return fmt::format("weights(by channel: \"ads\" {}, \"email\" 0.{}{})",
                               random_.below(4), random_.between(1, 99),
                               random_.one_in(2) ? ", otherwise 1" : "");
        case 3:
            return "incremental(assist) to \"call\", rest to \"self\"";
        default:
            return "incremental(assist) to \"call\", rest by equal";
        }
    }

    void credit() {
        rates();
        line("credit shares {{\n  owner sales\n  for deals where status is won and {}",
             random_.one_in(2) ? "true" : condition(Subject::Deal));
        line("  at closed_at\n  divide amount\n  among touches in {} days before closed_at",
             random_.between(5, 90));
        line("  parties channel");
        line("  split position(first 40%, middle 20%, last 40%) when {}", condition(Subject::Deal));
        line("  split {} when {}", weighing_split(), condition(Subject::Deal));
        line("  split {} when first_moment fired in last 30 days",
             random_.pick({"first", "last", "equal", "equal(by channel)"}));
        line("  split {} otherwise",
             random_.pick({"equal", "last", "fixed(\"ads\" 30%, \"call\" 70%)"}));
        if (random_.one_in(2))
            line("  at least 10% to \"call\"");
        if (random_.one_in(2))
            line("  without touches to \"self\"");
        line("  flag large when credited(\"ads\") > $10 and {}\n}}", condition(Subject::Deal));
    }

    Randomness& random_;
    Expressions expressions_;
    std::string text_;
};

} // namespace

std::string random_rulebook(Randomness& random) {
    return Writer(random).write();
}

} // namespace rulebook::generator
