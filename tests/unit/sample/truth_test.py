#!/usr/bin/env python3
"""Made-up data show what truth.json says of them: everything is worked out again from the CSV files alone.

    truth_test.py RULEBOOK_SAMPLE

Counts must agree exactly; a rate may lie four standard errors from the chance behind it (the data are always the same, so
it does or does not).
"""

import csv
import json
import math
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

ACCOUNTS = 40_000
INDIVIDUALS = {"Individual Designer", "Consultant", "Marketer"}
SENIORS = {"Design Manager", "Head of Design", "Director of Product"}
MOST_ERRORS = 4


class Checks:
    def __init__(self):
        self.done, self.failed = 0, 0

    def same(self, what, found, expected):
        self.holds(found == expected, f"{what}: {found}, the truth is {expected}")

    def near(self, what, happened, accounts, chance):
        error = math.sqrt(chance * (1 - chance) / accounts)
        self.holds(abs(happened / accounts - chance) <= MOST_ERRORS * error,
                   f"{what}: {happened} of {accounts} is too far from {chance:.4f}")

    def holds(self, is_so, what):
        self.done += 1
        if not is_so:
            self.failed += 1
            print(what)


def read(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def quarter(moment):
    return f"{moment.year}-Q{(moment.month + 2) // 3}"


class Account:
    def __init__(self, row):
        self.row = row
        self.signed_up_at = instant(row["signed_up_at"])
        self.users, self.events, self.touches, self.deals, self.history = [], [], [], [], []

    def settle(self):
        connected = [instant(event["at"]) for event in self.events if event["name"].startswith("integration.connected.")]
        self.step = ("signed_up", "connected_one", "connected_both")[len(connected)]
        self.reached_at = max(connected, default=self.signed_up_at)
        # A rep who steps in calls within twelve days of the step; later calls changed nobody's mind.
        self.assisted = any(touch["motion"] == "sales_assisted" and instant(touch["at"]) <= self.reached_at + timedelta(days=12)
                            for touch in self.touches)
        self.bought = any(deal["status"] == "won" for deal in self.deals)

    def segment(self, segments):
        """By what the data tell; None where they do not."""
        if not self.row["annual_revenue"] or not self.row["seats"]:
            return None
        revenue, seats = float(self.row["annual_revenue"]), int(self.row["seats"])
        found = [s["segment"] for s in segments if s["revenue"][0] <= revenue <= s["revenue"][1]
                 and s["seats"][0] <= seats <= s["seats"][1]]
        return found[0] if len(found) == 1 else None

    def disputes(self):
        """(kind, amount) of each won deal, as tools/sample/README.md describes the kinds."""
        touches = [(instant(t["at"]), t["motion"] == "sales_assisted", t["channel"] != "call" or int(t["minutes"] or 0) > 5,
                    bool(t["campaign"])) for t in self.touches]
        owned = self.row["owned_by_sales_since"]
        won = [(instant(d["created_at"]), instant(d["closed_at"]), Decimal(d["amount"])) for d in self.deals if d["status"] == "won"]
        for created, closed, amount in won:
            until = [touch for touch in touches if touch[0] <= closed]
            reached = [at for at, sales, talked, _ in until if sales and talked]
            if owned and instant(owned) <= closed and any(campaign for *_, campaign in until):
                yield "campaign_at_sales_account", amount
            if amount < 3_000 and reached and min(reached) >= created:
                yield "late_rep", amount
            if amount >= 20_000 and not reached and any(sales for _, sales, *_ in until):
                yield "brief_help", amount
            if reached and any(before < created <= before + timedelta(days=30) and min(reached) > before for _, before, _ in won):
                yield "upgraded_with_a_rep", amount

    def workplace(self):
        titles = [user["title"] for user in self.users]
        invited = sum(event["name"] == "invite.sent" for event in self.events)
        projects = int(self.row["active_projects"])
        if len(titles) == 1 and titles[0] in INDIVIDUALS and projects <= 2 and not invited:
            return "individual"
        manager = any("Manager" in title for title in titles[1:])
        large = int(self.row["employees"] or 0) >= 200
        if large and SENIORS & set(titles) and manager and projects >= 3 and invited >= 10:
            return "organisation"
        return "between"


def load(folder):
    accounts = {row["id"]: Account(row) for row in read(folder, "accounts")}
    for table in ("users", "events", "touches", "deals"):
        for row in read(folder, table):
            getattr(accounts[row["account_id"]], table).append(row)
    for row in read(folder, "accounts_history"):
        accounts[row["id"]].history.append(row)
    for account in accounts.values():
        account.settle()
    return accounts


def check_records(checks, folder, accounts, truth):
    for table, rows in truth["records"].items():
        found = read(folder, table)
        checks.same(f"rows of {table}", len(found), rows)
        keys = [row["account_id"] if "account_id" in row else row["id"] for row in found]
        checks.holds(keys == sorted(keys), f"{table} is not in the order of accounts")
    for key, account in accounts.items():
        times = [instant(version["known_from"]) for version in account.history]
        good = (times[0] == account.signed_up_at and times == sorted(set(times))
                and account.history[-1]["plan"] == account.row["plan"])
        checks.holds(good, f"the history of {key} does not lead from its sign-up to its plan")


def check_buying(checks, accounts, truth, settled):
    found = defaultdict(list)
    for account in settled:
        found[account.segment(truth["segments"]), account.step, account.assisted].append(account.bought)
    named = {segment["segment"]: segment for segment in truth["segments"]}
    for cell in truth["buying"]:
        bought = found[cell["segment"], cell["step"], cell["assisted"]]
        what = f"{cell['segment']}, {cell['step']}, {'assisted' if cell['assisted'] else 'alone'}"
        if len(bought) < 10: # too few to say anything
            continue
        checks.near(what, sum(bought), len(bought), cell["expected"])
        parameter = named[cell["segment"]]["buys"][cell["step"]]["assisted" if cell["assisted"] else "unassisted"]
        if len(bought) >= 300: # the regions' trends cancel out
            checks.holds(abs(cell["expected"] / parameter - 1) < 0.1, f"{what}: {cell['expected']} against {parameter}")
    both = {assisted: found["growing", "connected_both", assisted] for assisted in (False, True)}
    early = {assisted: found["growing", "signed_up", assisted] for assisted in (False, True)}
    rate = lambda bought: sum(bought) / len(bought)
    checks.holds(rate(both[True]) > 3 * rate(both[False]), "a rep does not help where both are connected")
    checks.holds(rate(early[True]) < 2 * rate(early[False]), "a rep helps right after the sign-up")
    checks.same("accounts of the cells", sum(cell["accounts"] for cell in truth["buying"]), len(settled))
    checks.same("bought of the cells", sum(cell["bought"] for cell in truth["buying"]), sum(a.bought for a in settled))


def check_regions(checks, truth, settled):
    found = defaultdict(list)
    for account in settled:
        found[account.row["region"], quarter(account.reached_at)].append(account.bought)
    for cell in truth["buying_by_region"]:
        bought = found.pop((cell["region"], cell["quarter"]))
        checks.same(f"{cell['region']} {cell['quarter']}", (len(bought), sum(bought)), (cell["accounts"], cell["bought"]))
        checks.near(f"{cell['region']} {cell['quarter']}", sum(bought), len(bought), cell["expected"])
    checks.same("further cells of regions", dict(found), {})
    trend = truth["planted"]["trend"]
    first, *_, last = trend["rising_chance_to_buy_times"]
    cells = {(cell["region"], cell["quarter"]): cell for cell in truth["buying_by_region"]}
    rate = lambda *places: sum(cells[p]["bought"] for p in places) / sum(cells[p]["accounts"] for p in places)
    rising, falling = trend["rising"], trend["falling"]
    checks.holds(rate((rising, last)) > 1.4 * rate((rising, first)), f"{rising} does not rise")
    checks.holds(rate((falling, last)) < rate((falling, first)) / 1.4, f"{falling} does not fall")
    flat = rate((rising, last), (falling, last)) / rate((rising, first), (falling, first))
    checks.holds(0.85 < flat < 1.15, f"together they move: {flat:.3f}")


def check_onboarding(checks, accounts, truth, taken_at):
    found = defaultdict(list)
    for account in accounts.values():
        if account.signed_up_at + timedelta(days=truth["days_to_connect"]) < taken_at:
            found[f"{account.signed_up_at:%Y-%m}"].append(account.step != "signed_up")
    rates = {}
    for cell in truth["connecting"]:
        connected = found.pop(cell["signed_up_in"])
        checks.same(f"sign-ups of {cell['signed_up_in']}", (len(connected), sum(connected)), (cell["accounts"], cell["connected"]))
        checks.near(f"connected of {cell['signed_up_in']}", sum(connected), len(connected), cell["expected"])
        rates[cell["signed_up_in"]] = sum(connected) / len(connected), len(connected)
    checks.same("further months", dict(found), {})
    broken = truth["planted"]["broken_onboarding"]["signed_up_in"]
    others = [each for month, each in rates.items() if month != broken]
    usual = sum(rate * n for rate, n in others) / sum(n for _, n in others)
    checks.holds(rates[broken][0] < 0.45 * usual, f"the onboarding of {broken} is not broken")
    checks.holds(min(rate for rate, n in others if n > 500) > 0.8 * usual, "some other month is broken, too")
    whole = [n for _, n in others[1:-1]]
    checks.holds(0.85 < rates[broken][1] / (sum(whole) / len(whole)) < 1.15, "the month has fewer sign-ups")


def check_disputes(checks, accounts, truth):
    deals, amounts = Counter(), Counter()
    for account in accounts.values():
        for kind, amount in account.disputes():
            deals[kind] += 1
            amounts[kind] += amount
    for kind, told in truth["disputes"].items():
        checks.same(f"disputes {kind}", (deals[kind], amounts[kind]), (told["deals"], told["amount"]))
        checks.holds(deals[kind] >= 50, f"{kind} is rare: {deals[kind]}")
        checks.holds(told["bought_alone_too"] <= told["deals"], f"{kind}: {told}")
    owned = sum(bool(account.row["owned_by_sales_since"]) for account in accounts.values())
    checks.same("owned by sales", owned, truth["owned_by_sales"])
    # Whoever would have bought without a rep is told by who came late, and not by who owned the account.
    alone = {kind: told["bought_alone_too"] / told["deals"] for kind, told in truth["disputes"].items()}
    checks.holds(alone["late_rep"] > 0.9 > 0.8 > alone["campaign_at_sales_account"], f"bought alone, too: {alone}")


def check_alone_too(checks, truth):
    """Of the buyers with a rep, as many would have bought without as the chances say."""
    named = {segment["segment"]: segment for segment in truth["segments"]}
    for cell in truth["buying"]:
        what, chances = f"{cell['segment']}, {cell['step']}, alone too", named[cell["segment"]]["buys"][cell["step"]]
        if not cell["assisted"]:
            checks.same(what, cell["bought_alone_too"], cell["bought"])
        elif cell["bought"] >= 20 and cell["step"] != "signed_up":
            checks.near(what, cell["bought_alone_too"], cell["bought"], chances["unassisted"] / chances["assisted"])


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        subprocess.run([sys.argv[1], "--accounts", str(ACCOUNTS), "--seed", "11", "--out", scratch], check=True)
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        accounts = load(folder)
        taken_at = instant(truth["taken_at"])
        settled = [a for a in accounts.values() if a.reached_at + timedelta(days=truth["days_to_close"]) < taken_at]
        check_records(checks, folder, accounts, truth)
        check_buying(checks, accounts, truth, settled)
        check_regions(checks, truth, settled)
        check_onboarding(checks, accounts, truth, taken_at)
        check_disputes(checks, accounts, truth)
        check_alone_too(checks, truth)
        workplaces = Counter(account.workplace() for account in accounts.values())
        checks.same("workplaces", dict(workplaces), truth["workplaces"])
        checks.holds(all(count > ACCOUNTS / 100 for count in workplaces.values()), f"a kind is rare: {workplaces}")
    print(f"{checks.done} checks, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
