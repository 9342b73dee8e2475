// decide, motion and table.
#include "compiler/model/checker.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rulec::model {

namespace {

using rulebook::plan::AggregateKind;
using rulebook::plan::HitPolicy;
using rulebook::plan::RuleKind;
using rulebook::plan::Table;
using rulebook::plan::TableRow;

void build_decision(Context& context, const Declared<ast::Decide>& declared,
                    rulebook::plan::Decision& decision, Type type) {
    const ast::Decide& node = *declared.node;
    Checker checker(context, *declared.file,
                    root_scope(context.book, kDecisionLayer,
                               reader_name(RuleKind::Decision, node.head.name.text)));
    bool closed = false;
    for (const ast::Choice& choice : node.choices) {
        if (closed)
            context.diagnostics.emit<RB2101>(choice.span);
        closed = closed || choice.otherwise;
        rulebook::plan::Choice made;
        made.value = checker.check_as(choice.value, type);
        if (choice.when.present())
            made.when = checker.check_condition(choice.when);
        made.because = choice.because ? choice.because->value : "";
        made.note = source_note(context, choice.span, choice.because);
        decision.choices.push_back(std::move(made));
    }
    if (node.choices.empty())
        context.diagnostics.emit<RB2103>(node.head.name.span, node.head.name.text);
}

HitPolicy hit_policy(const ast::HitClause& clause) {
    switch (clause.policy) {
    case ast::HitPolicy::First:
        return HitPolicy::First;
    case ast::HitPolicy::Unique:
        return HitPolicy::Unique;
    case ast::HitPolicy::Any:
        return HitPolicy::Any;
    case ast::HitPolicy::Priority:
        return HitPolicy::Priority;
    case ast::HitPolicy::Collect:
        break;
    }
    switch (clause.collect) {
    case ast::CollectFunction::Sum:
        return HitPolicy::CollectSum;
    case ast::CollectFunction::Min:
        return HitPolicy::CollectMin;
    case ast::CollectFunction::Max:
        return HitPolicy::CollectMax;
    case ast::CollectFunction::Count:
        return HitPolicy::CollectCount;
    case ast::CollectFunction::None:
        break;
    }
    return HitPolicy::Collect;
}

class TableBuilder {
public:
    TableBuilder(Context& context, const Declared<ast::Table>& declared, Table& table)
        : context_(context), file_(*declared.file), node_(*declared.node), table_(table),
          checker_(context, file_,
                   root_scope(context.book, kDecisionLayer,
                              reader_name(RuleKind::Table, declared.node->head.name.text))) {}

    void build() {
        if (node_.hit)
            table_.hit = hit_policy(*node_.hit);
        else
            context_.diagnostics.emit<RB2206>(node_.head.name.span);
        check_hit();
        build_columns();
        match_outputs();
        bool closed = false;
        for (const ast::TableRow& row : node_.body.rows) {
            if (closed)
                context_.diagnostics.emit<RB2201>(row.span);
            closed = closed || (row.otherwise && table_.hit == HitPolicy::First);
            build_row(row);
        }
    }

private:
    void build_columns() {
        std::vector<ExprId> columns;
        for (const ast::ExprId column : node_.body.columns) {
            columns.push_back(checker_.check(column));
            table_.columns.push_back(
                column.present() ? source_note(context_, file_[column].span).text : "");
        }
        checker_.set_columns(columns);
    }

    // Which column of the source gives each output.
    void match_outputs() {
        for (const auto& output : table_.outputs) {
            const auto found = std::ranges::find(node_.body.outputs, output.name, &ast::Name::text);
            if (found == node_.body.outputs.end())
                context_.diagnostics.emit<RB2202>(node_.body.head_span, output.name);
            output_columns_.push_back(static_cast<std::size_t>(found - node_.body.outputs.begin()));
        }
        for (const ast::Name& head : node_.body.outputs)
            if (std::ranges::find(table_.outputs, head.text,
                                  &rulebook::plan::TableOutputColumn::name) == table_.outputs.end())
                context_.diagnostics.emit<RB2203>(head.span, head.text);
    }

    void build_row(const ast::TableRow& row) {
        TableRow made;
        made.because = row.because ? row.because->value : "";
        made.note = source_note(context_, row.span);
        if (!row.otherwise)
            for (const ast::ConditionCell& cell : row.cells)
                made.conditions.push_back(cell.kind == ast::CellKind::Any
                                              ? kNothing
                                              : checker_.check_condition(cell.test));
        for (std::size_t i = 0; i < table_.outputs.size(); ++i) {
            const bool there =
                i < output_columns_.size() && output_columns_[i] < row.outputs.size();
            made.outputs.push_back(
                there ? checker_.check_as(row.outputs[output_columns_[i]], table_.outputs[i].type)
                      : kError);
        }
        table_.rows.push_back(std::move(made));
    }

    // Policies that combine outputs need outputs that combine.
    void check_hit() {
        const Span span = node_.hit ? node_.hit->span : node_.head.name.span;
        const bool one = table_.outputs.size() == 1;
        const auto require = [&](bool holds, std::string_view what) {
            if (!holds)
                context_.diagnostics.emit<RB2204>(span, spelled(), what);
        };
        switch (table_.hit) {
        case HitPolicy::CollectSum:
            return require(one &&
                               checker_.aggregate_takes(AggregateKind::Sum, table_.outputs[0].type),
                           "can be summed");
        case HitPolicy::CollectMin:
        case HitPolicy::CollectMax:
            return require(one &&
                               checker_.aggregate_takes(AggregateKind::Min, table_.outputs[0].type),
                           "can be ordered");
        case HitPolicy::CollectCount: // of rows, whatever they say
            return require(one && table_.outputs[0].type.is(TypeKind::Int), "is an `int`");
        case HitPolicy::Priority:
            if (table_.outputs.empty() || !table_.outputs[0].type.is(TypeKind::Enum))
                context_.diagnostics.emit<RB2205>(span);
            return;
        default:
            return;
        }
    }

    std::string_view spelled() const {
        switch (table_.hit) {
        case HitPolicy::CollectSum:
            return "sum";
        case HitPolicy::CollectMin:
            return "min";
        case HitPolicy::CollectCount:
            return "count";
        default:
            return "max";
        }
    }

    Context& context_;
    const ast::File& file_;
    const ast::Table& node_;
    Table& table_;
    Checker checker_;
    std::vector<std::size_t> output_columns_; // per output: which column behind `||`
};

} // namespace

void build_decisions(Context& context) {
    for (const auto& declared : context.decision_nodes) {
        auto& spans = context.book.choice_spans.emplace_back();
        for (const ast::Choice& choice : declared.node->choices)
            spans.push_back(choice.span);
        context.book.missing_allowed.push_back(declared.node->type &&
                                               declared.node->type->optional);
    }
    for (const Rule& rule : context.book.rules) {
        if (rule.head.kind != RuleKind::Decision ||
            context.erroneous_names.contains(rule.head.name))
            continue;
        for (const std::uint32_t version : rule.head.versions) {
            rulebook::plan::Decision decision = context.book.decisions[version];
            build_decision(context, context.decision_nodes[version], decision, rule.head.type);
            context.book.decisions[version] = std::move(decision);
        }
    }
}

void build_tables(Context& context) {
    for (const auto& declared : context.table_nodes) {
        auto& spans = context.book.row_spans.emplace_back();
        for (const ast::TableRow& row : declared.node->body.rows)
            spans.push_back(row.span);
    }
    for (std::size_t i = 0; i < context.table_nodes.size(); ++i) {
        if (context.erroneous_names.contains(context.table_nodes[i].node->head.name.text))
            continue;
        Table table = context.book.tables[i];
        TableBuilder(context, context.table_nodes[i], table).build();
        context.book.tables[i] = std::move(table);
    }
}

} // namespace rulec::model
