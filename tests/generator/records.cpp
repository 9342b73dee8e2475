#include "tests/generator/records.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <fmt/format.h>

#include "runtime/value/calendar.hpp"

namespace rulebook::generator {

namespace {

using plan::Entity;
using plan::EntityIndex;
using plan::FieldIndex;
using plan::TypeKind;
using plan::Value;

class Maker {
public:
    Maker(Randomness& random, const plan::Schema& schema, const RecordStyle& style)
        : random_(random), schema_(schema), style_(style) {}

    std::vector<InputRecord> make(std::size_t accounts) {
        const std::size_t crowded = random_.below(accounts);
        for (std::size_t i = 0; i < accounts; ++i) {
            add(schema_.root, Value());
            if (i == crowded && style_.crowd > 0)
                crowd();
        }
        return std::move(records_);
    }

private:
    void add(EntityIndex index, const Value& parent) {
        const Entity& entity = schema_.entities[index];
        InputRecord record;
        record.table = entity.collection;
        record.entity = index;
        record.values.parent_key = parent;
        for (const plan::Field& field : entity.fields)
            record.values.fields.push_back(value(field));
        settle(entity, record.values.fields);
        const Value key = entity.key ? record.values.fields[*entity.key] : Value();
        record.values.row = records_.size() + 1;
        records_.push_back(std::move(record));
        add_history(index, key);
        for (EntityIndex below = 0; below < schema_.entities.size(); ++below)
            if (schema_.entities[below].parent == index)
                for (std::int64_t i = random_.between(0, random_.one_in(4) ? 12 : 4); i > 0; --i)
                    add(below, key);
    }

    // Below the account that was added last.
    void crowd() {
        const auto& account = std::ranges::find_if(
            records_.rbegin(), records_.rend(), [&](const InputRecord& record) {
                return record.entity == schema_.root && !record.history;
            });
        const Value key = account->values.fields[*schema_.entities[schema_.root].key];
        std::vector<EntityIndex> collections;
        for (EntityIndex index = 0; index < schema_.entities.size(); ++index)
            if (index != schema_.root && schema_.entities[index].parent == schema_.root)
                collections.push_back(index);
        const EntityIndex chosen = random_.pick(collections);
        for (std::size_t i = 0; i < style_.crowd; ++i)
            add(chosen, key);
    }

    // A field that is known from f has the value from before where f is missing.
    void settle(const Entity& entity, std::vector<Value>& fields) {
        for (FieldIndex field = 0; field < entity.fields.size(); ++field) {
            const auto& known_from = entity.fields[field].known_from;
            if (known_from && !fields[*known_from].known())
                fields[field] = entity.fields[field].before.value_or(Value());
        }
    }

    void add_history(EntityIndex index, const Value& key) {
        const Entity& entity = schema_.entities[index];
        std::vector<FieldIndex> tracked;
        for (FieldIndex field = 0; field < entity.fields.size(); ++field)
            if (entity.fields[field].tracked)
                tracked.push_back(field);
        if (tracked.empty())
            return;
        std::int64_t known_from = kFirstInstant;
        for (std::int64_t i = random_.between(0, 3); i > 0; --i) {
            known_from += random_.between(1, 80) * kDay / 4;
            InputRecord record;
            record.table = entity.collection + "_history";
            record.entity = index;
            record.history = true;
            record.values.parent_key = key;
            record.values.fields.push_back(Value::of(known_from));
            for (const FieldIndex field : tracked)
                record.values.fields.push_back(value(entity.fields[field]));
            record.values.row = records_.size() + 1;
            records_.push_back(std::move(record));
        }
    }

    Value value(const plan::Field& field) {
        if (field.key)
            return Value::of(fmt::format("k{}", records_.size()));
        if (field.optional && random_.one_in(5))
            return {};
        if (field.range)
            return integer_in(field.range->low.integer(), field.range->high.integer());
        return of(field.type);
    }

    Value integer_in(std::int64_t low, std::int64_t high) {
        switch (random_.below(4)) {
        case 0:
            return Value::of(low);
        case 1:
            return Value::of(high - 1);
        default:
            return Value::of(low + random_.between(0, 12));
        }
    }

    Value integer() {
        static constexpr std::array<std::int64_t, 12> kIntegers = {
            0, 1, -1, 2, 3, 7, 10, 500, -40, 9'007'199'254'740'993, INT64_MAX, INT64_MIN};
        switch (random_.below(4)) {
        case 0:
            return Value::of(kIntegers[random_.below(kIntegers.size())]);
        case 1:
            return Value::of(random_.between(-3, 12));
        default:
            return Value::of(random_.between(-5, 20'000));
        }
    }

    // On the grid of the unit, such as rulebooks write amounts.
    Value amount(std::int64_t unit) {
        return random_.one_in(2) ? integer() : Value::of(random_.between(-2, 12) * unit);
    }

    Value time() {
        static constexpr std::array<Time, 4> kTimes = {
            // As rulebooks write them: see vocabulary.cpp.
            Time{1'772'341'200'000'000}, Time{1'772'953'200'000'000}, kFirstTime, kLastTime};
        if (random_.one_in(6)) // simultaneous with another one
            return Value::of(last_time_);
        if (random_.one_in(10))
            last_time_ = kTimes[random_.below(style_.calendar_ends ? 4 : 2)].microseconds;
        else
            last_time_ = kFirstInstant + random_.between(0, std::int64_t{69} * 4) * kDay / 4 +
                         (random_.one_in(6) ? random_.between(-1, 1) : 0);
        return Value::of(last_time_);
    }

    Value date() {
        // A leap day, and the ends of a leap year and of a century's last year that is none.
        static constexpr std::array<std::int32_t, 7> kDates = {
            19'782, 20'088, 47'846, 20'512, 20'520, kFirstDate.days, kLastDate.days};
        if (random_.one_in(5))
            return Value::of(std::int64_t{kDates[random_.below(style_.calendar_ends ? 7 : 5)]});
        return Value::of(std::int64_t{20'500} + random_.between(0, 90));
    }

    Value of(plan::Type type) {
        static constexpr std::array<double, 14> kNumbers = {
            0.0, -0.0, 0.1, 1.25, -3.5, 1e15, 1e308, 5e-324, 0.5, 3.0, 2.5, -7.75, 0.3, -0.7};
        static constexpr std::array<std::string_view, 8> kTexts = {
            "", "ads", "call", "ask", "Ann@Example.com", "Head of Ops", "ZOË", "a b  c"};
        switch (type.kind) {
        case TypeKind::Bool:
            return Value::of(random_.one_in(2));
        case TypeKind::Number:
            return Value::of(kNumbers[random_.below(kNumbers.size())]);
        case TypeKind::Text:
            return Value::of(std::string(kTexts[random_.below(kTexts.size())]));
        case TypeKind::Date:
            return date();
        case TypeKind::Time:
            return time();
        case TypeKind::Percent:
            return amount(25'000);
        case TypeKind::Money:
            return amount(333);
        case TypeKind::Enum:
            return Value::of(static_cast<std::int64_t>(
                random_.below(schema_.enums[type.enum_index()].values.size())));
        default:
            return integer();
        }
    }

    Randomness& random_;
    const plan::Schema& schema_;
    RecordStyle style_;
    std::int64_t last_time_ = kFirstInstant;
    std::vector<InputRecord> records_;
};

bool is_later(const Value& time, std::int64_t instant) {
    return time.known() && time.integer() > instant;
}

} // namespace

std::vector<InputRecord> random_input(Randomness& random, const plan::Schema& schema,
                                      std::size_t accounts, const RecordStyle& style) {
    return Maker(random, schema, style).make(accounts);
}

std::vector<InputRecord> known_at(const plan::Schema& schema, std::vector<InputRecord> records,
                                  std::int64_t instant) {
    std::vector<std::string> gone; // keys of records that are not there, and so their children
    std::erase_if(records, [&](InputRecord& record) {
        const Entity& entity = schema.entities[record.entity];
        auto& fields = record.values.fields;
        if (record.history)
            return is_later(fields[0], instant);
        const Value& parent = record.values.parent_key;
        const bool orphan = parent.known() && std::ranges::find(gone, parent.text()) != gone.end();
        const auto visible_from = entity.visible_from();
        if (orphan || (visible_from && is_later(fields[*visible_from], instant))) {
            if (entity.key)
                gone.emplace_back(fields[*entity.key].text());
            return true;
        }
        std::vector<FieldIndex> hidden;
        for (FieldIndex field = 0; field < entity.fields.size(); ++field)
            if (const auto& from = entity.fields[field].known_from;
                from && is_later(fields[*from], instant))
                hidden.push_back(field);
        for (const FieldIndex field : hidden)
            fields[field] = entity.fields[field].before.value_or(Value());
        return false;
    });
    return records;
}

data::Dataset dataset_of(const plan::Schema& schema, const std::vector<InputRecord>& records) {
    data::DatasetBuilder builder(schema, {nullptr, kLastInstant});
    for (const InputRecord& record : records)
        if (const auto added = builder.add(record.table, record.values); !added)
            throw std::logic_error(added.error().message);
    return builder.finish();
}

} // namespace rulebook::generator
