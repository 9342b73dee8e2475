#include "runtime/native/validate.hpp"

#include <algorithm>

#include "runtime/native/asked_nodes.hpp"
#include "runtime/native/credit_code.hpp"
#include "runtime/native/table_index.hpp"

namespace rulebook::native {

namespace {

constexpr std::size_t kBitsOfWord = 64;

struct Unsound {
    std::string what;
};

void require(bool condition, const char* what) {
    if (!condition)
        throw Unsound{what};
}

Cell cell_of(plan::Type type) {
    switch (plan::representation(type.kind)) {
    case plan::Representation::Bool:
        return Cell::Bool;
    case plan::Representation::Real:
        return Cell::Real;
    case plan::Representation::Text:
        return Cell::Count; // its code
    case plan::Representation::Integer:
        break;
    }
    return Cell::Integer;
}

bool holds_text(plan::Type type) {
    return plan::representation(type.kind) == plan::Representation::Text;
}

class Validator {
public:
    Validator(const Program& program, const plan::Plan& plan, const ProgramPurpose& purpose)
        : program_(program), plan_(plan), purpose_(purpose), asked_(plan) {}

    void run() {
        require(program_.content_hash == plan_.content_hash, "it was made of another rulebook");
        check_purpose();
        for (const ArrayInfo& array : program_.arrays)
            check_array(array);
        for (const FitArrays& fit : program_.fits)
            check_fit(fit);
        for (const DecisionArrays& decision : program_.decisions)
            check_decision(decision);
        for (const TableArrays& table : program_.tables)
            check_table(table);
        for (const NodeArray& value : program_.values)
            check_value(value);
    }

private:
    // Values are of the root's records, but for signals and credit: of records right below these.
    void check_purpose() const {
        const std::uint32_t subject = purpose_.subject;
        const bool of_records =
            purpose_.use == ProgramUse::Signals || CreditCode::has(purpose_.use);
        require(program_.about.has_value() == of_records, "it is about other records");
        switch (purpose_.use) {
        case ProgramUse::Rules:
            require(subject == 0, "results of rules about one subject");
            return;
        case ProgramUse::Conditions:
            require(subject < plan_.rules.size() &&
                        plan_.rules[subject].kind == plan::RuleKind::Trigger,
                    "conditions of no trigger");
            return;
        case ProgramUse::Becomes:
            return check_becomes();
        case ProgramUse::Signals:
            check_entity(subject);
            require(subject != plan_.schema.root, "signals of no collection");
            require(program_.about->entity == subject && program_.about->level == 1,
                    "signals of other records");
            return;
        case ProgramUse::Claims:
        case ProgramUse::Parts:
        case ProgramUse::Filters:
            return check_credit();
        }
        throw Unsound{"a program without a use"};
    }

    // Of its deals in the first frame, or its touches in the second.
    void check_credit() const {
        require(purpose_.subject < plan_.credits.size(), "questions of no credit rule");
        const plan::Credit& credit = plan_.credits[purpose_.subject];
        const bool of_touches = purpose_.use == ProgramUse::Filters;
        const plan::EntityIndex entity = of_touches ? credit.touches : credit.deals;
        require(program_.about->entity == entity && program_.about->level == (of_touches ? 2 : 1),
                "questions about other records");
        check_entity(entity);
    }

    // C is asked for whenever the code is.
    void check_becomes() const {
        const std::uint32_t subject = purpose_.subject;
        require(subject < plan_.rules.size() &&
                    plan_.rules[subject].kind == plan::RuleKind::Trigger &&
                    plan_.rules[subject].versions.size() == 1,
                "a condition of no trigger");
        const plan::On& on = plan_.triggers[plan_.rules[subject].versions.front()].on;
        require(on.kind == plan::On::Kind::Becomes &&
                    std::ranges::count(program_.values, on.condition, &NodeArray::node) == 1,
                "a condition that nothing becomes");
    }

    plan::EntityIndex entity_of_values() const {
        return program_.about ? program_.about->entity : plan_.schema.root;
    }

    std::uint32_t level_of_values() const { return program_.about ? program_.about->level : 1; }

    // The root's, or one whose records are right below its records.
    void check_entity(plan::EntityIndex entity) const {
        require(entity < plan_.schema.entities.size(), "an array of no entity");
        require(entity == plan_.schema.root ||
                    plan_.schema.entities[entity].parent == plan_.schema.root,
                "an array of records below those of the root");
    }

    plan::Type type_of_field(const ArrayInfo& array) const {
        const auto& fields = plan_.schema.entities[array.entity].fields;
        require(array.field < fields.size(), "an array of no field");
        return fields[array.field].type;
    }

    plan::Type type_of_node(plan::NodeId node) const {
        require(node < plan_.nodes.size(), "an array of no node");
        return plan_.node(node).type;
    }

    void check_array(const ArrayInfo& array) const {
        check_entity(array.entity);
        switch (array.source) {
        case Source::Instant:
            require(array.entity == plan_.schema.root && array.cell == Cell::Integer,
                    "instants that are none");
            return;
        case Source::Stored:
        case Source::Codes: {
            const plan::Type type = type_of_field(array);
            require(holds_text(type) == (array.source == Source::Codes) &&
                        array.cell == cell_of(type),
                    "an array is not as its field");
            return;
        }
        case Source::Tracked: {
            const plan::Type type = type_of_field(array);
            require(plan_.schema.entities[array.entity].fields[array.field].tracked &&
                        !holds_text(type) && array.cell == cell_of(type),
                    "an array is not as its tracked field");
            return;
        }
        case Source::OfText:
            require(holds_text(type_of_field(array)), "a question about a text of none");
            return check_asked(array);
        case Source::Interpreted:
            return check_asked(array);
        case Source::CodeOfText:
            return check_code(array);
        case Source::Begins:
        case Source::Ends:
        case Source::OnceBegins:
            return check_elements(array);
        case Source::Seen:
            return check_seen(array);
        case Source::Entered:
            return check_entered(array);
        case Source::Firsts:
            check_elements(array);
            type_of_field(array);
            require(!plan_.schema.entities[array.entity].fields[array.field].tracked,
                    "values that change in time");
            return;
        case Source::WindowStart:
            return check_window_start(array);
        case Source::Running:
            require(array.entity != plan_.schema.root && array.entity != entity_of_values(),
                    "elements that are none");
            return;
        case Source::Computed:
            require(array.node == plan::kNoNode || array.node < plan_.nodes.size(),
                    "an array of no node");
            return;
        }
        throw Unsound{"an array from nowhere"};
    }

    // Of what a row is there are no elements in it.
    void check_elements(const ArrayInfo& array) const {
        require(array.entity != plan_.schema.root && array.entity != entity_of_values() &&
                    array.cell == Cell::Count,
                "elements that are none");
    }

    void check_seen(const ArrayInfo& array) const {
        check_elements(array);
        require(plan_.schema.entities[array.entity].visible_from().has_value(),
                "elements without a time");
    }

    const plan::Aggregate& aggregate_of(const ArrayInfo& array) const {
        type_of_node(array.node);
        const plan::Node& node = plan_.node(array.node);
        require(node.op == plan::Op::Aggregate, "a window of no aggregate");
        return plan_.aggregates[node.index];
    }

    void check_window_start(const ArrayInfo& array) const {
        require(array.entity == plan_.schema.root && array.cell == Cell::Integer,
                "a window that begins at no instant");
        const auto& windows = aggregate_of(array).windows;
        require(array.field < windows.size() && windows[array.field].span.calendar,
                "a window of no calendar");
        const plan::Window& window = windows[array.field];
        require(window.kind == plan::WindowKind::Last ||
                    (window.anchor != plan::kNoNode &&
                     asked_.can_be_asked(window.anchor, plan_.schema.root)),
                "a window that ends nowhere");
    }

    void check_entered(const ArrayInfo& array) const {
        check_seen(array);
        const plan::Aggregate& aggregate = aggregate_of(array);
        require(aggregate.collection == array.entity && aggregate.windows.size() == 1 &&
                    aggregate.windows.front().kind == plan::WindowKind::Last,
                "a window of other elements");
    }

    void check_asked(const ArrayInfo& array) const {
        const plan::Type type = type_of_node(array.node);
        require(!holds_text(type) && array.cell == cell_of(type), "an array is not as its node");
        require(asked_.can_be_asked(array.node, array.entity, level_of_values()),
                "a question that has no answer");
    }

    void check_code(const ArrayInfo& array) const {
        require(holds_text(type_of_field(array)) && array.cell == Cell::Count, "a code of no text");
        const bool text = holds_text(type_of_node(array.node));
        const plan::Node& node = plan_.node(array.node);
        require(text && node.op == plan::Op::Constant && node.literal.known(),
                "a code of no constant");
    }

    const ArrayInfo& array(ArrayIndex index, plan::EntityIndex entity) const {
        require(index < program_.arrays.size(), "there is no such array");
        require(program_.arrays[index].entity == entity, "a result of other records");
        return program_.arrays[index];
    }

    // Of a result that kernels write.
    void check_result(ArrayIndex index, Cell cell) const {
        const ArrayInfo& result = array(index, plan_.schema.root);
        require(result.source == Source::Computed && result.cell == cell,
                "a result is held otherwise");
    }

    const plan::Rule& check_rule(std::uint32_t rule, plan::RuleKind kind,
                                 std::uint32_t version) const {
        require(rule < plan_.rules.size() && plan_.rules[rule].kind == kind,
                "results of no such rule");
        require(std::ranges::count(plan_.rules[rule].versions, version) == 1,
                "results of no version of the rule");
        return plan_.rules[rule];
    }

    void check_fit(const FitArrays& fit) const {
        check_rule(fit.rule, plan::RuleKind::Fit, fit.version);
        check_result(fit.score, Cell::Integer);
        check_result(fit.tier, Cell::Integer);
        check_result(fit.out, Cell::Bool);
        check_result(fit.unknowns, Cell::Count);
        const std::size_t clauses = plan_.fits[fit.version].clauses.size();
        require(fit.hits.size() == (clauses + kBitsOfWord - 1) / kBitsOfWord,
                "hits of other clauses");
        for (const ArrayIndex hits : fit.hits)
            check_result(hits, Cell::Bits);
    }

    void check_decision(const DecisionArrays& decision) const {
        const plan::Rule& rule =
            check_rule(decision.rule, plan::RuleKind::Decision, decision.version);
        check_result(decision.choice, Cell::Count);
        require(decision.value.has_value() != holds_text(rule.type),
                "a decision without its value");
        if (decision.value)
            check_result(*decision.value, cell_of(rule.type));
    }

    void check_table(const TableArrays& table) const {
        check_rule(table.rule, plan::RuleKind::Table, table.version);
        const auto index = TableIndex::of(plan_, plan_.tables[table.version]);
        require(index && index->columns().size() == table.inputs.size(),
                "a table looks at other values");
        for (std::size_t i = 0; i < table.inputs.size(); ++i) {
            const ArrayInfo& input = array(table.inputs[i], plan_.schema.root);
            const plan::Type type = index->columns()[i].type();
            require(input.cell == cell_of(type) &&
                        holds_text(type) == (input.source == Source::Codes),
                    "a table looks at values of another type");
        }
    }

    void check_value(const NodeArray& value) const {
        const plan::Type type = type_of_node(value.node);
        require(!holds_text(type) && array(value.array, entity_of_values()).cell == cell_of(type),
                "a value is held otherwise");
        require(purpose_.use == ProgramUse::Rules || CreditCode::has(purpose_.use) ||
                    type.is(plan::TypeKind::Bool),
                "a condition that is neither true nor false");
    }

    const Program& program_;
    const plan::Plan& plan_;
    const ProgramPurpose& purpose_;
    AskedNodes asked_;
};

} // namespace

std::optional<std::string> validate(const Program& program, const plan::Plan& plan,
                                    const ProgramPurpose& purpose) {
    try {
        Validator(program, plan, purpose).run();
        return std::nullopt;
    } catch (const Unsound& fault) {
        return fault.what;
    }
}

} // namespace rulebook::native
