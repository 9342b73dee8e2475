#!/usr/bin/env python3
"""What `rulec run` says of disputed deals, in deals, amounts and shares, worked out again from the data alone.

    disputes_test.py RULEC RULEBOOK_SAMPLE RULES_FOLDER

The flags of rules/crawl_walk_run and of rules/individuals_to_enterprise, and the shares of the latter's channels, to the cent; how the
flags relate to what truth.json knows; and what the run of rules/one_motion says where nothing is split.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from reference_run_test import instant, largest_remainder, load, number, read

ACCOUNTS = 4000
SALES, ALONE = "sales_assisted", "self_service"


def reached(touch):
    return touch["channel"] != "call" or number(touch["minutes"], 0) > 5


class Deal:
    """A won deal of an account, and the touches that led to it, in order."""

    def __init__(self, account, row):
        self.account, self.key = account, row["id"]
        self.created, self.closed = instant(row["created_at"]), instant(row["closed_at"])
        self.amount = Fraction(row["amount"])
        self.until = sorted((touch for touch in account.touches if instant(touch["at"]) <= self.closed), key=lambda touch: instant(touch["at"]))
        self.won_before = [other for other in account.deals
                           if other["status"] == "won" and instant(other["closed_at"]) < self.created]

    def taken(self, days):
        return [touch for touch in self.until if reached(touch) and instant(touch["at"]) > self.closed - timedelta(days=days)]

    def owned(self):
        since = self.account.row["owned_by_sales_since"]
        return bool(since) and instant(since) <= self.closed

    def reps(self, until):
        """When a rep reached them, until then."""
        return [at for at in (instant(touch["at"]) for touch in self.account.touches if touch["motion"] == SALES and reached(touch)) if at <= until]


def crawl_walk_run(deal):
    """Cents by party, and flags."""
    credit = deal.account.credit({"closed_at": deal.closed.isoformat(), "amount": str(deal.amount)})
    taken = deal.taken(730)
    flags = set()
    if credit.get(SALES) and deal.amount < 3_000 and not any(t["motion"] == SALES and instant(t["at"]) < deal.created for t in taken):
        flags.add("likely_self_service")
    if credit.get(ALONE) and deal.owned() and any(touch["campaign"] for touch in taken):
        flags.add("campaign_at_sales_account")
    if deal.amount >= 20_000 and credit.get(ALONE) and not credit.get(SALES) and any(t["motion"] == SALES for t in deal.until):
        flags.add("rep_removed_friction")
    return credit, flags


def individuals_to_enterprise(deal):
    taken = deal.taken(365)
    cents = int(deal.amount * 100)
    product = Fraction(3, 10) if deal.won_before else Fraction(7, 10)
    shares = {ALONE: product, SALES: 1 - product} if taken else {ALONE: Fraction(1)}
    credit = largest_remainder(cents, shares, [touch["motion"] for touch in taken] + sorted(shares))
    flags = set()
    if credit.get(SALES) and not deal.reps(deal.closed):
        flags.add("likely_self_service")
    if any(t["motion"] == SALES for t in taken) and any(
            deal.created - instant(first["closed_at"]) <= timedelta(days=30) and not deal.reps(instant(first["closed_at"]))
            for first in deal.won_before):
        flags.add("upgraded_with_a_rep")
    return credit, flags


def channel_mix(deal):
    """By the shape of the path: full path, W or U."""
    taken = deal.taken(365)
    cents = int(deal.amount * 100)
    if not taken:
        return {"unattributed": cents}, set()
    signed_up = instant(deal.account.row["signed_up_at"])
    if deal.amount >= 20_000:
        steps, each, others = [signed_up, deal.created, deal.closed], Fraction(225, 1000), Fraction(1, 10)
    elif any(touch["motion"] == SALES for touch in taken):
        steps, each, others = [signed_up, deal.created], Fraction(3, 10), Fraction(1, 10)
    else:
        steps, each, others = [signed_up], Fraction(4, 10), Fraction(1, 5)
    weights = [Fraction(0)] * len(taken)
    weights[0] += each
    for step in steps:
        before = [i for i, touch in enumerate(taken) if instant(touch["at"]) <= step]
        if before and step <= deal.closed:
            weights[before[-1]] += each
    rest = [i for i, weight in enumerate(weights) if not weight]
    for i in rest:
        weights[i] = others / len(rest)
    shares = defaultdict(Fraction)
    for touch, weight in zip(taken, weights):
        shares[touch["channel"]] += weight / sum(weights)
    return largest_remainder(cents, shares, [touch["channel"] for touch in taken]), set()


class Checks:
    def __init__(self):
        self.done, self.failed = 0, 0

    def same(self, what, found, expected):
        self.done += 1
        if found != expected:
            self.failed += 1
            print(f"{what}: {found}, expected {expected}")


def close(share, part, whole):
    return abs(Fraction(share) - Fraction(part, whole)) <= Fraction(1, 1_000_000)


def check_rule(checks, results, rule, divided):
    """divided: (deal, cents by party, flags) of all won deals."""
    summary = json.loads((results / "summary.json").read_text(encoding="utf-8"))
    told = next(each for each in summary["credit"] if each["rule"] == rule)["currencies"][0]
    credits = defaultdict(dict)
    for row in read(results, "credits.csv"):
        if row["rule"] == rule and Fraction(row["amount"]):
            credits[row["deal"]][row["party"]] = int(Fraction(row["amount"]) * 100)
    whole, parties, flagged, by_flag = 0, Counter(), defaultdict(set), defaultdict(Counter)
    for deal, credit, flags in divided:
        checks.same(f"{rule} of {deal.key}", credits[deal.key], credit)
        whole += int(deal.amount * 100)
        parties.update(credit)
        for flag in flags:
            flagged[flag].add(deal.key)
            by_flag[flag].update({"all": int(deal.amount * 100), **credit})
    rows = [(row["flag"], row["deal"]) for row in read(results, "flags.csv") if row["rule"] == rule]
    checks.same(f"flags of {rule}", sorted(rows), sorted((flag, deal) for flag, deals in flagged.items() for deal in deals))
    checks.same(f"{rule} in all", Fraction(told["credited"]["amount"]) * 100, whole)
    for flag in told["flags"]:
        name, amount = flag["flag"], by_flag[flag["flag"]].pop("all")
        checks.same(f"{name}: deals, amount, share", (flag["deals"], Fraction(flag["amount"]) * 100, close(flag["share"], amount, whole)),
                    (len(flagged[name]), amount, True))
        for party in flag["parties"]:
            got = by_flag[name].pop(party["party"])
            checks.same(f"{name}, {party['party']}: amount, share of its own",
                        (Fraction(party["amount"]) * 100, close(party["share"], got, parties[party["party"]])), (got, True))
        checks.same(f"further parties of {name}", +by_flag[name], Counter())
    checks.same(f"{rule} tells all flags", {flag["flag"] for flag in told["flags"]}, set(flagged))
    return {flag["flag"]: flag for flag in told["flags"]}


def check_printed(checks, printed, flags, asked):
    """The run prints of each flag the amount and the share, and of the party that it asks about, too."""
    for flag, party in asked.items():
        part = next(each for each in flags[flag]["parties"] if each["party"] == party)
        for line, sums in ((f"flag {flag}", flags[flag]), (f"  of what {party} gets", part)):
            cells = [f"{Decimal(sums['amount']):,}", f"{float(sums['share']) * 100:.2f}%", str(sums["deals"])]
            checks.same(line, any(each.startswith("  " + line) and each.split()[-3:] == cells for each in printed.splitlines()), True)


def check_truth(checks, flags, enterprise, truth):
    told = truth["disputes"]
    checks.same("upgraded with a rep", enterprise["upgraded_with_a_rep"]["deals"], told["upgraded_with_a_rep"]["deals"])
    # Those of the truth of which the party in question has a part.
    for flag, kind in (("campaign_at_sales_account", "campaign_at_sales_account"), ("rep_removed_friction", "brief_help")):
        checks.same(f"{flag}: some, and no more than there are", 0 < flags[flag]["deals"] <= told[kind]["deals"], True)
    checks.same("late reps are all found", flags["likely_self_service"]["deals"] >= told["late_rep"]["deals"] > 10, True)


def check_one_motion(checks, printed, results, deals):
    checks.same("no split is said plainly", "credit: no deal is split: this rulebook has no credit rule, and buying_motion is self_service for every account"
                in printed.splitlines(), True)
    summary = json.loads((results / "summary.json").read_text(encoding="utf-8"))
    checks.same("and in summary.json", (summary["credit"], summary["no_split"]), ([], {"decision": "buying_motion", "motion": ALONE}))
    won = {deal.account.row["id"] for deal in deals}
    by_rep = {deal.account.row["id"] for deal in deals if deal.reps(deal.closed)}
    bought = next(each for each in summary["decisions"] if each["rule"] == "bought")["accounts"]
    checks.same("bought", (bought["with_a_rep"], bought["alone"]), (len(by_rep), len(won - by_rep)))


def main():
    rulec, sample, rules = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    checks = Checks()
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        subprocess.run([sample, "--accounts", str(ACCOUNTS), "--seed", "9", "--out", str(data)], check=True)

        def run(rulebook):
            results = Path(scratch) / rulebook
            done = subprocess.run([rulec, "run", str(rules / rulebook), "--data", str(data), "--out", str(results)], check=True,
                                  capture_output=True, text=True)
            return results, done.stdout

        accounts = load(data, rules / "crawl_walk_run")
        deals = [Deal(account, row) for account in accounts.values() for row in account.deals if row["status"] == "won"]
        results, printed = run("crawl_walk_run")
        flags = check_rule(checks, results, "revenue_split", [(deal, *crawl_walk_run(deal)) for deal in deals])
        check_printed(checks, printed, flags, {"likely_self_service": SALES, "campaign_at_sales_account": ALONE, "rep_removed_friction": ALONE})
        results, printed = run("individuals_to_enterprise")
        enterprise = check_rule(checks, results, "revenue_split", [(deal, *individuals_to_enterprise(deal)) for deal in deals])
        check_printed(checks, printed, enterprise, {"likely_self_service": SALES})
        check_rule(checks, results, "channel_mix", [(deal, *channel_mix(deal)) for deal in deals])
        check_truth(checks, flags, enterprise, json.loads((data / "truth.json").read_text(encoding="utf-8")))
        results, printed = run("one_motion")
        check_one_motion(checks, printed, results, deals)
    deals_flagged = [(name, flag["deals"]) for found in (flags, enterprise) for name, flag in found.items()]
    print(f"{checks.done} checks, {checks.failed} failed; flagged deals: {deals_flagged}")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
