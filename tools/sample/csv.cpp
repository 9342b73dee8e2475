#include "tools/sample/csv.hpp"

#include "runtime/value/calendar_text.hpp"
#include "runtime/value/currency.hpp"
#include "runtime/value/decimal.hpp"

namespace rulebook::sample {

namespace {

// One line of a file, cell by cell. Nothing that is made here needs quotes.
class Line {
public:
    explicit Line(std::string& text) : text_(text) {}
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line() { text_ += '\n'; }

    Line& cell(std::string_view value) {
        next();
        text_ += value;
        return *this;
    }
    Line& time(std::optional<std::int64_t> microseconds) {
        next();
        if (microseconds)
            append_time(text_, Time{*microseconds});
        return *this;
    }
    Line& whole(std::optional<std::int64_t> value) {
        next();
        if (value)
            append_int(text_, *value);
        return *this;
    }
    Line& money(std::optional<std::int64_t> cents) {
        next();
        if (cents)
            append_money(text_, *cents, *Currency::of("USD"));
        return *this;
    }
    Line& truth(std::optional<bool> value) { return cell(!value ? "" : *value ? "true" : "false"); }

private:
    void next() {
        if (started_)
            text_ += ',';
        started_ = true;
    }

    std::string& text_;
    bool started_ = false;
};

std::string numbered(const std::string& id, std::string_view letter, std::size_t index) {
    return id + '_' + std::string(letter) + std::to_string(index + 1);
}

} // namespace

CsvTexts csv_heads() {
    return {.accounts = "id,signed_up_at,email,annual_revenue,employees,industry,region,plan,seats,"
                        "active_projects,advanced_usage,do_not_contact\n",
            .users = "id,account_id,title,joined_at\n",
            .events = "id,account_id,at,name,user\n",
            .touches = "id,account_id,at,channel,motion,campaign,minutes\n",
            .deals = "id,account_id,created_at,closed_at,status,amount\n"};
}

void append_company(CsvTexts& texts, const Company& company) {
    Line(texts.accounts)
        .cell(company.id)
        .time(company.signed_up_at)
        .cell(company.email)
        .money(company.annual_revenue_cents)
        .whole(company.employees)
        .cell(company.industry)
        .cell(company.region)
        .cell(company.plan)
        .whole(company.seats)
        .whole(company.active_projects)
        .truth(company.advanced_usage)
        .truth(company.do_not_contact);
    for (const User& user : company.users)
        Line(texts.users).cell(user.id).cell(company.id).cell(user.title).time(user.joined_at);
    for (std::size_t i = 0; i < company.events.size(); ++i) {
        const Event& event = company.events[i];
        Line(texts.events)
            .cell(numbered(company.id, "e", i))
            .cell(company.id)
            .time(event.at)
            .cell(event.name)
            .cell(event.user);
    }
    for (std::size_t i = 0; i < company.touches.size(); ++i) {
        const Touch& touch = company.touches[i];
        Line(texts.touches)
            .cell(numbered(company.id, "t", i))
            .cell(company.id)
            .time(touch.at)
            .cell(touch.channel)
            .cell(touch.motion)
            .cell(touch.campaign)
            .whole(touch.minutes);
    }
    for (std::size_t i = 0; i < company.deals.size(); ++i) {
        const Deal& deal = company.deals[i];
        Line(texts.deals)
            .cell(numbered(company.id, "d", i))
            .cell(company.id)
            .time(deal.created_at)
            .time(deal.closed_at)
            .cell(deal.status)
            .money(deal.cents);
    }
}

std::string data_toml() {
    std::string text = "# Made up by rulebook-sample.\ntaken_at = \"";
    append_time(text, Time{kTakenAt});
    return text + "\"\n";
}

} // namespace rulebook::sample
