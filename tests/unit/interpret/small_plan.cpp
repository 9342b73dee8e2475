#include "tests/unit/interpret/small_plan.hpp"

#include <stdexcept>

#include "runtime/value/calendar_text.hpp"

namespace rulebook::testing {

namespace {

plan::Field field_of(std::string name, plan::Type type) {
    plan::Field field;
    field.name = std::move(name);
    field.type = type;
    field.optional = true;
    return field;
}

plan::Field required(std::string name, plan::Type type) {
    plan::Field field = field_of(std::move(name), type);
    field.optional = false;
    return field;
}

plan::EnumType enum_type(std::string name, std::vector<std::string> values) {
    plan::EnumType type;
    type.name = std::move(name);
    type.values = std::move(values);
    type.ordered = true;
    return type;
}

plan::Entity account(const SmallPlan& plan) {
    plan::Entity account;
    account.name = "account";
    account.collection = "accounts";
    account.key = 0;
    account.fields = {required("id", kText),
                      field_of("since", kTime),
                      field_of("employees", kInt),
                      field_of("revenue", kDollars),
                      field_of("ratio", kNumber),
                      field_of("share", kPercent),
                      field_of("email", kText),
                      field_of("active", kBool),
                      field_of("plan", plan.plan_type()),
                      field_of("industry", plan.industry_type()),
                      field_of("renews_on", kDate),
                      field_of("renews_at", kTime)};
    account.fields[0].key = true;
    account.fields[1].origin = true;
    account.fields[1].fixed = true;
    account.fields[8].tracked = true;
    return account;
}

plan::Entity child(std::string name, std::string collection, plan::EntityIndex parent) {
    plan::Entity entity;
    entity.name = std::move(name);
    entity.collection = std::move(collection);
    entity.parent = parent;
    return entity;
}

plan::Entity event() {
    plan::Entity event = child("event", "events", 0);
    event.parent_key_column = "account_id";
    event.fields = {required("at", kTime),   field_of("seq", kInt),     field_of("name", kText),
                    field_of("value", kInt), field_of("size", kNumber), field_of("price", kDollars),
                    field_of("due", kTime)};
    event.fields[1].sequence = true;
    event.ordered_by = 0;
    event.sequence = 1;
    return event;
}

plan::Entity deal(const SmallPlan& plan) {
    plan::Entity deal = child("deal", "deals", 0);
    deal.parent_key_column = "account_id";
    deal.fields = {required("id", kText),        required("created_at", kTime),
                   field_of("closed_at", kTime), field_of("status", plan.status_type()),
                   required("amount", kDollars), field_of("outcome", kText)};
    deal.fields[0].key = true;
    deal.key = 0;
    deal.known_from = 1;
    deal.fields[2].known_from = 2;
    deal.fields[3].known_from = 2;
    deal.fields[3].before = integer(0); // open
    deal.fields[5].known_from = 2;
    return deal;
}

plan::Entity line() {
    plan::Entity line = child("line", "lines", 2);
    line.parent_key_column = "deal_id";
    line.fields = {required("amount", kDollars)};
    return line;
}

template <class T>
T must(const tl::expected<T, Fault>& read) {
    if (!read)
        throw std::invalid_argument(std::string(words(read.error())));
    return *read;
}

} // namespace

std::int64_t at(std::string_view written) {
    const WrittenTime time = must(read_time(written));
    return time.local.microseconds - time.offset_seconds.value_or(0) * kSecond;
}

std::int64_t day(std::string_view written) {
    return must(read_date(written)).days;
}

SmallPlan::SmallPlan() {
    plan.name = "small";
    plan.version = "1";
    plan.timezone = "America/New_York";
    plan.currency = *Currency::of("USD");
    plan.schema.enums = {enum_type("plan", {"free", "team", "enterprise"}),
                         enum_type("industry", {"design", "agency", "media"}),
                         enum_type("", {"open", "won", "lost"}),
                         enum_type("tier", {"out", "D", "C", "B", "A"})};
    plan.schema.entities = {account(*this), event(), deal(*this), line()};
}

NodeId SmallPlan::constant(plan::Type type, Value value) {
    const NodeId id = node(Op::Constant, type, {});
    last_node().literal = std::move(value);
    return id;
}

NodeId SmallPlan::unknown(plan::Type type) {
    return constant(type, Value::unknown(plan::Cause::NotWritten, kNoNode));
}

plan::EntityIndex SmallPlan::entity(std::string_view name) const {
    return plan.schema.entity_named(name).value();
}

plan::FieldIndex SmallPlan::field_index(std::string_view path) const {
    const auto dot = path.find('.');
    return plan.schema.entities[entity(path.substr(0, dot))]
        .field_named(path.substr(dot + 1))
        .value();
}

NodeId SmallPlan::field(std::string_view path, std::uint32_t level) {
    const plan::EntityIndex owner = entity(path.substr(0, path.find('.')));
    const plan::FieldIndex index = field_index(path);
    const NodeId id = node(Op::Field, plan.schema.entities[owner].fields[index].type, {});
    last_node().index = index;
    last_node().level = owner == plan.schema.root ? 0 : level;
    last_node().detail = owner;
    return id;
}

NodeId SmallPlan::node(Op op, plan::Type type, std::vector<NodeId> operands) {
    plan::Node node;
    node.op = op;
    node.type = type;
    node.operands = std::move(operands);
    plan.nodes.push_back(std::move(node));
    return static_cast<NodeId>(plan.nodes.size() - 1);
}

NodeId SmallPlan::rule_result(Op op, plan::Type type, std::uint32_t rule, std::int64_t detail) {
    const NodeId id = node(op, type, {});
    last_node().index = rule;
    last_node().detail = detail;
    return id;
}

NodeId SmallPlan::aggregate(plan::Aggregate aggregate, plan::Type type, std::uint32_t level) {
    const NodeId id = node(Op::Aggregate, type, {});
    last_node().index = static_cast<std::uint32_t>(plan.aggregates.size());
    last_node().level = level;
    aggregate.owner = plan.schema.root;
    const auto parent = plan.schema.entities[aggregate.collection].parent;
    if (level > 1 && parent != plan.schema.root) { // of the element that encloses it
        aggregate.owner = *parent;
        aggregate.owner_level = level - 1;
    }
    plan.aggregates.push_back(std::move(aggregate));
    return id;
}

plan::Aggregate SmallPlan::over(std::string_view collection, plan::AggregateKind kind, NodeId where,
                                NodeId value) const {
    plan::Aggregate aggregate;
    aggregate.kind = kind;
    aggregate.collection = plan.schema.entity_of_collection(collection).value();
    aggregate.where = where;
    aggregate.value = value;
    const auto time = plan.schema.entities[aggregate.collection].visible_from();
    aggregate.has_time_field = time.has_value();
    aggregate.time_field = time.value_or(0);
    return aggregate;
}

plan::Window SmallPlan::last(std::int64_t microseconds) {
    plan::Window window;
    window.span.microseconds = microseconds;
    return window;
}

plan::Window SmallPlan::last_calendar(plan::CalendarUnit unit, std::int64_t count) {
    plan::Window window;
    window.span.calendar = true;
    window.span.unit = unit;
    window.span.count = count;
    return window;
}

plan::Window SmallPlan::since(NodeId anchor) {
    plan::Window window;
    window.kind = plan::WindowKind::Since;
    window.anchor = anchor;
    return window;
}

plan::Window SmallPlan::before(NodeId anchor) {
    plan::Window window;
    window.kind = plan::WindowKind::Before;
    window.anchor = anchor;
    return window;
}

plan::Window SmallPlan::last_before(std::int64_t microseconds, NodeId anchor) {
    plan::Window window = last(microseconds);
    window.kind = plan::WindowKind::LastBefore;
    window.anchor = anchor;
    return window;
}

std::uint32_t SmallPlan::add_rule(plan::RuleKind kind, std::string name, plan::Type type,
                                  std::size_t version) {
    plan::Rule rule;
    rule.kind = kind;
    rule.name = std::move(name);
    rule.type = type;
    rule.versions = {static_cast<std::uint32_t>(version)};
    plan.rules.push_back(std::move(rule));
    return static_cast<std::uint32_t>(plan.rules.size() - 1);
}

std::uint32_t SmallPlan::add(plan::Fit fit, std::string name) {
    plan.fits.push_back(std::move(fit));
    return add_rule(plan::RuleKind::Fit, std::move(name), tier_type(), plan.fits.size() - 1);
}

std::uint32_t SmallPlan::add(plan::Decision decision, plan::Type type, std::string name) {
    plan.decisions.push_back(std::move(decision));
    return add_rule(plan::RuleKind::Decision, std::move(name), type, plan.decisions.size() - 1);
}

std::uint32_t SmallPlan::add(plan::Table table, std::string name) {
    plan.tables.push_back(std::move(table));
    return add_rule(plan::RuleKind::Table, std::move(name), kBool, plan.tables.size() - 1);
}

plan::PointsClause clause(std::int64_t points, NodeId when) {
    plan::PointsClause clause;
    clause.points = points;
    clause.when = when;
    return clause;
}

} // namespace rulebook::testing
