// What the passes that build the model share. Internal to this folder.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/model/build.hpp"
#include "runtime/time/zone.hpp"

namespace rulec::model {

using rulebook::plan::Effective;

// A declaration and the file whose arenas it refers to.
template <class Node>
struct Declared {
    const ast::File* file = nullptr;
    const Node* node = nullptr;
    std::size_t ordinal = 0; // among the declarations of its kind
};

template <class Node>
const std::string& declared_name(const Node& node) {
    if constexpr (requires { node.head.name.text; })
        return node.head.name.text;
    else if constexpr (requires { node.name.value; })
        return node.name.value;
    else
        return node.name.text;
}

// What a name of the rulebook's one namespace stands for.
enum class NameKind : std::uint8_t {
    Enum,
    Entity,
    List,
    Lookup,
    Definition,
    Signal,
    Calendar,
    Policy,
    Rule,
};

struct NamedThing {
    NameKind kind = NameKind::Rule;
    std::uint32_t index = 0; // in the vector of Rulebook that holds such things
    Span span;
};

// Layers of rules: each reads its own and earlier ones.
inline constexpr int kDecisionLayer = 1;
inline constexpr int kTriggerLayer = 2;
inline constexpr int kCreditLayer = 3;

int layer_of(rulebook::plan::RuleKind kind);
std::string_view layer_name(int layer);

// Where a definition stands while it is being checked on demand.
enum class Progress : std::uint8_t { Untouched, Underway, Done };

struct Context {
    Context(std::span<const ast::File> rulebook_files, const Sources& rulebook_sources,
            const FileReader& reader, Diagnostics& collected, Rulebook& built)
        : files(rulebook_files), sources(rulebook_sources), read(reader), diagnostics(collected),
          book(built) {}

    std::span<const ast::File> files;
    const Sources& sources;
    const FileReader& read;
    Diagnostics& diagnostics;
    Rulebook& book;

    const rulebook::time::Zone* zone = nullptr; // never null once the header is built
    bool has_header = false;
    std::map<std::string, NamedThing, std::less<>> names;

    // What stays silent wherever it is used, because its type was refused where it is declared.
    std::set<std::pair<rulebook::plan::EntityIndex, rulebook::plan::FieldIndex>> erroneous_fields;
    std::set<std::string, std::less<>> erroneous_names; // rules and lookups
    bool currency_refused = false;                      // the header's, or none where one is needed

    bool is_erroneous(rulebook::plan::EntityIndex entity, rulebook::plan::FieldIndex field) const {
        return erroneous_fields.contains({entity, field});
    }

    // Parallel to Rulebook::definitions: all versions in source order, and how far each is.
    std::vector<std::vector<Declared<ast::Define>>> definition_nodes;
    std::vector<Progress> definition_progress;
    std::vector<std::uint32_t> definition_chains; // how many are on the longest way down, less one
    std::vector<std::uint32_t> definitions_underway; // the chain that is being checked

    // Parallel to Rulebook::fits, decisions, … : the source of each version.
    std::vector<Declared<ast::Fit>> fit_nodes;
    std::vector<Declared<ast::Decide>> decision_nodes;
    std::vector<Declared<ast::Table>> table_nodes;
    std::vector<Declared<ast::Trigger>> trigger_nodes;
    std::vector<Declared<ast::Credit>> credit_nodes;
    std::vector<Declared<ast::Calendar>> calendar_nodes;
    std::vector<Declared<ast::Policy>> policy_nodes;

    const NamedThing* find(std::string_view name) const;
    std::vector<std::string> names_of(NameKind kind) const;

    // Adds the name, or reports that it is taken.
    bool declare(const ast::Name& name, NameKind kind, std::uint32_t index);

    // Calls visit(file, node) for each declaration of that kind, by name (versions of one name in
    // source order): what the model is made of does not depend on the order of the source.
    template <class Node, class Visit>
    void each(Visit visit) const {
        std::vector<Declared<Node>> found;
        for (const ast::File& file : files)
            for (const ast::Declaration& declaration : file.declarations)
                if (const Node* node = std::get_if<Node>(&declaration))
                    found.push_back({&file, node, found.size()});
        std::ranges::sort(found, {}, [](const Declared<Node>& declared) {
            return std::pair(std::string_view(declared_name(*declared.node)), declared.ordinal);
        });
        for (const Declared<Node>& declared : found)
            visit(*declared.file, *declared.node);
    }
};

// How a type is called in messages: `money in USD`, `a value of enum plan`.
std::string describe(const Context& context, rulebook::plan::Type type);

// ---- the passes, in their order

void build_header(Context& context);
void build_teams(Context& context);
void declare_names(Context& context);
void build_schema(Context& context);
void build_files(Context& context); // lists, lookups
void declare_rules(Context& context);
void build_definitions(Context& context);
void build_signals(Context& context);
void build_fits(Context& context);
void build_decisions(Context& context);
void build_tables(Context& context);
void build_calendars(Context& context);
void build_triggers(Context& context);
void build_policies(Context& context); // behind the triggers, which say whose they are
void build_rates(Context& context);
void build_credits(Context& context);
void build_tests(Context& context);
void refuse_what_does_not_evaluate(Context& context);
void check_dependencies(Context& context);

// ---- pieces that several passes need

// The values of an enum that is written out; reports one that stands twice.
std::vector<std::string> enum_names(Context& context, const std::vector<ast::Name>& names);

// The type that is written, or nothing after reporting. Anonymous enums are added to the schema.
std::optional<rulebook::plan::Type> resolve_type(Context& context, const ast::TypeReference& type);

// The enum value of that name in an enum type.
std::optional<std::int64_t> enum_value(const Context& context, rulebook::plan::Type type,
                                       std::string_view value);

// The currency of `$`, `EUR` in front of an amount; nothing where there is none of that name.
std::optional<rulebook::Currency> currency_marked(const Context& context, std::string_view marker);
// The code that a sign or word stands for elsewhere: `£`, `Pounds`, `gbp`; empty for any other.
std::string currency_called(const Context& context, std::string_view word);
// `$5_000`, where that is how the rulebook's own currency is written, else `GBP 5_000`.
std::string amount_written(const Context& context, rulebook::Currency currency,
                           std::string_view digits);

// Checks a definition on demand; false (reported) where it depends on itself or is wrong.
bool definition_is_ready(Context& context, std::uint32_t index, Span use);

// `from … until …`; reports an empty one.
Effective effective_range(Context& context, const ast::File& file,
                          const ast::EffectiveRange& range);

// Reports versions of one name that are in force at one time.
void check_versions_apart(Context& context, std::string_view name,
                          const std::vector<Effective>& ranges, const std::vector<Span>& spans);

// A date or time literal as an instant; a date is its first instant in the rulebook's zone.
std::optional<std::int64_t> literal_instant(Context& context, const ast::File& file,
                                            ast::ExprId id);

// The microseconds of a length that is the same everywhere; reports calendar lengths.
std::optional<std::int64_t> elapsed_microseconds(Context& context, const ast::DurationLiteral& node,
                                                 Span span);
// An elapsed length of time written out, in microseconds; reports anything else.
std::optional<std::int64_t> literal_duration(Context& context, const ast::File& file,
                                             ast::ExprId id);
// The same, or calendar days, iso weeks, calendar months.
std::optional<rulebook::plan::Span> literal_span(Context& context, const ast::File& file,
                                                 ast::ExprId id);

// The same, and of more than nothing.
std::optional<std::int64_t> literal_length(Context& context, const ast::File& file, ast::ExprId id);
// How far apart: elapsed, calendar or working time, of more than nothing; reports anything else.
std::optional<rulebook::plan::Extent> literal_extent(Context& context, const ast::File& file,
                                                     ast::ExprId id);

// Points written out, in hundredths, with sign; reports anything else.
std::optional<std::int64_t> literal_points(Context& context, const ast::File& file, ast::ExprId id);
// A percent written out, in millionths; reports anything else.
std::optional<std::int64_t> literal_percent(Context& context, const ast::File& file,
                                            ast::ExprId id);
std::optional<std::int64_t> literal_int(Context& context, const ast::File& file, ast::ExprId id);
// A literal, signed literal or enum value of that type.
std::optional<rulebook::plan::Value> literal_value(Context& context, const ast::File& file,
                                                   ast::ExprId id, rulebook::plan::Type type);

// Reports a name that is no value of the enum, with the one that was probably meant.
void report_unknown_value(Context& context, Span span, std::string_view name,
                          rulebook::plan::Type type);
// Reports a name that is neither a field of the entity nor a collection that belongs to it.
void report_unknown_field(Context& context, rulebook::plan::EntityIndex of, const ast::Name& name);

// Where a clause stands and how it reads, on one line.
rulebook::plan::SourceNote source_note(const Context& context, Span span);
// The same without the reason that ends it, which is told apart.
rulebook::plan::SourceNote source_note(const Context& context, Span span,
                                       const std::optional<ast::Text>& because);

// "fit `design_icp`"
std::string reader_name(rulebook::plan::RuleKind kind, std::string_view name);

} // namespace rulec::model
