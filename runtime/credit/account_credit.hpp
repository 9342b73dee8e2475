// Credit rules over the deals of one account: which deals are credited, to whom, and why not.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/credit/division.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::credit {

enum class Uncredited : std::uint8_t {
#define RB_UNCREDITED(Name, words) Name,
#include "runtime/credit/uncredited.def"
};

std::string_view words(Uncredited cause);

// The credit rules of a plan made ready. Immutable; safe to share between threads.
class CreditShapes {
public:
    // Refuses what cannot be carried out: a model that this version cannot weigh or that has a
    // fault (credit.model), floors of more than 100% (credit.floors), deals or touches that do not
    // belong to the root record (credit.collection), an unknown zone (plan.zone). The plan is sound
    // and outlives the shapes.
    static Result<CreditShapes> prepare(const plan::Plan& plan);

    struct Version {
        std::uint32_t index = 0;                  // in Plan::credits
        std::vector<Model> models;                // as plan::Credit::splits
        std::vector<plan::FieldIndex> key_fields; // of the touch, as Touch::keys
        std::vector<PartyPart> floors;
        Party without_touches;
    };
    struct Rule {
        std::uint32_t index = 0;         // in Plan::rules
        std::vector<Version> versions{}; // by the start of their range
    };

    const plan::Plan& plan() const { return *plan_; }
    const time::Zone& zone() const { return *zone_; }
    const std::vector<Rule>& rules() const { return rules_; } // in the order of Plan::rules

private:
    CreditShapes(const plan::Plan& plan, const time::Zone& zone) : plan_(&plan), zone_(&zone) {}

    const plan::Plan* plan_;
    const time::Zone* zone_;
    std::vector<Rule> rules_;
};

// The party that a value of the rule's party field stands for; an unknown one is party `unknown`.
Party party_of(const plan::Plan& plan, const plan::Credit& credit, const plan::Value& value);

// A touch of the account and whether the rule takes it for the deal.
struct ConsideredTouch {
    enum class Standing : std::uint8_t {
        Taken,
        TooEarly,     // before the lookback
        TooLate,      // after c
        NotAmong,     // the rule's filter is false
        AmongUnknown, // or unknown
    };
    interpret::RowIndex row = 0;
    std::int64_t instant = 0;
    Standing standing = Standing::Taken;
};

// A deal that a rule is about at as_of, or may be about. Credited, or listed with a cause: together
// they are all, in count and sum.
struct DealCredit {
    std::uint32_t rule = 0;    // index in Plan::rules
    std::uint32_t version = 0; // index in Plan::credits
    interpret::RowIndex deal = 0;
    std::optional<Uncredited> uncredited;
    plan::Value at;     // Time: c
    plan::Value amount; // Money; at as_of where c is unknown
    plan::Value judged; // `for`, Bool

    // Credited only:
    std::vector<ConsideredTouch> touches;   // of the account, in order
    std::vector<interpret::RowIndex> taken; // the touches that `division` is over, by its indexes
    std::vector<plan::Value> conditions;    // of the splits, Bool
    std::vector<DealFacts> facts;           // of the splits
    Division division;
    std::vector<Party> unseen;      // parties of touches that the learnt weights do not know
    std::vector<plan::Value> flags; // Bool, as plan::Credit::flags

    bool credited() const { return !uncredited; }
};

// A deal that credit_deals says nothing of.
struct OtherDeal {
    enum class Why : std::uint8_t {
        NotKnownYet, // it is not visible at as_of
        NotFor,      // `for` is false
        Later,       // c is after as_of
    };
    Why why = Why::NotFor;
    std::uint32_t version = 0; // index in Plan::credits
    plan::Value judged;        // `for`, Bool; unless NotKnownYet
    plan::Value at;            // Later only
};

// Why the rule has no DealCredit of a deal of the root record; nothing where it has one, or divides
// other records.
std::optional<OtherDeal> other_deal(const CreditShapes& shapes, std::uint32_t rule,
                                    interpret::Evaluator& evaluator, interpret::RowIndex root,
                                    interpret::Record deal, std::int64_t as_of,
                                    const interpret::FiredLookup* fired);

// What the rule says of a deal of the root record that is visible at `as_of`, by the version that
// is about it and in force at c; nothing: see other_deal. A deal's amount is credited once.
std::optional<DealCredit> credit_deal(const CreditShapes& shapes, const CreditShapes::Rule& rule,
                                      interpret::Evaluator& evaluator, interpret::Record root,
                                      interpret::Record deal, std::int64_t as_of,
                                      const interpret::FiredLookup* fired, Detail detail);

// Every deal of the root record that is visible at `as_of`, for every credit rule. `fired`: may be
// null if there are no triggers. The evaluator's plan is that of the shapes.
std::vector<DealCredit> credit_deals(const CreditShapes& shapes, interpret::Evaluator& evaluator,
                                     interpret::RowIndex root, std::int64_t as_of,
                                     const interpret::FiredLookup* fired,
                                     Detail detail = Detail::Explained);

} // namespace rulebook::credit
