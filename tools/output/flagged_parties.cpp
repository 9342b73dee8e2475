#include "tools/output/flagged_parties.hpp"

#include <algorithm>

#include "runtime/credit/account_credit.hpp"
#include "runtime/plan/change_source.hpp"

namespace rulec::output {
namespace {

namespace plan = rulebook::plan;
using rulebook::engine::FlaggedDeal;
using rulebook::engine::PartyCredit;

} // namespace

std::map<std::string, std::set<std::string>> parties_in_flags(const plan::Plan& book,
                                                              std::uint32_t rule) {
    std::map<std::string, std::set<std::string>> parties;
    for (const std::uint32_t version : book.rules[rule].versions)
        for (const plan::Flag& flag : book.credits[version].flags)
            for (const plan::NodeId behind : plan::nodes_behind(book, flag.when))
                if (const plan::Node& node = book.node(behind); node.op == plan::Op::CreditedAmount)
                    parties[flag.name].insert(
                        rulebook::credit::party_of(book, book.credits[version], node.literal).name);
    return parties;
}

std::vector<const PartyCredit*> credits_of(const FlaggedDeal& flagged,
                                           const rulebook::engine::Results& results) {
    // Credits are in the order of accounts.
    const auto of_account =
        std::ranges::equal_range(results.credits, flagged.account, {}, &PartyCredit::account);
    std::vector<const PartyCredit*> credits;
    for (const PartyCredit& credit : of_account)
        if (credit.rule == flagged.rule && credit.deal == flagged.deal)
            credits.push_back(&credit);
    return credits;
}

std::vector<AskedParty> asked_parties(const FlaggedDeal& flagged,
                                      const std::set<std::string>& asked,
                                      const rulebook::engine::Results& results) {
    std::vector<AskedParty> parties;
    const auto credits = credits_of(flagged, results);
    for (const std::string& party : asked) {
        const auto credit = std::ranges::find(credits, party, &PartyCredit::party);
        parties.push_back({party, credit == credits.end() ? 0 : (*credit)->amount});
    }
    return parties;
}

} // namespace rulec::output
