// The records of a case.
#include "tests/oracle/random_case.hpp"

namespace rulebook::oracle {

using testing::integer;
using testing::kDay;
using testing::text;

namespace {

plan::Value value_of(const std::optional<std::int64_t>& number) {
    return number ? integer(*number) : plan::Value();
}

void add_account(const Case& example, testing::SmallData& data) {
    data.account({{"since", value_of(example.since)},
                  {"active", example.active ? testing::truth(*example.active) : plan::Value()},
                  {"renews_at", value_of(example.renews_at)},
                  {"plan", integer(1)}});
}

// With everything that happens earlier by `earlier`.
void add_records(const Case& example, data::RowIndex account, std::int64_t earlier,
                 testing::SmallData& data) {
    for (const VersionRow& row : example.versions)
        data.version(account, row.known_from - earlier,
                     {row.zone ? text(*row.zone) : plan::Value(), integer(row.plan)});
    for (const EventRow& row : example.events) {
        testing::FieldValues fields{{"at", integer(row.at - earlier)},
                                    {"seq", value_of(row.sequence)},
                                    {"name", text(row.name)},
                                    {"value", value_of(row.value)}};
        if (!row.touch)
            fields.emplace_back("due", value_of(row.due));
        data.child(row.touch ? "touch" : "event", account, fields);
    }
    for (const DealRow& row : example.deals) {
        const data::RowIndex deal =
            data.deal(account, {{"created_at", integer(row.created_at - earlier)},
                                {"closed_at", value_of(row.closed_at)},
                                {"status", integer(row.status)},
                                {"amount", integer(100)}});
        for (std::int64_t line = 0; line <= row.status; ++line)
            data.line(deal, {{"amount", integer(line + 1)}});
    }
}

} // namespace

data::Dataset Case::dataset(const std::vector<std::int64_t>& earlier) const {
    testing::SmallData data(plan);
    for (std::size_t account = 0; account <= earlier.size(); ++account)
        add_account(*this, data);
    add_records(*this, 0, 0, data);
    for (std::size_t i = 0; i < earlier.size(); ++i)
        add_records(*this, static_cast<data::RowIndex>(i + 1), earlier[i], data);
    // Later than all that is asked about: the history alone says what was when.
    data.taken_at(question.as_of + 400 * kDay);
    return data.build();
}

} // namespace rulebook::oracle
