#include "tests/generator/probing_fits.hpp"

#include <fmt/format.h>

namespace rulebook::generator {

namespace {

using plan::TypeKind;

// More than the bits of a word.
constexpr std::size_t kManyClauses = 70;

class FitWriter {
public:
    explicit FitWriter(Randomness& random) : random_(random), expressions_(random) {}

    std::string write(std::string_view name, std::string_view effective) {
        text_ = fmt::format("fit {}{} {{\n  owner sales\n", name, effective);
        inexact_ = random_.one_in(4);
        for (std::size_t i = random_.below(3); i > 0; --i)
            line("  out when {} and {}", condition(1), condition(1));
        for (std::size_t i = 0; i < 2; ++i)
            group(i);
        const std::size_t clauses = random_.one_in(12) ? kManyClauses : 1 + random_.below(5);
        for (std::size_t i = 0; i < clauses; ++i)
            clause("  ", clauses == kManyClauses ? 0 : 2);
        if (!random_.one_in(4))
            line("  score {} to {}", random_.between(-20, 10), random_.between(30, 80));
        text_ += "  tier A from 40, B from 12.5, C otherwise\n}\n";
        return std::move(text_);
    }

private:
    template <class... Given>
    void line(fmt::format_string<Given...> format, Given&&... given) {
        text_ += fmt::format(format, std::forward<Given>(given)...) + "\n";
    }
    std::string condition(int depth) { return expressions_.condition(Subject::Account, depth); }

    std::string limits() {
        switch (random_.below(4)) {
        case 0:
            return fmt::format(" at most {} points", random_.between(5, 30));
        case 1:
            return fmt::format(" at least {} points", random_.between(-5, 15));
        case 2:
            return fmt::format(" at most {} points at least {} points", random_.between(10, 30),
                               random_.between(-9, 9));
        default:
            return "";
        }
    }

    void group(std::size_t index) {
        line("  group g{}{} {{", index, limits());
        for (std::size_t i = 1 + random_.below(3); i > 0; --i)
            clause("    ", 1);
        line("  }}");
    }

    std::string points() {
        return random_.one_in(3)
                   ? fmt::format("-{}.{:02}", random_.between(0, 9), random_.between(1, 99))
                   : std::to_string(random_.between(1, 25));
    }

    void clause(std::string_view indent, int depth) {
        switch (random_.below(4)) {
        case 0:
            return line("{}points {} to {} as {}", indent, points(), points(), along());
        case 1:
            return line("{}points {} for each of {}{}", indent, points(), elements(),
                        random_.one_in(2) ? "" : limits());
        default:
            return line("{}points {} when {}", indent, points(), condition(depth));
        }
    }

    std::string along() {
        switch (random_.below(9)) {
        case 0:
            return fmt::format("discount goes from {}% to {}%", random_.below(11),
                               random_.between(11, 60));
        case 1:
            return fmt::format("revenue goes from ${}.00 to ${}.{:02}", random_.below(9),
                               random_.between(10, 3000), random_.between(0, 99));
        case 2:
            return inexact_ ? "ratio goes from 0.5 to 4" : "limit goes from 2 to 4";
        case 3:
            return fmt::format("count(events in last 30 days) goes from {} to {}", random_.below(3),
                               random_.between(3, 12));
        case 4:
            return "weight goes from 0 to 9_007_199_254_740_993";
        case 5: // the optimiser may take the numerator in doubles, or not
            return fmt::format("weight goes from {} to {}", random_.between(0, 5),
                               random_.between(6, 4'000'000'000'000));
        default:
            return fmt::format("{} goes from {} to {}", random_.pick({"seats", "weight", "limit"}),
                               random_.between(0, 5), random_.between(6, 40));
        }
    }

    std::string elements() {
        const bool events = random_.one_in(2);
        std::string text = events ? "events" : "deals";
        if (random_.one_in(2) && events)
            text += " where " + expressions_.condition(Subject::Event, 1);
        else if (random_.one_in(2) && !events)
            text += fmt::format(" where status is {} and amount > ${}",
                                random_.pick({"open", "won", "lost"}), random_.below(100));
        if (random_.one_in(2))
            text += window();
        return text + (inexact_ && random_.one_in(3) ? " halving every 9 days" : "");
    }

    std::string window() {
        for (;;) {
            std::string text = expressions_.window(Subject::Account);
            const bool calendar =
                text.find("calendar") != std::string::npos || text.find("iso") != std::string::npos;
            if (!calendar || inexact_)
                return text;
        }
    }

    Randomness& random_;
    Expressions expressions_;
    std::string text_;
    // Numbers, powers and calendars: not with whole points and elapsed time alone.
    bool inexact_ = false;
};

} // namespace

std::string random_fit(Randomness& random, std::string_view name, std::string_view effective) {
    return FitWriter(random).write(name, effective);
}

} // namespace rulebook::generator
