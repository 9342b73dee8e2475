// Decisions and tables.
#include "compiler/syntax/build_declarations.hpp"

namespace rulec::syntax {
namespace {

// --- decide, motion
// --------------------------------------------------------------------------------

ast::Choice build_choice(Builder& builder, Grammar::ChoiceContext& context) {
    ast::Choice choice;
    choice.value = builder.interpolated(*context.expression(0));
    choice.when = builder.expression(context.expression(1));
    choice.otherwise = context.OTHERWISE() != nullptr;
    choice.because = builder.because(context.because(), context);
    choice.span = builder.span(context);
    return choice;
}

void add_decide_clauses(Builder& builder, const std::vector<Grammar::DecideClauseContext*>& clauses,
                        ast::Decide& decide) {
    for_each_clause(builder, clauses, [&](auto& clause) {
        if (auto* shared = clause.ruleClause())
            return add_rule_clause(builder, *shared, decide.head);
        decide.choices.push_back(build_choice(builder, *clause.choice()));
    });
}

// --- tables
// ----------------------------------------------------------------------------------------

// A line of a table, taken apart at its bars.
struct Line {
    std::vector<antlr4::ParserRuleContext*> conditions;
    std::vector<antlr4::ParserRuleContext*> outputs;
};

Line cut(antlr4::ParserRuleContext& context) {
    Line line;
    bool divided = false;
    for (ParseTree* part : context.children) {
        if (const Word* word = leaf(part))
            divided = divided || word->getType() == Grammar::BARBAR;
        else
            (divided ? line.outputs : line.conditions)
                .push_back(static_cast<antlr4::ParserRuleContext*>(part));
    }
    return line;
}

// The place between two bars, for a cell without any word.
Span cell_place(Builder& builder, antlr4::ParserRuleContext& cell) {
    Span at = builder.span(cell);
    return at.length() > 0 ? at : Span{at.file, at.begin - (at.begin > 0 ? 1 : 0), at.begin};
}

bool on_one_line(Builder& builder, antlr4::ParserRuleContext& row) {
    auto* start = static_cast<const Word*>(row.start);
    auto* stop = static_cast<const Word*>(row.stop);
    if (start->line() == stop->line())
        return true;
    builder.diagnostics().emit<RB0136>(builder.span(row));
    builder.incomplete();
    return false;
}

bool build_table_head(Builder& builder, Grammar::TableHeadContext& context, ast::TableBody& body) {
    Line line = cut(context);
    body.head_span = builder.span(context);
    bool good = on_one_line(builder, context);
    for (auto* cell : line.conditions) {
        auto& head = *static_cast<Grammar::ColumnHeadContext*>(cell);
        if (head.expression() == nullptr) {
            builder.diagnostics().emit<RB0140>(cell_place(builder, head));
            good = false;
        }
        body.columns.push_back(builder.expression(head.expression()));
    }
    for (auto* cell : line.outputs) {
        auto& head = *static_cast<Grammar::OutputHeadContext*>(cell);
        if (body.has_because) {
            builder.diagnostics().emit<RB0139>(builder.span(head));
            return false;
        }
        if (head.BECAUSE() != nullptr) {
            body.has_because = true;
        } else if (head.name() == nullptr) {
            builder.diagnostics().emit<RB0140>(cell_place(builder, head));
            good = false;
        } else {
            body.outputs.push_back(builder.name(head.name()));
        }
    }
    return good;
}

void add_conditions(Builder& builder, const Line& line, const ast::TableBody& body,
                    ast::TableRow& row) {
    auto cell = [&](std::size_t i) {
        return static_cast<Grammar::ConditionCellContext*>(line.conditions[i]);
    };
    for (std::size_t i = 0; i < line.conditions.size(); ++i)
        row.otherwise = row.otherwise || cell(i)->OTHERWISE() != nullptr;
    if (row.otherwise && line.conditions.size() == 1)
        return;
    if (row.otherwise) {
        builder.diagnostics().emit<RB0137>(row.span);
        return;
    }
    if (line.conditions.size() != body.columns.size())
        builder.diagnostics().emit<RB0132>(row.span, line.conditions.size(), body.columns.size());
    for (std::size_t i = 0; i < body.columns.size(); ++i) {
        ast::ConditionCell missing{ast::CellKind::Erroneous, {}, row.span};
        row.cells.push_back(i < line.conditions.size()
                                ? builder.condition_cell(*cell(i), static_cast<std::uint32_t>(i),
                                                         cell_place(builder, *cell(i)))
                                : missing);
    }
}

void add_because(Builder& builder, Grammar::OutputCellContext& cell, ast::TableRow& row) {
    if (cell.expression() == nullptr)
        return;
    auto* word = static_cast<const Word*>(cell.start);
    ast::ExprId id = builder.expression(cell.expression());
    const ast::TextLiteral* text = builder.text_literal(id);
    if (text == nullptr || cell.start != cell.stop)
        builder.diagnostics().emit<RB0138>(builder.span(cell));
    else
        row.because = ast::Text{text->value, builder.span(*word)};
}

void add_outputs(Builder& builder, const Line& line, const ast::TableBody& body,
                 ast::TableRow& row) {
    std::size_t expected = body.outputs.size() + (body.has_because ? 1 : 0);
    if (line.outputs.size() != expected)
        builder.diagnostics().emit<RB0133>(row.span, line.outputs.size(), expected);
    for (std::size_t i = 0; i < expected; ++i) {
        auto* cell = i < line.outputs.size()
                         ? static_cast<Grammar::OutputCellContext*>(line.outputs[i])
                         : nullptr;
        if (i == body.outputs.size()) {
            if (cell != nullptr)
                add_because(builder, *cell, row);
        } else if (cell != nullptr && cell->expression() != nullptr) {
            row.outputs.push_back(builder.interpolated(*cell->expression()));
        } else {
            if (cell != nullptr)
                builder.diagnostics().emit<RB0131>(cell_place(builder, *cell));
            row.outputs.push_back(builder.erroneous(row.span));
        }
    }
}

void add_row(Builder& builder, Grammar::TableRowContext& context, ast::TableBody& body) {
    Line line = cut(context);
    ast::TableRow row;
    row.span = builder.span(context);
    row.line = static_cast<const Word*>(context.start)->line();
    if (!on_one_line(builder, context))
        return;
    add_conditions(builder, line, body, row);
    add_outputs(builder, line, body, row);
    body.rows.push_back(std::move(row));
}

ast::HitClause build_hit(Grammar::HitPolicyContext& context, Span whole) {
    ast::HitClause hit;
    hit.span = whole;
    switch (leaf_type(context, 0)) {
    case Grammar::FIRST:
        hit.policy = ast::HitPolicy::First;
        break;
    case Grammar::UNIQUE:
        hit.policy = ast::HitPolicy::Unique;
        break;
    case Grammar::ANY:
        hit.policy = ast::HitPolicy::Any;
        break;
    case Grammar::PRIORITY:
        hit.policy = ast::HitPolicy::Priority;
        break;
    default:
        hit.policy = ast::HitPolicy::Collect;
    }
    switch (leaf_type(context, 1)) {
    case Grammar::SUM:
        hit.collect = ast::CollectFunction::Sum;
        break;
    case Grammar::MIN:
        hit.collect = ast::CollectFunction::Min;
        break;
    case Grammar::MAX:
        hit.collect = ast::CollectFunction::Max;
        break;
    case Grammar::COUNT:
        hit.collect = ast::CollectFunction::Count;
        break;
    default:
        break;
    }
    return hit;
}

} // namespace

ast::Decide build_decide(Builder& builder, Grammar::DecideContext& context) {
    ast::Decide decide;
    decide.head = build_head(builder, context, context.name(), context.effective());
    if (sound(context.type()))
        decide.type = build_type(builder, *context.type());
    add_decide_clauses(builder, context.decideClause(), decide);
    return decide;
}

ast::Decide build_motion(Builder& builder, Grammar::MotionContext& context) {
    ast::Decide decide;
    decide.head = build_head(builder, context, context.name(), context.effective());
    decide.motion = true;
    add_decide_clauses(builder, context.decideClause(), decide);
    return decide;
}

std::optional<ast::TableBody> build_table_body(Builder& builder, Grammar::TableHeadContext* head,
                                               const std::vector<Grammar::TableRowContext*>& rows) {
    ast::TableBody body;
    if (head == nullptr || !build_table_head(builder, *head, body)) {
        builder.incomplete();
        return std::nullopt;
    }
    for (auto* row : rows)
        add_row(builder, *row, body);
    return body;
}

ast::Table build_table(Builder& builder, Grammar::TableContext& context) {
    ast::Table table;
    table.head = build_head(builder, context, context.name(), context.effective());
    table.outputs = build_parameters(builder, context.parameters());
    Grammar::TableHeadContext* head = nullptr;
    std::vector<Grammar::TableRowContext*> rows;
    for_each_clause(builder, context.tableClause(), [&](auto& clause) {
        if (auto* shared = clause.ruleClause())
            add_rule_clause(builder, *shared, table.head);
        else if (auto* policy = clause.hitPolicy())
            builder.once(table.hit, build_hit(*policy, builder.span(clause)),
                         *leaf(clause.children[0]));
        else if (auto* row = clause.tableRow())
            rows.push_back(row);
        else
            head = clause.tableHead();
    });
    bool whole = sound(&context);
    for (auto* clause : context.tableClause())
        whole = whole && sound(clause);
    if (head == nullptr && whole)
        builder.diagnostics().emit<RB0141>(table.head.name.span);
    if (auto body = build_table_body(builder, head, rows))
        table.body = std::move(*body);
    return table;
}

} // namespace rulec::syntax
