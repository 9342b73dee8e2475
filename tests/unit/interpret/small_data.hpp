// Records made by hand, for the schema of SmallPlan.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "tests/unit/interpret/small_plan.hpp"

namespace rulebook::testing {

using FieldValues = std::vector<std::pair<std::string_view, Value>>;

// Fields that are not named are missing; keys are made up. Accounts come out in the order in which
// they are added; children in the order of their collection.
class SmallData {
public:
    explicit SmallData(const SmallPlan& plan) : plan_(plan.plan) {}

    data::RowIndex account(const FieldValues& fields = {}) { return add("account", 0, fields); }
    void event(data::RowIndex account, const FieldValues& fields) { add("event", account, fields); }
    // The number of the deal among all that were added, which `line` takes.
    data::RowIndex deal(data::RowIndex account, const FieldValues& fields) {
        return add("deal", account, fields);
    }
    void line(data::RowIndex deal, const FieldValues& fields) { add("line", deal, fields); }
    // Of an entity that a test has added to the schema.
    void child(std::string_view entity, data::RowIndex account, const FieldValues& fields) {
        add(entity, account, fields);
    }
    // A row of `accounts_history`.
    void plan_version(data::RowIndex account, std::int64_t known_from, Value plan) {
        version(account, known_from, {std::move(plan)});
    }
    // The same where a test has made more fields tracked: a value for each, in their order.
    void version(data::RowIndex account, std::int64_t known_from, std::vector<Value> tracked) {
        versions_.push_back({account, known_from, std::move(tracked)});
    }
    void taken_at(std::int64_t instant) { taken_at_ = instant; }

    data::Dataset build() const;

private:
    struct Added {
        plan::EntityIndex entity = 0;
        data::RowIndex parent = 0;
        data::RowIndex number = 0; // among the records of the entity
        std::vector<Value> values; // one a field
    };
    struct Version {
        data::RowIndex account = 0;
        std::int64_t known_from = 0;
        std::vector<Value> tracked;
    };
    Value key(plan::EntityIndex entity, data::RowIndex number) const;
    data::RowIndex add(std::string_view entity, data::RowIndex parent, const FieldValues& fields);

    const plan::Plan& plan_;
    std::vector<Added> records_;
    std::vector<Version> versions_;
    std::optional<std::int64_t> taken_at_;
};

} // namespace rulebook::testing
