#include "tools/sample/company.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <tuple>

#include "tools/sample/random.hpp"
#include "tools/sample/segment.hpp"

namespace rulebook::sample {

namespace {

using Words = std::span<const std::string_view>;

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

constexpr std::string_view kDecisionMakers[] = {
    "Head of Design", "Head of Marketing",   "VP Sales",
    "VP Product",     "Director of Product", "Chief Revenue Officer"};
constexpr std::string_view kOthers[] = {"Designer",  "Marketing Manager",     "Account Executive",
                                        "Developer", "Customer Success Lead", "Freelancer",
                                        "Student",   "Product Designer"};
constexpr std::string_view kIndustries[] = {"design",   "agency", "media",
                                            "software", "retail", "other"};
constexpr std::string_view kRegions[] = {"NA", "EMEA", "APAC", "LATAM"};
constexpr std::int64_t kRegionWeights[] = {46, 30, 14, 10};
constexpr std::string_view kPlans[] = {"free", "basic", "team", "enterprise"};
constexpr std::string_view kFreeMail[] = {"gmail.com", "outlook.com", "yahoo.com", "icloud.com"};
constexpr std::string_view kCompetitors[] = {"rival.example", "other-tool.example"};
constexpr std::string_view kFirstNames[] = {"ada", "ben",  "carla", "dmitri", "eva",  "femi",
                                            "gus", "hana", "ines",  "jonas",  "kemi", "liu"};
constexpr std::string_view kOwnChannels[] = {"search", "ads", "newsletter", "webinar", "community"};
constexpr std::string_view kCampaigns[] = {"spring_launch", "partner_week", "templates",
                                           "crm_guide"};

class Maker {
public:
    Maker(std::uint64_t seed, std::uint64_t number)
        : random_(seed, number), segment_(kSegments[pick_segment()]), number_(number) {}

    Company make() {
        company_.id = "acct_" + std::to_string(number_ + 1);
        company_.signed_up_at =
            kTakenAt - random_.between(5 * kDay / kSecond, 730 * kDay / kSecond) * kSecond;
        add_profile();
        add_users();
        add_connections();
        add_usage();
        add_own_touches();
        const bool rep = add_rep();
        add_deals(rep);
        std::ranges::sort(company_.events, {}, [](const Event& event) {
            return std::tie(event.at, event.name, event.user);
        });
        std::ranges::sort(company_.touches, {}, [](const Touch& touch) {
            return std::tie(touch.at, touch.channel, touch.campaign, touch.minutes);
        });
        return std::move(company_);
    }

private:
    std::size_t pick_segment() {
        std::array<std::int64_t, kSegments.size()> weights{};
        std::ranges::transform(kSegments, weights.begin(), &Segment::weight);
        return random_.weighted(weights);
    }

    std::int64_t spread(Range range) { return random_.spread(range.least, range.most); }
    std::string word(Words words) { return std::string(random_.one_of(words)); }

    // Some seconds of `least` to `most` days later.
    std::int64_t later(std::int64_t instant, std::int64_t least, std::int64_t most) {
        return instant + random_.between(least * 86'400, most * 86'400) * kSecond;
    }

    void add_profile() {
        Company& company = company_;
        const std::int64_t revenue = spread(segment_.revenue);
        if (!random_.chance(120)) // reported in round numbers
            company.annual_revenue_cents = revenue / 10'000 * 10'000 * 100;
        const std::int64_t employees = spread(segment_.employees);
        if (!random_.chance(80))
            company.employees = employees;
        if (!random_.chance(50))
            company.industry = word(kIndustries);
        company.region = kRegions[random_.weighted(kRegionWeights)];
        company.plan = kPlans[random_.weighted(segment_.plans)];
        const std::int64_t seats = spread(segment_.seats);
        if (!random_.chance(30))
            company.seats = seats;
        users_ = std::min<std::int64_t>(seats, 12);
        company.email = word(kFirstNames) + '@'; // one draw after the other
        company.email += mail_domain();
        if (!random_.chance(200))
            company.advanced_usage = random_.chance(segment_.advanced);
        if (!random_.chance(300))
            company.do_not_contact = random_.chance(40);
    }

    std::string mail_domain() {
        if (random_.chance(8))
            return word(kCompetitors);
        if (random_.chance(segment_.private_mail))
            return word(kFreeMail);
        return "company-" + std::to_string(number_ + 1) + ".example";
    }

    void add_users() {
        std::int64_t joined = company_.signed_up_at;
        for (std::int64_t i = 0; i < users_ && joined < kTakenAt; ++i) {
            User user;
            user.id = company_.id + "_u" + std::to_string(i + 1);
            if (!random_.chance(150))
                user.title =
                    random_.chance(i == 0 ? segment_.decision_maker : segment_.decision_maker / 4)
                        ? word(kDecisionMakers)
                        : word(kOthers);
            user.joined_at = joined;
            company_.users.push_back(std::move(user));
            joined = later(joined, 0, 40);
        }
    }

    void add_event(std::int64_t instant, std::string_view name) {
        if (instant >= kTakenAt)
            return;
        Event event{.at = instant, .name = std::string(name), .user = {}};
        const auto joined = std::ranges::count_if(
            company_.users, [&](const User& user) { return user.joined_at <= instant; });
        if (joined > 0)
            event.user = company_.users[static_cast<std::size_t>(random_.below(joined))].id;
        company_.events.push_back(std::move(event));
    }

    // CRM and mailbox, in either order; often one alone, sometimes far apart.
    void add_connections() {
        if (!random_.chance(segment_.connects))
            return;
        const std::int64_t first = later(company_.signed_up_at, 0, 60);
        const bool crm_first = random_.chance(500);
        add_event(first, crm_first ? "integration.connected.crm" : "integration.connected.email");
        if (random_.chance(350))
            return;
        const std::int64_t second = later(first, 0, random_.chance(750) ? 13 : 45);
        add_event(second, crm_first ? "integration.connected.email" : "integration.connected.crm");
        if (second < kTakenAt)
            connected_at_ = second;
    }

    void add_usage() {
        const std::int64_t projects = random_.between(1, 2 + users_);
        for (std::int64_t i = 0; i < projects; ++i) {
            const std::int64_t created = later(company_.signed_up_at, 0, 240);
            add_event(created, "project.created");
            company_.active_projects += created < kTakenAt && random_.chance(700) ? 1 : 0;
        }
        for (std::size_t i = 1; i < company_.users.size(); ++i)
            add_event(company_.users[i].joined_at, "invite.accepted");
        for (std::int64_t i = random_.below(4); i > 0; --i)
            add_event(later(company_.signed_up_at, 0, 300), "pricing.viewed");
        if (random_.chance(segment_.buys_with_rep / 4))
            add_event(later(company_.signed_up_at, 1, 120), "demo.requested");
    }

    void add_touch(std::int64_t instant, std::string channel, std::string_view motion,
                   std::optional<std::int64_t> minutes = {}) {
        if (instant >= kTakenAt)
            return;
        Touch touch{.at = instant,
                    .channel = std::move(channel),
                    .motion = std::string(motion),
                    .campaign = {},
                    .minutes = minutes};
        if (!minutes && random_.chance(600))
            touch.campaign = word(kCampaigns);
        company_.touches.push_back(std::move(touch));
    }

    // What marketing and the product did: before the sign-up and in the first months.
    void add_own_touches() {
        for (std::int64_t i = random_.between(0, 4); i > 0; --i) {
            const std::string channel = word(kOwnChannels);
            const bool webinar = channel == "webinar";
            add_touch(later(company_.signed_up_at - 30 * kDay, 0, 150), channel,
                      webinar ? "hybrid" : "self_service");
        }
    }

    // Whether a rep talked to the company.
    bool add_rep() {
        const bool steps_in =
            connected_at_ ? random_.chance(segment_.rep_steps_in) : random_.chance(60);
        if (!steps_in || company_.do_not_contact.value_or(false))
            return false;
        std::int64_t call = later(connected_at_.value_or(company_.signed_up_at), 0, 12);
        for (std::int64_t i = random_.between(1, 4); i > 0; --i) {
            const bool reached = !random_.chance(300);
            add_touch(call, "call", "sales_assisted",
                      reached ? random_.between(6, 45) : random_.between(0, 5));
            call = later(call, 1, 10);
        }
        if (random_.chance(400))
            add_touch(call, "meeting", "sales_assisted", random_.between(25, 60));
        return true;
    }

    void add_deals(bool rep) {
        std::int64_t from = connected_at_.value_or(company_.signed_up_at);
        const std::int64_t buys =
            rep && connected_at_ ? segment_.buys_with_rep : segment_.buys_alone;
        if (random_.chance(buys))
            from = add_deal("won", from);
        else if (random_.chance(rep ? 250 : 60))
            from = add_deal("lost", from);
        else
            return;
        if (random_.chance(150)) // and later more, or not
            add_deal(random_.chance(500) ? "won" : "lost", from);
    }

    // When it was closed, or would be.
    std::int64_t add_deal(std::string_view outcome, std::int64_t from) {
        Deal deal;
        deal.created_at = later(from, 3, 40);
        const std::int64_t closed_at = later(deal.created_at, 2, 60);
        if (deal.created_at >= kTakenAt)
            return closed_at;
        deal.cents = spread(segment_.amount) / 10 * 1'000;
        deal.status = closed_at < kTakenAt ? outcome : "open";
        if (closed_at < kTakenAt)
            deal.closed_at = closed_at;
        company_.deals.push_back(std::move(deal));
        return closed_at;
    }

    Random random_;
    const Segment& segment_;
    std::uint64_t number_;
    std::int64_t users_ = 0;
    std::optional<std::int64_t> connected_at_; // both
    Company company_;
};

} // namespace

Company make_company(std::uint64_t seed, std::uint64_t number) {
    return Maker(seed, number).make();
}

} // namespace rulebook::sample
