// Types as they are written.
#include "compiler/model/context.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

using rulebook::plan::EnumType;
using rulebook::plan::Type;
using rulebook::plan::TypeKind;

namespace {

// What types are called in databases, spreadsheets and other languages.
struct ForeignType {
    std::string_view name;
    std::string_view own;
};

constexpr ForeignType kForeignTypes[] = {
    {"integer", "int"},       {"bigint", "int"},         {"smallint", "int"},
    {"long", "int"},          {"float", "number"},       {"double", "number"},
    {"decimal", "number"},    {"numeric", "number"},     {"real", "number"},
    {"string", "text"},       {"str", "text"},           {"varchar", "text"},
    {"char", "text"},         {"datetime", "time"},      {"timestamp", "time"},
    {"timestamptz", "time"},  {"instant", "time"},       {"day", "date"},
    {"boolean", "bool"},      {"flag", "bool"},          {"currency", "money"},
    {"amount", "money"},      {"percentage", "percent"}, {"interval", "duration"},
    {"timedelta", "duration"}};

// Empty where no other notation has such a type.
std::string_view type_called(std::string_view name) {
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    for (const ForeignType& foreign : kForeignTypes)
        if (foreign.name == lower)
            return foreign.own;
    return {};
}

} // namespace

std::vector<std::string> enum_names(Context& context, const std::vector<ast::Name>& names) {
    std::vector<std::string> values;
    std::unordered_set<std::string_view> seen; // of `names`
    for (const ast::Name& value : names) {
        if (!seen.insert(value.text).second)
            context.diagnostics.emit<RB1103>(value.span, value.text);
        else
            values.push_back(value.text);
    }
    return values;
}

std::optional<Type> resolve_type(Context& context, const ast::TypeReference& type) {
    if (type.anonymous_enum()) {
        EnumType made{"", enum_names(context, type.enum_values), false};
        if (made.values.empty())
            return std::nullopt; // reported by the parser
        context.book.schema.enums.push_back(std::move(made));
        return Type::enumeration(static_cast<std::uint32_t>(context.book.schema.enums.size() - 1));
    }
    const std::string& name = type.name.text;
    if (const NamedThing* thing = context.find(name);
        thing != nullptr && thing->kind == NameKind::Enum)
        return Type::enumeration(thing->index);
    if (name == spelling(TypeKind::Money)) {
        if (!type.currency.present()) {
            if (context.book.header.currency.valid())
                return Type::money(context.book.header.currency);
            if (!std::exchange(context.currency_refused, true))
                context.diagnostics.emit<RB1005>(type.span, "currency USD");
            return std::nullopt;
        }
        if (const auto currency = rulebook::Currency::of(type.currency.text))
            return Type::money(*currency);
        context.diagnostics.emit<RB1007>(type.currency.span, type.currency.text);
        return std::nullopt;
    }
#define RB_TYPE(Name, id, spelling_, representation)                                               \
    if (TypeKind::Name != TypeKind::Enum && TypeKind::Name != TypeKind::Points &&                  \
        name == (spelling_))                                                                       \
        return Type::of(TypeKind::Name);
#include "runtime/plan/types.def"
    auto& report = context.diagnostics.emit<RB1101>(type.name.span, name);
    std::vector<std::string> candidates = context.names_of(NameKind::Enum);
#define RB_TYPE(Name, id, spelling_, representation)                                               \
    if (TypeKind::Name != TypeKind::Enum && TypeKind::Name != TypeKind::Points)                    \
        candidates.emplace_back(spelling_);
#include "runtime/plan/types.def"
    if (const std::string_view own = type_called(name); !own.empty())
        report.help(fmt::format("did you mean `{}`?", own)).fix(type.name.span, std::string(own));
    else
        suggest(report, type.name.span, name, candidates);
    return std::nullopt;
}

} // namespace rulec::model
