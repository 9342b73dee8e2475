#include "tools/sample/tables.hpp"

#include <fmt/format.h>

namespace rulebook::sample {

namespace {

using rulec::input::ColumnType;
using rulec::input::RowSink;

constexpr int kCents = 2;

void text(RowSink& sink, std::string_view value) {
    if (value.empty())
        sink.null();
    else
        sink.text(value);
}

void whole(RowSink& sink, std::optional<std::int64_t> value) {
    if (value)
        sink.integer(*value);
    else
        sink.null();
}

void truth(RowSink& sink, std::optional<bool> value) {
    if (value)
        sink.boolean(*value);
    else
        sink.null();
}

// acct_0000130_e2, the second event.
void child_key(RowSink& sink, const Company& company, std::string_view letter, std::size_t row) {
    sink.text(fmt::format("{}_{}{}", company.id, letter, row + 1));
    sink.text(company.id);
}

void write_account(const Company& company, std::size_t /*row*/, RowSink& sink) {
    sink.text(company.id);
    sink.time(company.signed_up_at);
    sink.text(company.email);
    if (company.annual_revenue_cents)
        sink.decimal(*company.annual_revenue_cents, kCents);
    else
        sink.null();
    whole(sink, company.employees);
    text(sink, company.industry);
    sink.text(company.region);
    sink.text(company.plan);
    whole(sink, company.seats);
    sink.integer(company.active_projects);
    truth(sink, company.advanced_usage);
    truth(sink, company.do_not_contact);
    if (company.owned_by_sales_since)
        sink.time(*company.owned_by_sales_since);
    else
        sink.null();
}

void write_user(const Company& company, std::size_t row, RowSink& sink) {
    const User& user = company.users[row];
    sink.text(user.id);
    sink.text(company.id);
    text(sink, user.title);
    sink.time(user.joined_at);
}

void write_event(const Company& company, std::size_t row, RowSink& sink) {
    const Event& event = company.events[row];
    child_key(sink, company, "e", row);
    sink.time(event.at);
    sink.text(event.name);
    text(sink, event.user);
}

void write_touch(const Company& company, std::size_t row, RowSink& sink) {
    const Touch& touch = company.touches[row];
    child_key(sink, company, "t", row);
    sink.time(touch.at);
    sink.text(touch.channel);
    sink.text(touch.motion);
    text(sink, touch.campaign);
    whole(sink, touch.minutes);
}

void write_deal(const Company& company, std::size_t row, RowSink& sink) {
    const Deal& deal = company.deals[row];
    child_key(sink, company, "d", row);
    sink.time(deal.created_at);
    if (deal.closed_at)
        sink.time(*deal.closed_at);
    else
        sink.null();
    sink.text(deal.status);
    sink.decimal(deal.cents, kCents);
}

void write_version(const Company& company, std::size_t row, RowSink& sink) {
    sink.text(company.id);
    sink.time(company.history[row].known_from);
    sink.text(company.history[row].plan);
}

std::array<SampleTable, kTableCount> made_tables() {
    return {{
        {"accounts",
         {{"id"},
          {"signed_up_at", ColumnType::Time},
          {"email"},
          {"annual_revenue", ColumnType::Decimal, kCents},
          {"employees", ColumnType::Integer},
          {"industry"},
          {"region"},
          {"plan"},
          {"seats", ColumnType::Integer},
          {"active_projects", ColumnType::Integer},
          {"advanced_usage", ColumnType::Boolean},
          {"do_not_contact", ColumnType::Boolean},
          {"owned_by_sales_since", ColumnType::Time}},
         [](const Company&) { return std::size_t{1}; },
         write_account},
        {"users",
         {{"id"}, {"account_id"}, {"title"}, {"joined_at", ColumnType::Time}},
         [](const Company& company) { return company.users.size(); },
         write_user},
        {"events",
         {{"id"}, {"account_id"}, {"at", ColumnType::Time}, {"name"}, {"user"}},
         [](const Company& company) { return company.events.size(); },
         write_event},
        {"touches",
         {{"id"},
          {"account_id"},
          {"at", ColumnType::Time},
          {"channel"},
          {"motion"},
          {"campaign"},
          {"minutes", ColumnType::Integer}},
         [](const Company& company) { return company.touches.size(); },
         write_touch},
        {"deals",
         {{"id"},
          {"account_id"},
          {"created_at", ColumnType::Time},
          {"closed_at", ColumnType::Time},
          {"status"},
          {"amount", ColumnType::Decimal, kCents}},
         [](const Company& company) { return company.deals.size(); },
         write_deal},
        {"accounts_history",
         {{"id"}, {"known_from", ColumnType::Time}, {"plan"}},
         [](const Company& company) { return company.history.size(); },
         write_version},
    }};
}

} // namespace

const std::array<SampleTable, kTableCount>& sample_tables() {
    static const std::array<SampleTable, kTableCount> tables = made_tables();
    return tables;
}

} // namespace rulebook::sample
