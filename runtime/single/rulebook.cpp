#include "runtime/single/rulebook.hpp"

#include <algorithm>
#include <utility>

namespace rulebook::single {

Result<std::shared_ptr<const Rulebook>> Rulebook::make(plan::Plan plan,
                                                       std::optional<native::Code> code) {
    std::shared_ptr<Rulebook> made(new Rulebook());
    made->plan_ = std::make_unique<const plan::Plan>(std::move(plan));
    auto expressions = interpret::PreparedPlan::prepare(*made->plan_);
    if (!expressions)
        return tl::unexpected(expressions.error());
    made->expressions_ = std::move(*expressions);
    made->code_ = std::move(code);
    return made;
}

std::optional<std::uint32_t> Rulebook::rule(std::string_view name) const {
    const auto found = std::ranges::find(plan_->rules, name, &plan::Rule::name);
    if (found == plan_->rules.end())
        return std::nullopt;
    return static_cast<std::uint32_t>(found - plan_->rules.begin());
}

std::optional<plan::FieldIndex> Rulebook::field(std::string_view name) const {
    return plan_->schema.root_entity().field_named(name);
}

} // namespace rulebook::single
