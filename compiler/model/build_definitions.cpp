// Definitions, checked on demand because they may use each other in any order; signals.
#include "compiler/model/checker.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rulec::model {

namespace {

// Nobody follows a longer one.
constexpr std::uint32_t kLongestChain = 100;
// Definitions are checked after those that they use, so recursion from one into another is left to
// those that go in a circle; it ends after so many bytes of source, which no circle of people has.
constexpr std::size_t kLongestCircle = 4'096;

// Nothing where a type is refused.
std::optional<std::vector<Parameter>> build_parameters(Context& context, const ast::Define& node) {
    std::vector<Parameter> parameters;
    bool sound = true;
    for (const ast::Parameter& written : node.parameters) {
        Parameter parameter;
        parameter.name = written.name.text;
        for (const Parameter& other : parameters)
            if (other.name == parameter.name)
                context.diagnostics.emit<RB1003>(written.name.span, parameter.name);
        const NamedThing* thing = context.find(written.type.name.text);
        if (thing != nullptr && thing->kind == NameKind::Entity) {
            parameter.record = true;
            parameter.entity = thing->index;
        } else if (const auto type = resolve_type(context, written.type))
            parameter.type = *type;
        else
            sound = false;
        parameters.push_back(std::move(parameter));
    }
    return sound ? std::optional(std::move(parameters)) : std::nullopt;
}

bool same_parameters(const std::vector<Parameter>& left, const std::vector<Parameter>& right) {
    return std::ranges::equal(left, right, [](const Parameter& a, const Parameter& b) {
        return a.record == b.record && a.entity == b.entity && a.type == b.type;
    });
}

void report_cycle(Context& context, std::uint32_t index, Span use, bool whole) {
    std::vector<std::string> chain;
    bool inside = !whole;
    for (const std::uint32_t underway : context.definitions_underway) {
        inside = inside || underway == index;
        if (inside)
            chain.push_back(context.book.definitions[underway].name);
    }
    const std::string& name = context.book.definitions[index].name;
    chain.push_back(name);
    if (!whole)
        chain.emplace_back("…");
    context.diagnostics.emit<RB1401>(use, name, fmt::format("{}", fmt::join(chain, " → ")));
}

void check_version(Context& context, std::uint32_t index, const Declared<ast::Define>& declared,
                   bool first) {
    const ast::Define& node = *declared.node;
    const auto built = build_parameters(context, node);
    if (!built)
        return; // without a version, whoever uses it stays silent
    const std::vector<Parameter>& parameters = *built;
    if (!first && !same_parameters(parameters, context.book.definitions[index].parameters))
        context.diagnostics.emit<RB1503>(node.name.span, node.name.text, "their parameters");
    if (first)
        context.book.definitions[index].parameters = parameters;
    Scope scope = root_scope(context.book, kCreditLayer, fmt::format("`{}`", node.name.text));
    for (const Parameter& parameter : parameters)
        if (parameter.record)
            scope.frames.push_back({parameter.entity, parameter.name});
    scope.parameters = &parameters;
    scope.definition = index;
    Checker checker(context, *declared.file, std::move(scope));
    DefinitionVersion version;
    version.effective = effective_range(context, *declared.file, node.effective);
    version.span = node.name.span;
    version.body = checker.check(node.value);
    Definition& definition = context.book.definitions[index];
    if (present(version.body)) {
        const Expression& body = context.book.expressions[version.body];
        if (definition.versions.empty())
            definition.type = body.type;
        else if (body.type != definition.type)
            context.diagnostics.emit<RB1503>(node.name.span, node.name.text, "what they give");
        definition.may_be_unknown = definition.may_be_unknown || body.may_be_unknown ||
                                    version.effective.from || version.effective.until;
    }
    definition.versions.push_back(version);
}

bool usable(const Definition& definition) {
    for (const DefinitionVersion& version : definition.versions)
        if (!present(version.body))
            return false;
    return !definition.versions.empty();
}

std::size_t source_length(const Context& context, std::uint32_t index) {
    std::size_t length = 0;
    for (const Declared<ast::Define>& declared : context.definition_nodes[index])
        length += (*declared.file)[declared.node->value].span.length();
    return length;
}

// Whoever is being checked uses `index`, which is done.
bool chain_is_short(Context& context, std::uint32_t index, Span use) {
    if (context.definitions_underway.empty())
        return true;
    std::uint32_t& chain = context.definition_chains[context.definitions_underway.back()];
    chain = std::max(chain, context.definition_chains[index] + 1);
    if (chain <= kLongestChain)
        return true;
    context.diagnostics.emit<RB1321>(use, context.book.definitions[index].name,
                                     std::int64_t{kLongestChain});
    return false;
}

// Every definition behind those whose names it bears, as far as they do not go in a circle. Names
// of fields may be among them, which does no harm.
class DefinitionOrder {
public:
    explicit DefinitionOrder(const Context& context)
        : context_(context), seen_(context.definition_nodes.size()) {}

    std::vector<std::uint32_t> find() {
        for (std::uint32_t index = 0; index < seen_.size(); ++index)
            visit(index);
        return std::move(order_);
    }

private:
    struct Open {
        std::uint32_t index;
        std::vector<std::uint32_t> used;
    };

    void visit(std::uint32_t first) {
        std::vector<Open> open;
        const auto enter = [&](std::uint32_t index) {
            if (!seen_[index])
                open.push_back({index, names_in(index)});
            seen_[index] = true;
        };
        enter(first);
        while (!open.empty()) {
            if (open.back().used.empty()) {
                order_.push_back(open.back().index);
                open.pop_back();
                continue;
            }
            const std::uint32_t next = open.back().used.back();
            open.back().used.pop_back();
            enter(next);
        }
    }

    std::vector<std::uint32_t> names_in(std::uint32_t index) const {
        std::vector<std::uint32_t> used;
        for (const Declared<ast::Define>& declared : context_.definition_nodes[index]) {
            const Span span = (*declared.file)[declared.node->value].span;
            const auto& tokens = declared.file->tokens;
            auto token = std::ranges::lower_bound(tokens, span.begin, {}, &ast::Token::begin);
            for (; token != tokens.end() && token->begin < span.end; ++token) {
                const NamedThing* thing =
                    context_.find(context_.sources.text(Span{span.file, token->begin, token->end}));
                if (thing != nullptr && thing->kind == NameKind::Definition)
                    used.push_back(thing->index);
            }
        }
        return used;
    }

    const Context& context_;
    std::vector<bool> seen_;
    std::vector<std::uint32_t> order_;
};

} // namespace

bool definition_is_ready(Context& context, std::uint32_t index, Span use) {
    switch (context.definition_progress[index]) {
    case Progress::Done:
        return usable(context.book.definitions[index]) && chain_is_short(context, index, use);
    case Progress::Underway:
        report_cycle(context, index, use, true);
        return false;
    case Progress::Untouched:
        break;
    }
    std::size_t underway = 0;
    for (const std::uint32_t other : context.definitions_underway)
        underway += source_length(context, other);
    if (underway > kLongestCircle) {
        report_cycle(context, index, use, false);
        return false;
    }
    context.definition_progress[index] = Progress::Underway;
    context.definitions_underway.push_back(index);
    const auto nodes = context.definition_nodes[index];
    for (std::size_t i = 0; i < nodes.size(); ++i)
        check_version(context, index, nodes[i], i == 0);
    context.definitions_underway.pop_back();
    context.definition_progress[index] = Progress::Done;
    return usable(context.book.definitions[index]) && chain_is_short(context, index, use);
}

void build_definitions(Context& context) {
    for (const std::uint32_t index : DefinitionOrder(context).find())
        definition_is_ready(context, index, context.book.definitions[index].span);
    for (std::uint32_t i = 0; i < context.book.definitions.size(); ++i) {
        std::vector<Effective> ranges;
        std::vector<Span> spans;
        for (const DefinitionVersion& version : context.book.definitions[i].versions) {
            ranges.push_back(version.effective);
            spans.push_back(version.span);
        }
        check_versions_apart(context, context.book.definitions[i].name, ranges, spans);
    }
}

// Signals are declared before any expression is checked, their conditions after all names are
// known.
void build_signals(Context& context) {
    context.each<ast::Signal>([&](const ast::File& file, const ast::Signal& node) {
        const NamedThing* thing = context.find(node.name.text);
        if (thing == nullptr || thing->kind != NameKind::Signal ||
            context.book.signals[thing->index].span != node.name.span)
            return; // a second one of that name
        const std::uint32_t index = thing->index;
        Checker checker(
            context, file,
            root_scope(context.book, kDecisionLayer, fmt::format("signal `{}`", node.name.text)));
        const auto elements = checker.check_elements(node.selection, "signal");
        if (!elements)
            return;
        Signal& signal = context.book.signals[index];
        const auto& entity = context.book.schema.entities[elements->entity];
        signal.where = elements->where;
        if (!elements->windows.empty())
            context.diagnostics.emit<RB1316>(node.selection.windows[0].span, "a window");
        if (!entity.ordered_by)
            context.diagnostics.emit<RB3001>(node.selection.span, entity.collection);
    });
}

// ---- ranges

Effective effective_range(Context& context, const ast::File& file,
                          const ast::EffectiveRange& range) {
    Effective effective;
    if (range.from.present())
        effective.from = literal_instant(context, file, range.from);
    if (range.until.present())
        effective.until = literal_instant(context, file, range.until);
    if (effective.from && effective.until && *effective.until <= *effective.from)
        context.diagnostics.emit<RB1502>(range.span);
    return effective;
}

void check_versions_apart(Context& context, std::string_view name,
                          const std::vector<Effective>& ranges, const std::vector<Span>& spans) {
    for (std::size_t i = 0; i < ranges.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const bool before =
                ranges[i].until && ranges[j].from && *ranges[i].until <= *ranges[j].from;
            const bool after =
                ranges[j].until && ranges[i].from && *ranges[j].until <= *ranges[i].from;
            if (before || after)
                continue;
            context.diagnostics.emit<RB1501>(spans[i], name).label(spans[j], "the other one");
            return;
        }
}

Scope root_scope(const Rulebook& book, int layer, std::string reader) {
    Scope scope;
    scope.frames.push_back({book.schema.root, book.schema.root_entity().name});
    scope.layer = layer;
    scope.reader = std::move(reader);
    return scope;
}

} // namespace rulec::model
