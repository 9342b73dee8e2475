#include "tests/credit_oracle/oracle.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <string>

#include "tests/credit_oracle/weights.hpp"

namespace rulebook::credit_oracle {

namespace {

constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();

std::string name_of(const Deal& deal, int party) {
    if (party == kUnknown)
        return "unknown";
    if (party == kUnattributed)
        return "unattributed";
    return deal.names[static_cast<std::size_t>(party)];
}

std::uint32_t first_rank(const Deal& deal, int party) {
    std::uint32_t first = kNever;
    for (const Touch& touch : deal.touches)
        if (touch.party == party)
            first = std::min(first, touch.rank);
    return first;
}

// Earlier first touch, none last, then by name. A party that is called as the unknown one is
// called stands before it.
void sort_for_ties(const Deal& deal, std::vector<PartyCredit>& parties) {
    struct Tie {
        std::uint32_t rank;
        std::string name;
        bool is_named;
    };
    std::map<int, Tie> ties;
    for (const PartyCredit& each : parties)
        ties[each.party] = {first_rank(deal, each.party), name_of(deal, each.party),
                            each.party >= 0};
    std::ranges::sort(parties, [&](const PartyCredit& left, const PartyCredit& right) {
        const Tie& a = ties.at(left.party);
        const Tie& b = ties.at(right.party);
        if (a.rank != b.rank)
            return a.rank < b.rank;
        if (a.name != b.name)
            return a.name < b.name;
        return a.is_named && !b.is_named;
    });
}

// Parts of a whole, rounded down; what is left goes, a unit each, to the largest remainders.
std::vector<mpz_class> largest_remainder(const mpz_class& whole,
                                         const std::vector<mpq_class>& parts) {
    std::vector<mpz_class> amounts;
    std::vector<mpq_class> remainders;
    mpz_class left = whole;
    for (const mpq_class& part : parts) {
        const mpq_class exact = part * mpq_class(whole);
        mpz_class down;
        mpz_fdiv_q(down.get_mpz_t(), exact.get_num_mpz_t(), exact.get_den_mpz_t());
        left -= down;
        remainders.push_back(exact - mpq_class(down));
        amounts.push_back(std::move(down));
    }
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        const int compared = cmp(remainders[a], remainders[b]);
        return compared == 0 ? a < b : compared > 0;
    });
    for (std::size_t i = 0; left > 0; ++i, --left)
        ++amounts[order[i]];
    return amounts;
}

mpq_class floor_of(const Deal& deal, int party) {
    for (const PartyPart& floor : deal.floors)
        if (floor.party == party) {
            mpq_class made(static_cast<long>(floor.millionths), 1'000'000UL);
            made.canonicalize();
            return made;
        }
    return 0;
}

// One step: whoever is below the floor is raised to it, the others share what remains as before.
bool raise_who_is_below(const Deal& deal, std::vector<PartyCredit>& parties) {
    bool somebody = false;
    for (PartyCredit& each : parties)
        if (!each.raised && each.share < floor_of(deal, each.party))
            each.raised = somebody = true;
    if (!somebody)
        return false;
    mpq_class remains = 1;
    mpq_class of_others = 0;
    for (PartyCredit& each : parties) {
        if (each.raised)
            remains -= each.share = floor_of(deal, each.party);
        else
            of_others += each.share;
    }
    for (PartyCredit& each : parties)
        if (!each.raised)
            each.share = each.share * remains / of_others;
    return true;
}

void divide_over_touches(const Deal& deal, const ModelWeights& weights, PartyCredit& party,
                         const mpz_class& size) {
    std::vector<std::size_t> touches;
    mpq_class sum = 0;
    for (std::size_t i = 0; i < deal.touches.size(); ++i)
        if (deal.touches[i].party == party.party) {
            touches.push_back(i);
            sum += weights.touches[i];
        }
    std::vector<mpq_class> parts;
    for (const std::size_t touch : touches)
        parts.push_back(sum == 0 ? mpq_class(1) / mpq_class(mpz_class(touches.size()))
                                 : mpq_class(weights.touches[touch] / sum));
    if (touches.empty())
        return;
    const auto amounts = largest_remainder(size, parts);
    for (std::size_t i = 0; i < touches.size(); ++i)
        party.touches.push_back(
            {touches[i], parts[i], deal.amount < 0 ? mpz_class(-amounts[i]) : amounts[i]});
}

ModelWeights all_to(int party, std::size_t touches) {
    return {std::vector<mpq_class>(touches, mpq_class(0)), {{party, mpq_class(1)}}};
}

std::vector<PartyCredit> parties_of(const Deal& deal, const ModelWeights& weights) {
    std::map<int, mpq_class> shares = weights.named;
    for (std::size_t i = 0; i < deal.touches.size(); ++i)
        shares[deal.touches[i].party] += weights.touches[i];
    if (!deal.touches.empty())
        for (const PartyPart& floor : deal.floors)
            shares[floor.party] += 0;
    std::vector<PartyCredit> parties;
    for (const auto& [party, share] : shares)
        parties.push_back({.party = party, .by_model = share, .share = share});
    sort_for_ties(deal, parties);
    return parties;
}

} // namespace

Answer divide(const Deal& deal) {
    Answer answer;
    ModelWeights weights =
        all_to(deal.touches.empty() ? deal.without_touches : kUnattributed, deal.touches.size());
    for (std::size_t i = 0; i < deal.models.size() && !deal.touches.empty() && !answer.model; ++i) {
        if (deal.models[i].condition != Condition::True)
            continue;
        if (auto weighed = weigh(deal.models[i], deal.touches)) {
            weights = std::move(*weighed);
            answer.model = i;
        }
    }
    answer.parties = parties_of(deal, weights);
    while (!deal.touches.empty() && raise_who_is_below(deal, answer.parties)) {
    }
    const mpz_class size = abs(mpz_class(static_cast<long>(deal.amount)));
    std::vector<mpq_class> parts;
    for (PartyCredit& each : answer.parties) {
        each.exact_amount = each.share * mpq_class(size);
        parts.push_back(each.share);
    }
    const auto amounts = largest_remainder(size, parts);
    for (std::size_t i = 0; i < answer.parties.size(); ++i) {
        answer.parties[i].amount = deal.amount < 0 ? mpz_class(-amounts[i]) : amounts[i];
        divide_over_touches(deal, weights, answer.parties[i], amounts[i]);
    }
    return answer;
}

} // namespace rulebook::credit_oracle
