#!/usr/bin/env python3
"""Prints what `rulec run` wrote to a folder, for people: tiers, decisions, firings, credit.

    summary.py RESULTS                     the summary
    summary.py --telling-account RESULTS   the key of an account that shows much: fired, and credited afterwards
"""

import csv
import json
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path


def rows(folder, name):
    path = folder / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bar(count, total, width=30):
    return "#" * round(width * count / total) if total else ""


def print_counts(title, counts, order=None):
    total = sum(counts.values())
    print(f"\n{title}")
    for name in order or [name for name, _ in counts.most_common()]:
        count = counts[name]
        share = 100 * count / total if total else 0
        print(f"  {name or '(unknown)':<18} {count:>6}  {share:5.1f}%  {bar(count, total)}")


def dollars(amount):
    return f"{amount:>15,.2f}"


def print_accounts(accounts):
    heads = list(accounts[0]) if accounts else []
    for head in heads:
        if head.endswith("_tier"):
            fit = head.removesuffix("_tier")
            counts = Counter(row[head] for row in accounts)
            print_counts(f"{fit}: accounts by tier", counts, sorted(counts, key=lambda tier: (tier == "out", tier)))
        elif f"{head}_clause" in heads:
            print_counts(f"{head}: accounts", Counter(row[head] for row in accounts))


def print_firings(firings):
    by_trigger = defaultdict(list)
    for firing in firings:
        by_trigger[firing["trigger"]].append(firing)
    for trigger, found in by_trigger.items():
        ends = Counter((firing["status"], firing["cause"]) for firing in found)
        print(f"\n{trigger}: what became of the {len(found)} candidates whose `when` held")
        for (status, cause), count in ends.most_common():
            print(f"  {count:>6}  {status}" + (f": {cause}" if cause else ""))
        fired = sorted((firing for firing in found if firing["status"] == "fired"), key=lambda firing: firing["instant"])
        if fired:
            print("  the latest that fired:")
        for firing in fired[-5:]:
            print(f"  {firing['instant']}  {firing['account']:<12}  {firing['message']}")


def print_credit(credits, uncredited, flags):
    for rule in sorted({row["rule"] for row in credits}):
        mine = [row for row in credits if row["rule"] == rule]
        parties, models = defaultdict(Decimal), defaultdict(set)
        for row in mine:
            parties[row["party"]] += Decimal(row["amount"])
            models[row["model"]].add((row["account"], row["deal"]))
        total = sum(parties.values())
        deals = {(row["account"], row["deal"]) for row in mine}
        print(f"\n{rule}: {len(deals)} deals, credit by party ({mine[0]['currency']})")
        for party, amount in sorted(parties.items(), key=lambda each: -each[1]):
            share = 100 * amount / total if total else Decimal(0)
            print(f"  {party:<18} {dollars(amount)}  {share:5.1f}%  {bar(float(amount), float(total))}")
        print(f"  {'together':<18} {dollars(total)}")
        print("  divided by " + ", ".join(f"{model} ({len(models[model])})" for model in sorted(models)))
        listed = [row for row in uncredited if row["rule"] == rule]
        amount = sum(Decimal(row["amount"] or 0) for row in listed)
        print(f"  not credited, with the cause: {len(listed)} deals, {dollars(amount).strip()}")
        flagged = Counter(row["flag"] for row in flags if row["rule"] == rule)
        for flag, count in flagged.most_common():
            worth = sum(Decimal(row["amount"]) for row in flags if row["rule"] == rule and row["flag"] == flag)
            print(f"  flag {flag}: {count} deals, {dollars(worth).strip()}")


def print_summary(folder):
    accounts = rows(folder, "accounts.csv")
    print(f"{len(accounts)} accounts, as of {json.loads((folder / 'run.json').read_text(encoding='utf-8'))['as_of']}")
    print_accounts(accounts)
    print_firings(rows(folder, "firings.csv"))
    print_credit(rows(folder, "credits.csv"), rows(folder, "uncredited.csv"), rows(folder, "flags.csv"))


def telling_account(folder):
    fired = {row["account"] for row in rows(folder, "firings.csv") if row["status"] == "fired"}
    parties = defaultdict(set)
    for row in rows(folder, "credits.csv"):
        if row["account"] in fired:
            parties[row["account"], row["deal"]].add(row["party"])
    best = sorted(parties, key=lambda deal: (-len(parties[deal]), deal))
    return best[0][0] if best else min(fired, default="")


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "--telling-account":
        print(telling_account(Path(arguments[1])))
    elif len(arguments) == 1:
        print_summary(Path(arguments[0]))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
