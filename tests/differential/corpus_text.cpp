#include "tests/differential/corpus_text.hpp"

#include <fmt/format.h>

#include "tests/differential/stated_warnings.hpp"
#include "tests/differential/written_value.hpp"

namespace rulebook::differential {

namespace {

using generator::InputRecord;
using plan::EntityIndex;

class TestWriter {
public:
    TestWriter(const Failure& failure, const plan::Plan& plan)
        : failure_(failure), plan_(plan), schema_(plan.schema) {}

    std::string write() {
        std::string text = failure_.text;
        text += fmt::format("\n// {}, {}: expected {}, found {}\n", failure_.difference.what,
                            failure_.difference.way, failure_.difference.expected,
                            failure_.difference.found);
        text += fmt::format("test \"every engine gives the same\" {{\n  account {}\n", account());
        text += fmt::format("  as_of {}\n", time(failure_.instant));
        return text + expectations() + "}\n";
    }

private:
    std::string time(std::int64_t instant) const {
        return written(schema_, plan::Type::of(plan::TypeKind::Time), plan::Value::of(instant));
    }

    std::string account() const {
        for (const InputRecord& record : failure_.records)
            if (record.entity == schema_.root && !record.history &&
                key_of(record) == failure_.account)
                return shown(record, 4);
        return "{}";
    }

    std::string key_of(const InputRecord& record) const {
        const plan::Entity& entity = schema_.entities[record.entity];
        if (!entity.key || !record.values.fields[*entity.key].known())
            return {};
        return record.values.fields[*entity.key].text();
    }

    std::string shown(const InputRecord& record, std::size_t indent) const {
        const plan::Entity& entity = schema_.entities[record.entity];
        std::string text = "{";
        for (std::size_t i = 0; i < entity.fields.size(); ++i)
            text += field(entity.fields[i], record.values.fields[i]);
        const std::string key = key_of(record);
        if (!key.empty()) {
            text += listed(indent, "history", [&](const InputRecord& row) {
                return row.history && row.entity == record.entity && is_below(row, key);
            });
            for (EntityIndex below = 0; below < schema_.entities.size(); ++below)
                if (schema_.entities[below].parent == record.entity)
                    text += listed(
                        indent, schema_.entities[below].collection, [&](const InputRecord& row) {
                            return !row.history && row.entity == below && is_below(row, key);
                        });
        }
        return text + " }";
    }

    static bool is_below(const InputRecord& record, const std::string& key) {
        return record.values.parent_key.known() && record.values.parent_key.text() == key;
    }

    std::string field(const plan::Field& field, const plan::Value& value) const {
        if (!value.known())
            return {};
        return fmt::format(" {} {}", field.name, written(schema_, field.type, value));
    }

    std::string version(const InputRecord& row) const {
        std::string text = "{ known_from " + time(row.values.fields[0].integer());
        std::size_t at = 1;
        for (const plan::Field& each : schema_.entities[row.entity].fields)
            if (each.tracked)
                text += field(each, row.values.fields[at++]);
        return text + " }";
    }

    template <class Belongs>
    std::string listed(std::size_t indent, std::string_view name, const Belongs& belongs) const {
        std::string text;
        for (const InputRecord& row : failure_.records)
            if (belongs(row))
                text +=
                    fmt::format("{}\n{}{}", text.empty() ? "" : ",", std::string(indent + 2, ' '),
                                row.history ? version(row) : shown(row, indent + 2));
        return text.empty() ? text
                            : fmt::format("\n{}{} [{} ]", std::string(indent, ' '), name, text);
    }

    // What the interpreter says of the rules, so that all engines are asked about them.
    std::string expectations() const {
        const auto example = case_of(failure_.text, failure_.records);
        const auto oracle = Oracle::of(*example, {});
        const Answer& answer =
            oracle->answer({failure_.difference.question.root, failure_.instant});
        std::string text;
        const auto expect = [&](const std::string& what, bool known) {
            text += fmt::format("  expect {} is {}\n", what, known ? "known" : "missing");
        };
        for (std::uint32_t rule = 0; rule < plan_.rules.size(); ++rule) {
            const std::string& name = plan_.rules[rule].name;
            if (const auto& decision = answer.decisions[rule])
                expect(name, decision->value.known());
            if (const auto& table = answer.tables[rule])
                for (std::size_t i = 0; i < table->outputs.size(); ++i)
                    expect(name + "." + plan_.tables[table->version].outputs[i].name,
                           table->outputs[i].known());
            if (const auto& fit = answer.fits[rule]) {
                text += fmt::format("  expect {}.unknowns is {}\n", name, fit->unknowns);
                expect(name + ".score", true);
                if (fit->tier)
                    expect(name + ".tier", true);
            }
        }
        return text.empty() ? "  expect started_at is known\n" : text;
    }

    const Failure& failure_;
    const plan::Plan& plan_;
    const plan::Schema& schema_;
};

} // namespace

std::string corpus_text(const Failure& failure) {
    const auto plan = compiled(failure.text);
    return with_warnings_stated(TestWriter(failure, *plan).write());
}

} // namespace rulebook::differential
