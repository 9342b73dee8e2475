// The header, teams, and the files beside the rules: lists, lookups.
#include "compiler/model/context.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/model/scope.hpp"
#include "compiler/model/separated_values.hpp"
#include "runtime/value/nearest_name.hpp"

namespace rulec::model {

namespace {

using rulebook::plan::Type;
using rulebook::plan::TypeKind;
using rulebook::plan::Value;

void read_header(Context& context, const ast::File& file, const ast::RulebookHeader& node) {
    Header& header = context.book.header;
    if (context.has_header) {
        context.diagnostics.emit<RB1002>(node.span).label(header.span, "the first one");
        return;
    }
    context.has_header = true;
    header.name = node.name.text;
    header.span = node.name.span;
    if (node.version)
        header.version = node.version->value;
    else
        context.diagnostics.emit<RB1005>(node.name.span, "version \"1\"");
    if (!node.about.present())
        context.diagnostics.emit<RB1005>(node.name.span, "about ENTITY");
    if (node.currency.present()) {
        if (const auto currency = rulebook::Currency::of(node.currency.text))
            header.currency = *currency;
        else {
            context.currency_refused = true;
            auto& report = context.diagnostics.emit<RB1007>(node.currency.span, node.currency.text);
            if (const std::string code = currency_called(context, node.currency.text);
                !code.empty())
                report.help(fmt::format("did you mean `{}`?", code));
            else if (const auto near =
                         rulebook::nearest_name(node.currency.text, rulebook::currency_codes()))
                report.help(fmt::format("did you mean `{}`?", *near));
        }
    }
    if (node.timezone) {
        header.timezone = node.timezone->value;
        context.zone = rulebook::time::find_zone(header.timezone);
        if (context.zone == nullptr)
            context.diagnostics.emit<RB1006>(node.timezone->span, header.timezone);
    }
    if (context.zone == nullptr)
        context.zone = rulebook::time::find_zone("UTC");
    if (node.locked_before.present())
        header.locked_before = literal_instant(context, file, node.locked_before);
    if (node.locked_before.present())
        context.diagnostics.emit<RB1013>(file[node.locked_before].span, "locked before");
    if (node.restate)
        context.diagnostics.emit<RB1013>(node.restate->span, "restate");
    if (node.restate)
        header.restate = node.restate->value;
}

// Fewer than are written where one of them is refused.
std::vector<Type> lookup_keys(Context& context, const ast::Lookup& node) {
    std::vector<Type> types;
    for (const ast::Parameter& key : node.keys) {
        const auto type = resolve_type(context, key.type);
        if (!type)
            continue;
        if (type->is(TypeKind::Time) || type->is(TypeKind::Duration))
            context.diagnostics.emit<RB1113>(key.type.span, describe(context, *type));
        else
            types.push_back(*type);
    }
    return types;
}

} // namespace

std::optional<std::vector<SeparatedRow>> read_rows(Context& context, const ast::Text& path) {
    const auto content = context.read(path.value);
    if (!content) {
        context.diagnostics.emit<RB1108>(path.span, path.value, content.error().message);
        return std::nullopt;
    }
    const auto refuse = [&](const SeparatedFault& fault) {
        context.diagnostics.emit<RB1109>(path.span, path.value, fault.line, fault.what);
        return std::nullopt;
    };
    if (const auto fault = text_fault(*content))
        return refuse(*fault);
    if (const auto line = uncomposed_line(*content))
        context.diagnostics.emit<RB1114>(path.span, path.value, *line);
    auto rows = read_separated_values(*content);
    if (!rows)
        return refuse(rows.error());
    return *std::move(rows);
}

namespace {

void build_list(Context& context, const ast::List& node) {
    const auto index = static_cast<std::uint32_t>(context.book.lists.size());
    if (!context.declare(node.name, NameKind::List, index))
        return;
    rulebook::plan::TextList& list = context.book.lists.emplace_back();
    list.name = node.name.text;
    const auto rows = read_rows(context, node.path);
    if (!rows)
        return;
    for (std::size_t i = 1; i < rows->size(); ++i) { // the first line is the head
        const SeparatedRow& row = (*rows)[i];
        if (row.cells.size() != 1) {
            context.diagnostics.emit<RB1109>(node.path.span, node.path.value, row.line,
                                             "a list has one column");
            return;
        }
        list.values.push_back(row.cells[0]);
    }
    std::ranges::sort(list.values);
    list.values.erase(std::ranges::unique(list.values).begin(), list.values.end());
}

// The keys of a lookup by their names and in their order, so that no two are mistaken for each
// other; what the value is called says nothing.
bool check_head(Context& context, const ast::Lookup& node, const SeparatedRow& head) {
    const std::size_t count = node.keys.size() + 1;
    std::string names;
    for (const ast::Parameter& key : node.keys)
        names += key.name.text + ", ";
    bool agree = head.cells.size() == count;
    for (std::size_t key = 0; agree && key < node.keys.size(); ++key)
        agree = head.cells[key] == node.keys[key].name.text;
    if (!agree)
        context.diagnostics.emit<RB1109>(
            node.path.span, node.path.value, head.line,
            fmt::format("the first line must name the columns: {}then the value", names));
    return agree;
}

// Fills the lookup; false after a report.
bool read_lookup(Context& context, const ast::Lookup& node, rulebook::plan::LookupTable& lookup) {
    const auto rows = read_rows(context, node.path);
    if (!rows || !check_head(context, node, rows->front()))
        return false;
    for (std::size_t i = 1; i < rows->size(); ++i) {
        const SeparatedRow& row = (*rows)[i];
        const auto refuse = [&](std::string_view what) {
            context.diagnostics.emit<RB1109>(node.path.span, node.path.value, row.line, what);
            return false;
        };
        if (row.cells.size() != lookup.key_types.size() + 1)
            return refuse(fmt::format("{} columns are expected: the keys, then the value",
                                      lookup.key_types.size() + 1));
        std::vector<Value> key;
        for (std::size_t k = 0; k < lookup.key_types.size(); ++k) {
            const auto value = value_from_text(context, row.cells[k], lookup.key_types[k]);
            if (!value)
                return refuse(fmt::format("`{}` is not {}", row.cells[k],
                                          describe(context, lookup.key_types[k])));
            key.push_back(*value);
        }
        const auto value = value_from_text(context, row.cells.back(), lookup.type);
        if (!value)
            return refuse(
                fmt::format("`{}` is not {}", row.cells.back(), describe(context, lookup.type)));
        if (!lookup.rows.try_emplace(std::move(key), *value).second)
            return refuse("a row with this key stands above already");
    }
    return true;
}

void build_lookup(Context& context, const ast::Lookup& node) {
    const auto index = static_cast<std::uint32_t>(context.book.lookups.size());
    if (!context.declare(node.name, NameKind::Lookup, index))
        return;
    rulebook::plan::LookupTable lookup;
    lookup.name = node.name.text;
    lookup.key_types = lookup_keys(context, node);
    const auto type = resolve_type(context, node.type);
    lookup.type = type.value_or(Type{});
    if (type && lookup.key_types.size() == node.keys.size())
        read_lookup(context, node, lookup);
    else
        context.erroneous_names.insert(lookup.name);
    context.book.lookups.push_back(std::move(lookup));
}

} // namespace

void build_header(Context& context) {
    context.zone = nullptr;
    context.each<ast::RulebookHeader>([&](const ast::File& file, const ast::RulebookHeader& node) {
        if (context.zone == nullptr)
            context.zone = rulebook::time::find_zone("UTC");
        read_header(context, file, node);
    });
    if (!context.has_header) {
        context.zone = rulebook::time::find_zone("UTC");
        context.diagnostics.emit<RB1001>(Span{});
    }
}

void build_teams(Context& context) {
    context.each<ast::Team>([&](const ast::File&, const ast::Team& node) {
        for (const Team& known : context.book.teams)
            if (known.name == node.name.text) {
                context.diagnostics.emit<RB1003>(node.name.span, node.name.text)
                    .label(known.span, "first here");
                return;
            }
        Team& team = context.book.teams.emplace_back();
        team.name = node.name.text;
        team.title = node.title ? node.title->value : node.name.text;
        for (const ast::Text& reviewer : node.reviewers)
            team.reviewers.push_back(reviewer.value);
        team.span = node.name.span;
    });
}

void build_files(Context& context) {
    context.each<ast::List>(
        [&](const ast::File&, const ast::List& node) { build_list(context, node); });
    context.each<ast::Lookup>(
        [&](const ast::File&, const ast::Lookup& node) { build_lookup(context, node); });
}

} // namespace rulec::model
