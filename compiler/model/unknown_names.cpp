// What to say about a name that stands for nothing where it was written.
#include "compiler/model/checker.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

using rulebook::plan::Entity;

ExprId Checker::report_unknown_name(const ast::Name& name, const Type* expected) {
    const auto& entities = context_.book.schema.entities;
    const Entity& own = entities[scope_.bare_frame().entity];
    for (std::size_t i = scope_.frames.size(); i-- > 0;) {
        if (i == scope_.bare || !entities[scope_.frames[i].entity].field_named(name.text))
            continue;
        context_.diagnostics.emit<RB1204>(name.span, name.text, scope_.frames[i].name, own.name)
            .help(fmt::format("write `{}.{}`", scope_.frames[i].name, name.text))
            .fix(name.span, fmt::format("{}.{}", scope_.frames[i].name, name.text));
        return kError;
    }
    if (context_.book.schema.entity_of_collection(name.text)) {
        context_.diagnostics.emit<RB1207>(name.span, name.text, "a collection")
            .help(fmt::format("ask something of it: `count({0})`, `any({0} where …)`", name.text));
        return kError;
    }
    std::vector<std::string> owners; // enums with a value of that name
    for (const auto& type : context_.book.schema.enums)
        if (!type.name.empty() && type.index_of(name.text))
            owners.push_back(fmt::format("{}.{}", type.name, name.text));
    if (owners.size() > 1) {
        context_.diagnostics
            .emit<RB1206>(name.span, name.text, fmt::format("`{}`", fmt::join(owners, "`, `")))
            .help(fmt::format("write `{}`", fmt::join(owners, "` or `")));
        return kError;
    }
    if (expected != nullptr && expected->is(TypeKind::Enum)) {
        const auto& values = context_.book.schema.enums[expected->enum_index()].values;
        auto& report = context_.diagnostics.emit<RB1208>(name.span, name.text, say(*expected));
        if (const auto near = did_you_mean(name.text, values))
            report.help(fmt::format("did you mean `{}`?", *near));
        else
            report.help(fmt::format("its values are {}", fmt::join(values, ", ")));
        return kError;
    }
    auto& report = context_.diagnostics.emit<RB1203>(name.span, name.text);
    std::vector<std::string> candidates;
    for (const auto& candidate : own.fields)
        candidates.push_back(candidate.name);
    for (const auto& [known, thing] : context_.names)
        candidates.push_back(known);
    if (owners.size() == 1)
        report.help(fmt::format("the value of the enum is written `{}` here", owners[0]));
    else if (const auto near = did_you_mean(name.text, candidates))
        report.help(fmt::format("did you mean `{}`?", *near));
    else
        report.help(fmt::format("`{}` has the fields {}", own.name,
                                fmt::join(std::span(candidates).first(own.fields.size()), ", ")));
    return kError;
}

} // namespace rulec::model
