#include "runtime/single/rulebook.hpp"

#include <algorithm>
#include <utility>

namespace rulebook::single {

Result<std::shared_ptr<const Rulebook>> Rulebook::make(native::Library library) {
    std::shared_ptr<Rulebook> made(new Rulebook());
    made->library_ = std::make_unique<const native::Library>(std::move(library));
    auto expressions = interpret::PreparedPlan::prepare(made->plan());
    if (!expressions)
        return tl::unexpected(expressions.error());
    made->expressions_ = std::move(*expressions);
    return made;
}

Result<std::shared_ptr<const Rulebook>> Rulebook::make(plan::Plan plan,
                                                       std::optional<native::Code> code) {
    native::Library library{std::move(plan), {}, std::nullopt};
    if (code)
        library.codes.push_back(*std::move(code));
    return make(std::move(library));
}

std::optional<std::uint32_t> Rulebook::rule(std::string_view name) const {
    const auto found = std::ranges::find(plan().rules, name, &plan::Rule::name);
    if (found == plan().rules.end())
        return std::nullopt;
    return static_cast<std::uint32_t>(found - plan().rules.begin());
}

std::optional<plan::FieldIndex> Rulebook::field(std::string_view name) const {
    return plan().schema.root_entity().field_named(name);
}

} // namespace rulebook::single
