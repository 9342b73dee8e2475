#include "tests/differential/shrink.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "tests/differential/shorter_text.hpp"
#include "tests/generator/schema_text.hpp"

namespace rulebook::differential {

namespace {

using generator::InputRecord;

constexpr std::size_t kMostTries = 4'000;

rulec::codegen::Request request_for(const plan::Plan& plan, std::int64_t instant,
                                    std::vector<plan::NodeId> nodes) {
    rulec::codegen::Request request;
    request.instant = instant;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        request.rules.push_back(rule);
    request.values = std::move(nodes);
    return request;
}

// Without records whose parents are not there.
std::vector<InputRecord> with_parents(const plan::Schema& schema,
                                      const std::vector<InputRecord>& records) {
    std::set<std::pair<plan::EntityIndex, std::string>> keys;
    std::vector<InputRecord> found;
    for (const InputRecord& record : records) {
        const plan::Entity& entity = schema.entities[record.entity];
        const plan::EntityIndex parent =
            record.history ? record.entity : entity.parent.value_or(record.entity);
        const plan::Value& above = record.values.parent_key;
        if (above.known() && !keys.contains({parent, above.text()}))
            continue;
        if (!record.history && entity.key)
            keys.insert({record.entity, record.values.fields[*entity.key].text()});
        found.push_back(record);
    }
    return found;
}

class Shrinker {
public:
    Shrinker(const Engine& engine, Failure failure)
        : engine_(engine), failure_(std::move(failure)) {}

    Failure shrink() {
        ask_for_the_value_alone();
        for (bool smaller = true; smaller && tries_ < kMostTries;) {
            smaller = drop_declarations();
            smaller = drop_records() || smaller;
            smaller = replace_text(without_a_line) || smaller;
            smaller = replace_text(with_simpler_expressions) || smaller;
        }
        drop_values();
        begin_early();
        return std::move(failure_);
    }

private:
    bool try_out(const std::string& text, const std::vector<InputRecord>& records) {
        if (tries_ >= kMostTries)
            return false;
        ++tries_;
        auto found = failure_at(engine_, text, records, failure_.instant);
        if (!found)
            return false;
        failure_ = *std::move(found);
        return true;
    }

    // What the node was made from is an expression over an account.
    void ask_for_the_value_alone() {
        const auto plan = compiled(failure_.text);
        if (!plan || failure_.difference.node == plan::kNoNode)
            return;
        const plan::Node& node = plan->node(failure_.difference.node);
        const std::string type = node.type.is(plan::TypeKind::Enum)
                                     ? plan->schema.enums[node.type.enum_index()].name
                                     : std::string(plan::spelling(node.type.kind));
        try_out(fmt::format("{}decide found -> {} {{\n  owner sales\n  choose {} otherwise\n}}\n",
                            generator::kSchemaText, type, plan->labels[failure_.difference.node]),
                failure_.records);
    }

    // Halves of the declarations, then quarters, …
    bool drop_declarations() {
        bool smaller = false;
        std::vector<std::string> all = declarations(failure_.text);
        for (std::size_t piece = all.size() / 2; piece > 0; piece /= 2)
            for (std::size_t first = 0; first < all.size();) {
                std::vector<std::string> kept = all;
                const std::size_t last = std::min(first + piece, all.size());
                kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(first),
                           kept.begin() + static_cast<std::ptrdiff_t>(last));
                std::string text;
                for (const std::string& declaration : kept)
                    text += declaration;
                if (try_out(text, failure_.records)) {
                    all = std::move(kept);
                    smaller = true;
                } else {
                    first += piece;
                }
            }
        return smaller;
    }

    template <class Shorter>
    bool replace_text(const Shorter& shorter) {
        bool smaller = false;
        for (bool found = true; found;) {
            found = false;
            for (const std::string& text : shorter(failure_.text))
                if (try_out(text, failure_.records)) {
                    found = smaller = true;
                    break;
                }
        }
        return smaller;
    }

    bool drop_records() {
        const auto plan = compiled(failure_.text);
        bool smaller = keep_one_account(plan->schema);
        for (std::size_t piece = failure_.records.size() / 2; piece > 0; piece /= 2)
            for (std::size_t first = 0; first < failure_.records.size();) {
                std::vector<InputRecord> kept = failure_.records;
                const std::size_t last = std::min(first + piece, kept.size());
                kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(first),
                           kept.begin() + static_cast<std::ptrdiff_t>(last));
                if (try_out(failure_.text, with_parents(plan->schema, kept)))
                    smaller = true;
                else
                    first += piece;
            }
        return smaller;
    }

    bool keep_one_account(const plan::Schema& schema) {
        std::vector<InputRecord> kept;
        std::size_t accounts = 0;
        for (const InputRecord& record : failure_.records) {
            const bool is_account = record.entity == schema.root && !record.history;
            accounts += is_account ? 1 : 0;
            if (!is_account ||
                record.values.fields[*schema.root_entity().key].text() == failure_.account)
                kept.push_back(record);
        }
        return accounts > 1 && try_out(failure_.text, with_parents(schema, kept));
    }

    // Missing where that changes nothing.
    void drop_values() {
        for (std::size_t record = 0; record < failure_.records.size(); ++record)
            for (std::size_t field = 0; field < failure_.records[record].values.fields.size();
                 ++field)
                if (failure_.records[record].values.fields[field].known())
                    try_value(record, field, {});
    }

    // An account that is there at the instant; its origin is required.
    void begin_early() {
        const auto plan = compiled(failure_.text);
        const plan::Schema& schema = plan->schema;
        const auto origin = std::ranges::find_if(schema.root_entity().fields, &plan::Field::origin);
        const auto field = static_cast<std::size_t>(origin - schema.root_entity().fields.begin());
        for (std::size_t record = 0; record < failure_.records.size(); ++record)
            if (failure_.records[record].entity == schema.root && !failure_.records[record].history)
                try_value(record, field,
                          plan::Value::of(std::min(generator::kFirstInstant, failure_.instant)));
    }

    void try_value(std::size_t record, std::size_t field, const plan::Value& value) {
        std::vector<InputRecord> changed = failure_.records;
        changed[record].values.fields[field] = value;
        try_out(failure_.text, changed);
    }

    const Engine& engine_;
    Failure failure_;
    std::size_t tries_ = 0;
};

} // namespace

std::optional<Failure> failure_at(const Engine& engine, const std::string& text,
                                  const std::vector<InputRecord>& records, std::int64_t instant) {
    const auto example = case_of(text, records);
    if (!example || example->dataset.size(example->plan.schema.root) == 0)
        return std::nullopt;
    const auto oracle = Oracle::of(*example, nodes_of_roots(example->plan));
    const auto code =
        engine.compile(example->plan, request_for(example->plan, instant, oracle->nodes()));
    if (!code)
        return std::nullopt;
    const auto questions = side_by_side(*example, instant);
    const auto found = difference(*code, *oracle, questions, questions);
    if (!found)
        return std::nullopt;
    return Failure{
        text, records, instant,
        std::string(example->dataset.key_text(example->plan.schema.root, found->question.root)),
        *found};
}

Failure shrunk(const Engine& engine, Failure failure) {
    return Shrinker(engine, std::move(failure)).shrink();
}

} // namespace rulebook::differential
