// What to say about a name that stands for nothing where it was written.
#include "compiler/model/checker.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

using rulebook::plan::Entity;

namespace {

// What other notations call a value that is not there.
constexpr std::string_view kMissingWords[] = {"null", "NULL",  "none",  "None",      "nil",
                                              "NA",   "empty", "blank", "undefined", "unknown"};

// What people write behind a collection's name who know other notations.
constexpr std::string_view kConditions[] = {"any", "every", "exists", "all"};

} // namespace

// A field of the record around: `account.headcount` inside of `users where …`.
bool Checker::report_outer_field(const ast::Name& name) {
    const auto& entities = context_.book.schema.entities;
    const Entity& own = entities[scope_.bare_frame().entity];
    for (std::size_t i = scope_.frames.size(); i-- > 0;) {
        if (i == scope_.bare || !entities[scope_.frames[i].entity].field_named(name.text))
            continue;
        const std::string meant = fmt::format("{}.{}", scope_.frames[i].name, name.text);
        context_.diagnostics.emit<RB1204>(name.span, name.text, scope_.frames[i].name, own.name)
            .help(fmt::format("write `{}`", meant))
            .fix(name.span, meant);
        return true;
    }
    return false;
}

// `x is null`
bool Checker::report_missing_word(const ast::Name& name) {
    if (std::ranges::find(kMissingWords, name.text) == std::end(kMissingWords))
        return false;
    std::string_view before = context_.sources.text(name.span.file).substr(0, name.span.begin);
    before = before.substr(0, before.find_last_not_of(" \t\r\n") + 1);
    const bool compared =
        before.ends_with(" is") || before.ends_with("is not") || before.ends_with('=');
    auto& report = context_.diagnostics.emit<RB1203>(name.span, name.text);
    if (compared)
        report.help("write `is missing`").fix(name.span, "missing");
    else
        report.help("the word for a value that is not there is `missing`");
    return true;
}

void report_unknown_value(Context& context, Span span, std::string_view name,
                          rulebook::plan::Type type) {
    const auto& values = context.book.schema.enums[type.enum_index()].values;
    auto& report = context.diagnostics.emit<RB1208>(span, name, describe(context, type));
    if (!suggest(report, span, name, values))
        report.help(fmt::format("its values are {}", fmt::join(values, ", ")));
}

void report_unknown_field(Context& context, rulebook::plan::EntityIndex of, const ast::Name& name) {
    const auto& schema = context.book.schema;
    const Entity& entity = schema.entities[of];
    std::vector<std::string> names;
    for (const auto& field : entity.fields)
        names.push_back(field.name);
    for (const Entity& other : schema.entities)
        if (other.parent == of)
            names.push_back(other.collection);
    auto& report = context.diagnostics.emit<RB1205>(name.span, entity.name, name.text);
    if (!suggest(report, name.span, name.text, names))
        report.help(fmt::format("it has {}", fmt::join(names, ", ")));
}

// `users.count`, `deals.amount`
void Checker::report_field_of_collection(const ast::Name& collection, const ast::Name& member,
                                         Span span) {
    const auto& schema = context_.book.schema;
    const Entity& entity = schema.entities[*schema.entity_of_collection(collection.text)];
    const std::string_view users = collection.text;
    const std::string_view asked = member.text;
    auto& report = context_.diagnostics.emit<RB1207>(span, context_.sources.text(span),
                                                     "a field of a collection");
    if (entity.field_named(asked)) {
        report.help(
            fmt::format("say of which record: `sum({0}.{1})`, `last({0}.{1})`", users, asked));
        return;
    }
    if (asked == "count" || asked == "size" || asked == "length") {
        const std::string meant = fmt::format("count({})", users);
        report.help(fmt::format("write `{}`", meant)).fix(span, meant);
        return;
    }
    if (std::ranges::find(kConditions, asked) != std::end(kConditions)) {
        report.help(asked == "every" || asked == "all"
                        ? fmt::format("write `every({} where … have …)`", users)
                        : fmt::format("write `any({} where …)`", users));
        return;
    }
#define RB_AGGREGATE(Name, id, spelling_)                                                          \
    if (asked == (spelling_)) {                                                                    \
        report.help(fmt::format("write `{}({}.FIELD)`", asked, users));                            \
        return;                                                                                    \
    }
#include "runtime/plan/aggregates.def"
    std::vector<std::string> fields;
    for (const auto& field : entity.fields)
        fields.push_back(field.name);
    if (!suggest(report, member.span, asked, fields))
        report.help(fmt::format("`{}` has the fields {}", entity.name, fmt::join(fields, ", ")));
}

ExprId Checker::report_unknown_name(const ast::Name& name, const Type* expected) {
    if (report_outer_field(name))
        return kError;
    if (context_.book.schema.entity_of_collection(name.text)) {
        context_.diagnostics.emit<RB1207>(name.span, name.text, "a collection")
            .help(fmt::format("ask something of it: `count({0})`, `any({0} where …)`", name.text));
        return kError;
    }
    if (report_missing_word(name))
        return kError;
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
        report_unknown_value(context_, name.span, name.text, *expected);
        return kError;
    }
    const Entity& own = context_.book.schema.entities[scope_.bare_frame().entity];
    std::vector<std::string> candidates;
    for (const auto& candidate : own.fields)
        candidates.push_back(candidate.name);
    for (const auto& [known, thing] : context_.names)
        candidates.push_back(known);
    auto& report = context_.diagnostics.emit<RB1203>(name.span, name.text);
    if (owners.size() == 1)
        report.help(fmt::format("the value of the enum is written `{}` here", owners[0]));
    else if (suggest(report, name.span, name.text, candidates))
        return kError;
    else if (expected != nullptr && expected->is(TypeKind::Text)) {
        report.help(fmt::format("texts stand in quotes: `\"{}\"`", name.text));
        if (name.text.find('_') == std::string::npos) // with one it may be meant as a name
            report.fix(name.span, fmt::format("\"{}\"", name.text));
    } else
        report.help(fmt::format("`{}` has the fields {}", own.name,
                                fmt::join(std::span(candidates).first(own.fields.size()), ", ")));
    return kError;
}

} // namespace rulec::model
