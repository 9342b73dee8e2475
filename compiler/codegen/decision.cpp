#include "compiler/codegen/rule_emission.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;

DecisionEmission::DecisionEmission(Emission& emission, std::uint32_t rule, std::uint32_t version)
    : emission_(emission), decision_(emission.plan().decisions[version]),
      has_value_(!is_text(emission.plan().rules[rule].type)),
      value_(cell_of(emission.plan().rules[rule].type)) {
    arrays_.rule = rule;
    arrays_.version = version;
}

std::vector<Carried*> DecisionEmission::carried() {
    return {&choice_, &value_, &known_};
}

void DecisionEmission::emit(const Item& item) {
    if (item.kind == Item::Kind::Choice)
        add_choice(item.index, decision_.choices[item.index]);
    else
        finish();
}

// if (choice == 0 && condition) { choice = index + 1; result = value; }
void DecisionEmission::add_choice(std::uint32_t index, const plan::Choice& choice) {
    auto& ir = emission_.body();
    llvm::Value* before = emission_.get(choice_);
    if (before == nullptr)
        before = ir.getInt32(0);
    llvm::Value* matches = ir.CreateICmpEQ(before, ir.getInt32(0));
    if (choice.when != plan::kNoNode) {
        const Lowered truth = emission_.value(choice.when);
        matches = ir.CreateAnd(matches, ir.CreateAnd(truth.known, truth.value));
    }
    emission_.put(choice_, ir.CreateSelect(matches, ir.getInt32(index + 1), before));
    if (!has_value_)
        return;
    const Lowered result = emission_.value(choice.value);
    llvm::Value* const value = emission_.get(value_);
    llvm::Value* const known = emission_.get(known_);
    emission_.put(value_,
                  value == nullptr ? result.value : ir.CreateSelect(matches, result.value, value));
    emission_.put(known_,
                  ir.CreateSelect(matches, result.known, known == nullptr ? ir.getFalse() : known));
}

void DecisionEmission::finish() {
    auto& ir = emission_.body();
    llvm::Value* const choice = emission_.get(choice_);
    arrays_.choice = emission_.write(Cell::Count, choice == nullptr ? ir.getInt32(0) : choice);
    if (llvm::Value* const value = has_value_ ? emission_.get(value_) : nullptr)
        arrays_.value = emission_.write_value(emission_.plan().rules[arrays_.rule].type,
                                              {value, emission_.get(known_)});
}

} // namespace rulec::codegen
