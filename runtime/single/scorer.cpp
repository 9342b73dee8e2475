#include "runtime/single/scorer.hpp"

#include <array>
#include <utility>

namespace rulebook::single {

namespace {

constexpr data::RowIndex kOnlyRow = 0;
constexpr std::size_t kTruthsPerWord = 64;

} // namespace

Scorer::Scorer(std::shared_ptr<const Rulebook> rulebook)
    : rulebook_(std::move(rulebook)), record_(rulebook_->plan()) {}

void Scorer::choose_code(std::int64_t instant) {
    direct_.reset();
    code_ = rulebook_->code_at(instant);
    if (code_ != nullptr && Direct::is_possible(*code_, rulebook_->plan()))
        direct_.emplace(*code_, rulebook_->plan(), record_);
}

void Scorer::evaluate(std::int64_t instant) {
    instant_ = instant;
    aside_.reset();
    if (code_ == nullptr || !code_->program.instants.contains(instant))
        choose_code(instant);
    direct_now_ = direct_.has_value();
    if (direct_now_)
        direct_->evaluate(instant, [this](plan::NodeId node) { return ask(node); });
}

Scorer::Aside& Scorer::aside() {
    if (!aside_)
        aside_ = std::make_unique<Aside>(*rulebook_, record_.dataset(instant_));
    return *aside_;
}

plan::Value Scorer::ask(plan::NodeId node) {
    const std::array frames{interpret::Record{rulebook_->plan().schema.root, kOnlyRow}};
    interpret::RowContext row;
    row.instant = instant_;
    row.frames = frames;
    return aside().evaluator.evaluate(node, row);
}

std::optional<FitAnswer> Scorer::fit(std::uint32_t rule) {
    hits_.clear();
    const native::FitArrays* const arrays = direct_now_ ? code_->program.fit_of(rule) : nullptr;
    if (arrays != nullptr) {
        for (const native::ArrayIndex hits : arrays->hits)
            hits_.push_back(direct_->value<std::uint64_t>(hits));
        return FitAnswer{direct_->value<std::int64_t>(arrays->score),
                         direct_->value<std::int64_t>(arrays->tier),
                         direct_->value<std::uint8_t>(arrays->out) != 0,
                         direct_->value<std::uint32_t>(arrays->unknowns), hits_};
    }
    const interpret::FitResult* const result = aside().evaluator.fit(rule, kOnlyRow, instant_);
    if (result == nullptr)
        return std::nullopt;
    hits_.resize((result->clauses.size() + kTruthsPerWord - 1) / kTruthsPerWord);
    for (std::size_t i = 0; i < result->clauses.size(); ++i)
        if (result->clauses[i].truth.is_true())
            hits_[i / kTruthsPerWord] |= std::uint64_t{1} << (i % kTruthsPerWord);
    return FitAnswer{result->score, result->tier.value_or(-1), result->out, result->unknowns,
                     hits_};
}

std::optional<DecisionAnswer> Scorer::decision(std::uint32_t rule) {
    const native::DecisionArrays* const arrays =
        direct_now_ ? code_->program.decision_of(rule) : nullptr;
    if (arrays != nullptr) {
        const auto choice = direct_->value<std::uint32_t>(arrays->choice);
        if (choice == 0)
            return DecisionAnswer{0,
                                  plan::Value::unknown(plan::Cause::NothingMatched, plan::kNoNode)};
        const plan::Decision& decision = rulebook_->plan().decisions[arrays->version];
        const plan::Node& node = rulebook_->plan().node(decision.choices[choice - 1].value);
        if (node.op == plan::Op::Constant && node.literal.known())
            return DecisionAnswer{choice, node.literal};
    }
    const interpret::DecisionResult* const result =
        aside().evaluator.decision(rule, kOnlyRow, instant_);
    if (result == nullptr)
        return std::nullopt;
    return DecisionAnswer{result->choice ? *result->choice + 1 : 0, result->value};
}

std::optional<interpret::TableResult> Scorer::table(std::uint32_t rule) {
    const auto place = direct_now_ ? code_->program.table_of(rule) : std::nullopt;
    if (place) {
        const std::uint32_t version = code_->program.tables[*place].version;
        const plan::Table& table = rulebook_->plan().tables[version];
        rows_.clear();
        if (table.hit == plan::HitPolicy::First)
            direct_->find_rows(*place, 1, rows_);
        if (rows_.size() == 1) {
            interpret::TableResult result{
                .version = version, .outputs = {}, .rows = rows_, .collected = {}};
            for (const plan::NodeId output : table.rows[rows_[0]].outputs)
                if (rulebook_->plan().node(output).op == plan::Op::Constant &&
                    rulebook_->plan().node(output).literal.known())
                    result.outputs.push_back(rulebook_->plan().node(output).literal);
            if (result.outputs.size() == table.outputs.size())
                return result;
        }
    }
    const interpret::TableResult* const result = aside().evaluator.table(rule, kOnlyRow, instant_);
    return result == nullptr ? std::nullopt : std::optional(*result);
}

} // namespace rulebook::single
