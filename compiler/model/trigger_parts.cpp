#include "compiler/model/trigger_parts.hpp"

#include "runtime/value/amount.hpp"

namespace rulec::model {

using rulebook::plan::AtMost;
using rulebook::plan::ControlGroup;
using rulebook::plan::Stopper;

std::optional<AtMost> limit_of(Context& context, const ast::File& file,
                               const ast::Frequency& node) {
    const auto count = literal_int(context, file, node.count);
    const auto per = literal_length(context, file, node.per);
    if (count && *count < 1)
        context.diagnostics.emit<RB3005>(file[node.count].span);
    if (!count || !per || *count < 1)
        return std::nullopt;
    return AtMost{*count, *per};
}

std::optional<ControlGroup> control_group(Context& context, const ast::File& file,
                                          const std::optional<ast::ControlGroup>& node,
                                          const std::optional<ast::Text>& salt,
                                          std::string_view name) {
    if (!node) {
        if (salt)
            context.diagnostics.emit<RB3112>(salt->span);
        return std::nullopt;
    }
    const auto share = literal_percent(context, file, node->share);
    if (!share)
        return std::nullopt;
    if (*share > rulebook::kMillionthsPerOne) {
        context.diagnostics.emit<RB4005>(file[node->share].span);
        return std::nullopt;
    }
    return ControlGroup{*share, salt ? salt->value : std::string(name)};
}

Stopper stopper(Context& context, Checker& checker, const ast::Condition& node) {
    return {checker.check_condition(node.expression), node.because ? node.because->value : "",
            source_note(context, node.span, node.because)};
}

} // namespace rulec::model
