#!/usr/bin/env python3
"""Runs rules/crawl_walk_run over sample data and works every result out again, by other means.

    reference_run_test.py RULEC RULEBOOK_SAMPLE RULEBOOK_FOLDER

What follows says in Python what the rulebook says; whoever changes the rulebook changes it here too. Scores, motions,
firings and credits are compared one by one, money to the cent.
"""

import csv
import hashlib
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

ACCOUNTS = 1500
CONNECTED = ("integration.connected.crm", "integration.connected.email")
DECISION_MAKERS = ("head of ", "vp ", "chief ", "director of ")


def read(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def number(text, default=None):
    return Fraction(text) if text else default


class Account:
    def __init__(self, row, domains):
        self.row = row
        self.domain = row["email"].rsplit("@", 1)[-1].lower()
        self.competitor = self.domain in domains["competitors"]
        self.private = self.domain in domains["free_mail"]
        self.users, self.events, self.touches, self.deals = [], [], [], []

    def motion(self):
        revenue = number(self.row["annual_revenue"])
        if revenue is None:
            return "hybrid"
        if revenue >= 1_000_000:
            return "sales_assisted"
        small = number(self.row["seats"], 1) <= 3 and self.row["advanced_usage"] != "true"
        return "self_service" if small else "hybrid"

    def score(self, now):
        """In hundredths."""
        if self.competitor:
            return 0
        employees, revenue = number(self.row["employees"], 0), number(self.row["annual_revenue"], 0)
        firmographics = (30 * (200 <= employees < 5_000) + 20 * (self.row["industry"] in ("design", "agency", "media"))
                         + 15 * (revenue >= 1_000_000))
        joined = [user for user in self.users if instant(user["joined_at"]) <= now]
        projects = min(max(number(self.row["active_projects"], 1), 1), 10)
        created = sum(event["name"] == "project.created" and now - timedelta(days=30) < instant(event["at"]) <= now
                      for event in self.events)
        engagement = (2500 * any(user["title"].lower().startswith(DECISION_MAKERS) for user in joined)
                      + round(Fraction(1000, 9) * (projects - 1)) + 1000 * (len(joined) >= 5) + 100 * min(created, 10))
        total = (100 * min(firmographics, 50) + min(engagement, 4000) - 2500 * (self.row["region"] == "LATAM")
                 - 1500 * self.private)
        return min(max(total, 0), 10_000)

    def tier(self, now):
        if self.competitor:
            return "out"
        score = self.score(now)
        return next(tier for tier, least in (("A", 7000), ("B", 5000), ("C", 2500), ("D", 0)) if score >= least)

    def under_policy(self, now):
        """What the policy makes of a firing that its limit never holds back."""
        open_deal = any(instant(deal["created_at"]) <= now and (not deal["closed_at"] or now < instant(deal["closed_at"]))
                        for deal in self.deals)
        if self.row["do_not_contact"] == "true" or open_deal:
            return "suppressed"
        place = int.from_bytes(hashlib.sha256(b"outreach\0" + self.row["id"].encode()).digest()[:8], "big")
        return "control" if place * 10 < 2**64 else "fired"

    def demo_requests(self):
        """(instant, status), in order."""
        asked = sorted({instant(event["at"]) for event in self.events if event["name"] == "demo.requested"})
        return [(now, self.under_policy(now)) for now in asked]

    def firings(self):
        """Of connected_stack: (instant, status), in order."""
        found, seen, last_counted = [], {}, None
        for now in sorted({instant(event["at"]) for event in self.events if event["name"] in CONNECTED}):
            names = {event["name"] for event in self.events if instant(event["at"]) == now}
            seen.update((name, now) for name in names if name in CONNECTED)
            if len(seen) < 2 or max(seen.values()) - min(seen.values()) > timedelta(days=14):
                continue
            if self.tier(now) not in ("A", "B") or self.motion() == "self_service":
                continue
            seen = {}
            cooling = last_counted and now - last_counted < timedelta(days=30)
            found.append((now, "suppressed" if cooling else self.under_policy(now)))
            if found[-1][1] != "suppressed":
                last_counted = now
        return found

    def credit(self, deal):
        """Cents by party, parties without any left out."""
        closed = instant(deal["closed_at"])
        touches = sorted((touch for touch in self.touches
                          if closed - timedelta(days=730) < instant(touch["at"]) <= closed
                          and (touch["channel"] != "call" or number(touch["minutes"], 0) > 5)),
                         key=lambda touch: instant(touch["at"]))
        shares = defaultdict(Fraction)
        if not touches:
            shares["self_service"] = Fraction(1)
        elif any(status == "fired" and closed - timedelta(days=90) < fired <= closed for fired, status in self.firings()):
            shares["sales_assisted"], shares["self_service"] = Fraction(2, 3), Fraction(1, 3)
        else:
            for touch in touches:
                shares[touch["motion"]] += Fraction(1, len(touches))
        order = [touch["motion"] for touch in touches] + sorted(shares)
        return largest_remainder(int(Fraction(deal["amount"]) * 100), shares, order)


def largest_remainder(cents, shares, order):
    amounts = {party: int(cents * share) for party, share in shares.items()}
    remainders = sorted(shares, key=lambda party: (amounts[party] - cents * shares[party], order.index(party)))
    for party in remainders[:cents - sum(amounts.values())]:
        amounts[party] += 1
    return {party: amount for party, amount in amounts.items() if amount}


def load(data, rulebook):
    domains = {name: {row["domain"] for row in read(rulebook / "lists", f"{name}.csv")}
               for name in ("competitors", "free_mail")}
    accounts = {row["id"]: Account(row, domains) for row in read(data, "accounts.csv")}
    for kind in ("users", "events", "touches", "deals"):
        for row in read(data, f"{kind}.csv"):
            getattr(accounts[row["account_id"]], kind).append(row)
    return accounts


class Comparison:
    def __init__(self):
        self.compared, self.different = 0, 0

    def same(self, what, got, expected):
        self.compared += 1
        if got != expected:
            self.different += 1
            print(f"{what}: {got}, expected {expected}")


def compare(accounts, results, as_of):
    comparison = Comparison()
    rows = {row["account"]: row for row in read(results, "accounts.csv")}
    firings, credits = defaultdict(lambda: defaultdict(list)), defaultdict(dict)
    for row in read(results, "firings.csv"):
        firings[row["trigger"]][row["account"]].append((instant(row["instant"]), row["status"]))
    for row in read(results, "credits.csv"):
        if Fraction(row["amount"]):
            credits[row["deal"]][row["party"]] = int(Fraction(row["amount"]) * 100)
    comparison.same("accounts", set(rows), set(accounts))
    for key, account in accounts.items():
        row = rows[key]
        comparison.same(f"{key} score", Fraction(row["ideal_customer_score"]) * 100, account.score(as_of))
        comparison.same(f"{key} tier", row["ideal_customer_tier"], account.tier(as_of))
        comparison.same(f"{key} motion", row["buying_motion"], account.motion())
        comparison.same(f"{key} connected_stack", firings["connected_stack"][key], account.firings())
        comparison.same(f"{key} demo_request", firings["demo_request"][key], account.demo_requests())
        for deal in account.deals:
            won = deal["status"] == "won"
            comparison.same(f"{deal['id']} credit", credits.get(deal["id"], {}), account.credit(deal) if won else {})
    fired = sum(status == "fired" for found in firings["connected_stack"].values() for _, status in found)
    comparison.same("something fired and something was credited", fired > 20 and len(credits) > 50, True)
    return comparison


def main():
    rulec, sample, rulebook = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    with tempfile.TemporaryDirectory() as scratch:
        data, results = Path(scratch) / "data", Path(scratch) / "results"
        subprocess.run([sample, "--accounts", str(ACCOUNTS), "--seed", "5", "--out", str(data)], check=True)
        subprocess.run([rulec, "run", str(rulebook), "--data", str(data), "--out", str(results)], check=True)
        comparison = compare(load(data, rulebook), results, instant("2026-07-01T00:00:00Z"))
    print(f"{comparison.compared} compared, {comparison.different} different")
    return 1 if comparison.different else 0


if __name__ == "__main__":
    sys.exit(main())
