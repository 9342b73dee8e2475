// Gives each expression of the syntax tree its type. Internal to this folder.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/context.hpp"
#include "compiler/model/scope.hpp"

namespace rulec::model {

using rulebook::plan::Op;
using rulebook::plan::Type;
using rulebook::plan::TypeKind;
using rulebook::plan::Value;

// Checks expressions of one file in one scope. Every `check_…` gives the typed expression, or
// kError after exactly one report; kError operands pass through silently.
class Checker {
public:
    Checker(Context& context, const ast::File& file, Scope scope)
        : context_(context), file_(file), scope_(std::move(scope)) {}

    // `expected`: the type that the place asks for; decides enum values and bare numbers, and is
    // not enforced here.
    ExprId check(ast::ExprId id, const Type* expected = nullptr);
    // … and converts to the type where that changes nothing, or reports.
    ExprId check_as(ast::ExprId id, Type type);
    ExprId check_condition(ast::ExprId id);
    // A record set with its conditions, as in `for deals where …`; adds no aggregate.
    struct Elements {
        rulebook::plan::EntityIndex entity = 0;
        ExprId where = kNothing;
        std::vector<rulebook::plan::Window> windows;
        std::optional<rulebook::plan::FieldIndex> time_field;
        rulebook::plan::AggregateSource source = rulebook::plan::AggregateSource::Collection;
        std::uint32_t owner_level = 0; // the frame of the record that they belong to
    };
    std::optional<Elements> check_elements(const ast::Selection& selection, std::string_view user);

    // Instants: a date becomes its first instant in the rulebook's zone.
    ExprId check_instant(ast::ExprId id);
    // The first instant of a date, so many whole days (in microseconds) later.
    ExprId start_of_day(ExprId date, std::int64_t later);

    ExprId any_of(const std::vector<ExprId>& conditions, Span span) {
        return operation(Op::Or, Type::of(TypeKind::Bool), conditions, span);
    }

    ExprId all_of(const std::vector<ExprId>& conditions, Span span) {
        return operation(Op::And, Type::of(TypeKind::Bool), conditions, span);
    }
    // Whether what was checked is that value of its own type.
    ExprId is(ExprId checked, const Value& value, Span span) {
        return operation(Op::Equal, Type::of(TypeKind::Bool),
                         {checked, constant(value, type_of(checked), span)}, span);
    }

    const Scope& scope() const { return scope_; }
    // In a table: what the heads of the columns are, for the tests in cells.
    void set_columns(std::vector<ExprId> columns) { columns_ = std::move(columns); }

    // Whether values of the type can be summed, or ordered, or whatever the aggregate needs.
    bool aggregate_takes(rulebook::plan::AggregateKind kind, Type value) const;

private:
    friend struct NodeChecker;

    ExprId column_value(const ast::ColumnValue& node);

    // -- names (check_names.cpp)
    ExprId check_name(const ast::NameReference& node, Span span, const Type* expected);
    ExprId check_member(const ast::Member& node, Span span);
    ExprId check_member_of_name(const ast::Name& object, const ast::Name& member, Span span);
    ExprId report_unknown_name(const ast::Name& name, const Type* expected);
    bool report_outer_field(const ast::Name& name);
    bool report_missing_word(const ast::Name& name);
    void report_field_of_collection(const ast::Name& collection, const ast::Name& member,
                                    Span span);
    std::optional<ExprId> named_parameter(const ast::Name& name);
    std::optional<ExprId> named_thing(const ast::Name& name);
    ExprId rule_as_value(std::uint32_t rule, const ast::Name& name);
    ExprId definition_as_value(std::uint32_t index, const ast::Name& name);
    ExprId signal_as_value(std::uint32_t index, const ast::Name& name);
    ExprId rule_member(std::uint32_t rule, const ast::Name& member, Span span);
    bool layer_reaches(int layer, std::string_view what, Span span);
    std::optional<std::uint32_t> frame_named(std::string_view name) const;
    bool needs_context(ast::ExprId id) const;

    // -- literals (check_literals.cpp)
    ExprId check_int(const ast::IntLiteral& node, Span span, const Type* expected);
    ExprId check_decimal(const ast::DecimalLiteral& node, Span span, const Type* expected);
    ExprId check_percent(const ast::PercentLiteral& node, Span span);
    ExprId check_money(const ast::MoneyLiteral& node, Span span);
    ExprId check_duration(const ast::DurationLiteral& node, Span span);
    ExprId check_template(const ast::TextTemplate& node, Span span);
    ExprId check_missing(Span span, const Type* expected);

    // -- operators (check_operators.cpp)
    ExprId check_negate(const ast::Negate& node, Span span, const Type* expected);
    ExprId check_arithmetic(const ast::Arithmetic& node, Span span, const Type* expected);
    ExprId check_comparison(const ast::Comparison& node, Span span);
    ExprId check_range(const ast::InRange& node, Span span);
    ExprId check_list(const ast::InList& node, Span span);
    ExprId check_set(const ast::InSet& node, Span span);
    ExprId check_text_test(const ast::TextTest& node, Span span);
    ExprId check_presence(const ast::Presence& node, Span span);
    ExprId check_logical(const ast::Logical& node, Span span);
    ExprId check_conditional(const ast::Conditional& node, Span span, const Type* expected);
    ExprId check_default(const ast::Default& node, Span span, const Type* expected);
    ExprId check_at_least(const ast::AtLeast& node, Span span);
    ExprId check_as_of(const ast::AsOf& node, Span span, const Type* expected);
    ExprId check_fired(const ast::Fired& node, Span span);
    bool make_comparable(ExprId& left, ExprId& right, bool ordered, Span span);
    bool has_order(Type type) const;
    std::optional<ExprId> values_joined_by_or(const ast::Logical& node);
    bool is_bare_value(ast::ExprId id) const;
    void check_wildcards(ExprId pattern);

    // -- what to write instead (explain_mismatch.cpp)
    void explain_mismatch(Diagnostic& report, ExprId left, ExprId right) const;
    void explain_conversion(Diagnostic& report, ExprId given, Type wanted) const;
    void explain_amount(Diagnostic& report, ExprId given, Type money) const;
    void explain_two_currencies(Diagnostic& report, ExprId left, ExprId right) const;
    bool explain_quotes(Diagnostic& report, ExprId given, Type wanted) const;
    std::optional<ExprId> bare_number(ExprId id) const;
    std::string_view source(ExprId id) const { return context_.sources.text(at(id).span); }

    // -- calls (check_calls.cpp)
    ExprId check_call(const ast::Call& node, Span span, const Type* expected);
    ExprId check_builtin(const ast::Call& node, Span span, const Type* expected);
    ExprId check_special(const ast::Call& node, Span span);
    ExprId check_lookup(std::uint32_t index, const ast::Call& node, Span span);
    ExprId check_definition_call(std::uint32_t index, const ast::Call& node, Span span);
    ExprId check_credited(const ast::Call& node, Span span);
    bool goes_over_collection(const ast::Call& node) const;
    std::optional<ExprId> apply_builtin(Op op, TypeKind result,
                                        const std::vector<TypeKind>& parameters,
                                        std::vector<ExprId> arguments, bool widen, Span span);
    bool plain_arguments(const ast::Call& node, std::size_t count, std::string_view takes);

    // -- aggregates (check_aggregates.cpp)
    ExprId check_aggregate(rulebook::plan::AggregateKind kind, const ast::Call& node, Span span,
                           const Type* expected);
    struct CollectionUse {
        rulebook::plan::EntityIndex entity = 0;
        rulebook::plan::AggregateSource source = rulebook::plan::AggregateSource::Collection;
        std::uint32_t owner_level = 0;
    };
    std::optional<CollectionUse> collection(ast::ExprId id) const;
    // What to write for a collection that is out of reach here; empty if it is none.
    std::string collection_help(ast::ExprId id) const;
    ExprId check_taken_value(rulebook::plan::AggregateKind kind, const ast::Selection& selection,
                             const ast::Member* member, Checker& inner,
                             rulebook::plan::EntityIndex entity, const Type* expected);
    ExprId check_have(rulebook::plan::AggregateKind kind, const ast::Selection& selection,
                      Span span, Checker& inner);
    ExprId element_field(rulebook::plan::EntityIndex entity, const ast::Name& name, Span span);
    bool check_windows(const ast::Selection& selection, Elements& elements,
                       std::string_view consequence);
    Type aggregate_type(rulebook::plan::AggregateKind kind, Type value) const;

    // -- making expressions (check_conversion.cpp)
    ExprId add(Expression expression);
    std::uint32_t depth_below(const Expression& expression) const;
    ExprId operation(Op op, Type type, std::vector<ExprId> operands, Span span,
                     std::int64_t detail = 0);
    ExprId constant(Value value, Type type, Span span);
    ExprId field(std::uint32_t frame, rulebook::plan::FieldIndex index, Span span);
    ExprId negated(ExprId condition, bool negate, Span span);
    ExprId to_number(ExprId id);
    ExprId convert(ExprId id, Type type); // kError where it cannot be, without a report
    const Expression& at(ExprId id) const { return context_.book.expressions[id]; }
    Type type_of(ExprId id) const { return at(id).type; }
    std::string say(Type type) const { return describe(context_, type); }

    Context& context_;
    const ast::File& file_;
    Scope scope_;
    std::vector<ExprId> columns_;
};

} // namespace rulec::model
