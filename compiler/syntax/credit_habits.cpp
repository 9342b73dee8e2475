#include "compiler/syntax/credit_habits.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/syntax/words_around.hpp"
#include "RulebookParser.h"

namespace rulec::syntax {
namespace {

using antlr4::misc::IntervalSet;
using grammar::RulebookParser;

// What a model is called elsewhere.
struct ModelName {
    std::string_view name;
    std::string_view here;
    bool whole = true; // what to write is all of it: nothing has to be filled in
};

constexpr std::string_view kPosition = "position(first 40%, middle 20%, last 40%)";
constexpr std::string_view kDecay = "decay(halving every 7 days)";
constexpr std::string_view kMilestones =
    "milestones(first 30%, account.signed_up_at 30%, created_at 30%, others 10%)";
constexpr std::string_view kWeights = "weights(by channel: \"ads\" 3, otherwise 1)";
constexpr std::string_view kMarkov = "markov(\"weights/learnt.json\")";

constexpr std::array kModelNames = {
    ModelName{"linear", "equal"},
    ModelName{"even", "equal"},
    ModelName{"evenly", "equal"},
    ModelName{"equally", "equal"},
    ModelName{"uniform", "equal"},
    ModelName{"first_touch", "first"},
    ModelName{"first_click", "first"},
    ModelName{"last_touch", "last"},
    ModelName{"last_click", "last"},
    ModelName{"u_shape", kPosition, false},
    ModelName{"u_shaped", kPosition, false},
    ModelName{"position_based", kPosition, false},
    ModelName{"w_shape", kMilestones, false},
    ModelName{"w_shaped", kMilestones, false},
    ModelName{"full_path", kMilestones, false},
    ModelName{"time_decay", kDecay, false},
    ModelName{"half_life", kDecay, false},
    ModelName{"weighted", kWeights, false},
    ModelName{"custom", kWeights, false},
    ModelName{"data_driven", kMarkov, false},
    ModelName{"algorithmic", kMarkov, false},
};

class CreditExplainer : WordsAround {
public:
    using WordsAround::WordsAround;

    bool explain() { return model() || otherwise(); }

private:
    // `split linear`
    bool model() {
        if (before() == nullptr || before()->getType() != RulebookParser::SPLIT)
            return false;
        const auto named = std::ranges::find(kModelNames, text(found_), &ModelName::name);
        if (named == kModelNames.end())
            return false;
        if (named->whole)
            diagnostic_.fix(span(found_), std::string(named->here));
        return help(fmt::format("`{}` is written `{}`", text(found_), named->here));
    }

    // `split equal else`: the model ended the clause, unless a condition follows.
    bool otherwise() {
        if (type() != RulebookParser::ELSE)
            return false;
        for (std::size_t back = 1; before(back) != nullptr; ++back) {
            const auto other = before(back)->getType();
            if (other == RulebookParser::SPLIT)
                return instead("otherwise");
            if (other == RulebookParser::WHEN || other == RulebookParser::LBRACE ||
                other == RulebookParser::RBRACE)
                return false;
        }
        return false;
    }
};

} // namespace

bool explain_credit_habit(Diagnostic& diagnostic, const HabitPlace& place,
                          const IntervalSet& expected) {
    return CreditExplainer(diagnostic, place, expected).explain();
}

} // namespace rulec::syntax
