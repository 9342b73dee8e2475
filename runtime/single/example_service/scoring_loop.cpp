#include "scoring_loop.hpp"

#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace {

namespace single = rulebook::single;

// A request as it may come: with typed values, or as JSON.
struct Sample {
    std::string_view name;
    std::int64_t employees;
    std::int64_t annual_revenue; // cents
    std::int64_t industry;       // number of the enum's value; -1: unknown
    std::string_view json;
};
constexpr std::array<Sample, 3> kSamples = {{
    {"studio", 800, 1'250'000'00, 0,
     R"({"employees": 800, "annual_revenue": 1250000, "industry": "design"})"},
    {"corner shop", 3, 90'000'00, 2,
     R"({"employees": 3, "annual_revenue": 90000, "industry": "retail"})"},
    {"stranger", 250, 10'000'00, -1, R"({"employees": 250, "annual_revenue": 10000})"},
}};
constexpr int kRounds = 512; // between looks at which rulebook is in force

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

// What belongs to one thread and one rulebook.
class Desk {
public:
    explicit Desk(std::shared_ptr<const single::Rulebook> rulebook)
        : scorer_(std::move(rulebook)), json_(scorer_.rulebook().plan()),
          fit_(scorer_.rulebook().rule("size_fit").value()),
          call_(scorer_.rulebook().rule("call").value()),
          employees_(scorer_.rulebook().field("employees").value()),
          annual_revenue_(scorer_.rulebook().field("annual_revenue").value()),
          industry_(scorer_.rulebook().field("industry").value()) {}

    const single::Rulebook& rulebook() const { return scorer_.rulebook(); }

    Answer typed(const Sample& sample) {
        single::Record& record = scorer_.record();
        record.clear();
        record.set_integer(employees_, sample.employees);
        record.set_integer(annual_revenue_, sample.annual_revenue);
        if (sample.industry >= 0)
            record.set_integer(industry_, sample.industry);
        return evaluate();
    }
    Answer json(const Sample& sample) {
        const auto read = json_.read(sample.json, scorer_.record());
        return read ? evaluate() : Answer{};
    }

private:
    Answer evaluate() {
        scorer_.evaluate(now());
        const auto fit = scorer_.fit(fit_);
        Answer answer{fit->score, tier_name(fit->tier), fit->unknowns, fit->hits[0], false};
        const auto call = scorer_.decision(call_);
        answer.call = call->value.known() && call->value.boolean();
        return answer;
    }

    std::string tier_name(std::int64_t tier) const {
        if (tier < 0)
            return {};
        const auto& plan = rulebook().plan();
        return plan.schema.enums[plan.rules[fit_].type.enum_index()].values.at(
            static_cast<std::size_t>(tier));
    }

    single::Scorer scorer_;
    single::JsonRecords json_;
    std::uint32_t fit_, call_;
    rulebook::plan::FieldIndex employees_, annual_revenue_, industry_;
};

double seconds(std::chrono::steady_clock::duration duration) {
    return std::chrono::duration<double>(duration).count();
}

// Each record many times, in one form. Gives how many records that were.
template <class Score>
std::uint64_t score(const Desk& desk, AnswerSheet& sheet, const Score& score_one) {
    for (const Sample& sample : kSamples) {
        const Answer first = score_one(sample);
        std::uint64_t others = 0;
        for (int round = 1; round < kRounds; ++round)
            others += score_one(sample) == first ? 0U : 1U;
        sheet.add({desk.rulebook().plan().version, std::string(sample.name)}, first,
                  kRounds - others, others);
    }
    return kRounds * kSamples.size();
}

void score(Desk& desk, Scored& scored) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    scored.typed += score(desk, scored.sheet, [&](const Sample& one) { return desk.typed(one); });
    const auto between = Clock::now();
    scored.json += score(desk, scored.sheet, [&](const Sample& one) { return desk.json(one); });
    scored.json_seconds += seconds(Clock::now() - between);
    scored.typed_seconds += seconds(between - start);
}

} // namespace

rulebook::Result<void> check_names(const single::Rulebook& rulebook) {
    for (const char* const name : {"size_fit", "call"})
        if (!rulebook.rule(name))
            return rulebook::make_error("service.no_rule", std::string("there is no rule ") + name);
    for (const char* const name : {"employees", "annual_revenue", "industry"})
        if (!rulebook.field(name))
            return rulebook::make_error("service.no_field",
                                        std::string("there is no field ") + name);
    return {};
}

Scored score_until_stopped(const std::stop_token& stop, const single::CurrentRulebook& current) {
    Scored scored;
    while (!stop.stop_requested()) {
        Desk desk(current.get());
        while (!stop.stop_requested() && current.get().get() == &desk.rulebook())
            score(desk, scored);
    }
    return scored;
}
