// Credit in numbers: who got how much, how the buyers bought, what is marked for review.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "runtime/engine/results.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/integer.hpp"
#include "tools/incremental/packed.hpp"

namespace rulec::tool {

class TextGrid;

class CreditSummary {
public:
    // `only`: the rules that were asked for; empty: all. The plan outlives it.
    CreditSummary(const rulebook::plan::Plan& plan, const std::vector<std::string>& only);

    // Results of further accounts.
    void add(const rulebook::engine::Results& results);
    // See RunSummary.
    void add(incremental::PackedReader& packed);
    void write(incremental::PackedWriter& packed) const;

    // A block per rule and currency. Ends in a line break.
    std::string text() const;
    nlohmann::ordered_json json() const;

    struct Sum {
        std::uint64_t deals = 0;
        rulebook::Int128 amount = 0; // minor units; wide enough for whatever there is

        void add(rulebook::Int128 more) {
            ++deals;
            amount += more;
        }
    };
    using Sums = std::map<std::string, Sum>;
    struct InCurrency {
        rulebook::Currency currency;
        Sum credited;
        Sums parties;
        Sums bought;
        Sums flags;
        std::map<std::string, Sums> flagged;     // by flag: what each party got of its deals
        Sum uncredited;                          // the amounts that are known
        std::uint64_t uncredited_amountless = 0; // of its deals
        // By a motion of the account as of the run (index in Plan::rules), its value, and party.
        std::map<std::uint32_t, std::map<std::string, Sums>> by_motion;
    };
    // By rule and currency code.
    const std::map<std::uint32_t, std::map<std::string, InCurrency>>& rules() const {
        return rules_;
    }

private:
    using PartiesByFlag = std::map<std::string, std::set<std::string>>;

    InCurrency* sums_of(std::uint32_t rule, rulebook::Currency currency);
    void add_flags(const rulebook::engine::Results& results);
    void add_credits(const rulebook::engine::Results& results);
    void add_by_motion(const rulebook::engine::Results& results,
                       const rulebook::engine::PartyCredit& credit, InCurrency& sums);
    void add_disputed(std::uint32_t rule, const std::string& flag, const InCurrency& sums,
                      TextGrid& grid) const;
    std::string text(std::uint32_t rule, const InCurrency& sums) const;
    std::string why_no_motion() const;
    nlohmann::ordered_json json(std::uint32_t rule, const InCurrency& sums) const;

    const rulebook::plan::Plan& plan_;
    std::vector<std::uint32_t> motions_; // the rules that say who leads
    std::vector<std::string> only_;
    std::map<std::uint32_t, PartiesByFlag> asked_; // by rule: whom its flags ask about
    std::map<std::uint32_t, std::map<std::string, InCurrency>> rules_;
};

} // namespace rulec::tool
