#include "tools/rulec/flagged_parties.hpp"

#include <algorithm>

#include "runtime/credit/account_credit.hpp"

namespace rulec::tool {
namespace {

namespace plan = rulebook::plan;
using rulebook::engine::FlaggedDeal;
using rulebook::engine::PartyCredit;

// Below the condition; what aggregates ask of their elements is asked of records, not of parties.
void add_parties(const plan::Plan& book, const plan::Credit& credit, plan::NodeId id,
                 std::set<std::string>& parties) {
    const plan::Node& node = book.node(id);
    if (node.op == plan::Op::CreditedAmount)
        parties.insert(rulebook::credit::party_of(book, credit, node.literal).name);
    for (const plan::NodeId operand : node.operands)
        add_parties(book, credit, operand, parties);
}

} // namespace

std::map<std::string, std::set<std::string>> parties_in_flags(const plan::Plan& book,
                                                              std::uint32_t rule) {
    std::map<std::string, std::set<std::string>> parties;
    for (const std::uint32_t version : book.rules[rule].versions)
        for (const plan::Flag& flag : book.credits[version].flags)
            add_parties(book, book.credits[version], flag.when, parties[flag.name]);
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

} // namespace rulec::tool
