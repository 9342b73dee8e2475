#!/usr/bin/env python3
"""Runs rules/individuals_to_enterprise over sample data: what the data are made of is found, and the policies' promises are kept.

    enterprise_run_test.py RULEC RULEBOOK_SAMPLE RULEBOOK_FOLDER

Whose a workspace is must agree with truth.json. Every firing is then held against what the page of the rulebook promises: one contact
in 14 days, hand-raisers first and never held back, one control group for all outreach, silence while a deal is open. The firings of
two triggers are worked out again from the CSV files.
"""

import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path

ACCOUNTS = 1500
ALARMS = {"untouched_for_a_day", "untouched_in_office_hours", "usage_falls"}
HAND_RAISE = {"demo.requested", "contact.requested"}
FORTNIGHT = timedelta(days=14)


class Checks:
    def __init__(self):
        self.done, self.failed = Counter(), 0

    def holds(self, law, is_so, what):
        self.done[law] += 1
        if not is_so:
            self.failed += 1
            print(f"{law}: {what}")


def read(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_account(rows):
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.get("account_id") or row["account"]].append(row)
    return grouped


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def is_open(deal, now):
    return instant(deal["created_at"]) <= now and not (deal["closed_at"] and instant(deal["closed_at"]) <= now)


def in_control_group(account):
    place = int.from_bytes(hashlib.sha256(b"outreach\0" + account.encode()).digest()[:8], "big")
    return place * 10 < 2**64


def check_rhythm(checks, rows):
    """rows: all firings of one account under the policy `outreach`, in order."""
    counted = []
    for row in rows:
        now, counts = instant(row["instant"]), row["status"] != "suppressed"
        if row["trigger"] != "hand_raise" and counts:
            checks.holds("one contact in 14 days", not any(now - other < FORTNIGHT for other in counted), row)
        elif "allows no more" in row["cause"]:
            checks.holds("held back by a contact", any(now - other < FORTNIGHT for other in counted), row)
        if row["trigger"] == "hand_raise":
            checks.holds("hands are never held back", "allows no more" not in row["cause"], row)
        if counts:
            checks.holds("control", (row["status"] == "control") == in_control_group(row["account"]), row)
            counted.append(now)


def check_silence(checks, rows, deals, account):
    for row in rows:
        now = instant(row["instant"])
        left_alone = account["do_not_contact"] == "true" or any(is_open(deal, now) for deal in deals)
        if left_alone:
            checks.holds("silence", row["status"] == "suppressed", row)


def expected_spreading(account, users):
    """The instant at which the eighth user of a large company came."""
    joined = sorted(instant(user["joined_at"]) for user in users)
    return [joined[7]] if len(joined) >= 8 and int(account["employees"] or 0) >= 200 else []


def expected_untouched(events, touches, as_of):
    """The deadlines of questions that nobody answered within 24 hours; one wait at a time."""
    answers = [instant(touch["at"]) for touch in touches if touch["motion"] == "sales_assisted"
               and (touch["channel"] != "call" or float(touch["minutes"] or 0) > 5)]
    found, free_from = [], None
    for asked in sorted({instant(event["at"]) for event in events if event["name"] in HAND_RAISE}):
        if free_from and asked <= free_from:
            continue
        deadline = asked + timedelta(hours=24)
        closing = [at for at in answers if asked <= at <= deadline]
        free_from = min(closing) if closing else deadline
        if not closing and deadline <= as_of:
            found.append(deadline)
    return found


def order(row):
    """hand_raise is preferred, the others go by name."""
    return instant(row["instant"]), row["trigger"] != "hand_raise", row["trigger"]


def check_account(checks, account, records, firings, as_of):
    rows = sorted(firings, key=order)
    check_rhythm(checks, [row for row in rows if row["trigger"] not in ALARMS])
    check_silence(checks, rows, records["deals"], account)
    for name, expected in (("spreading", expected_spreading(account, records["users"])),
                           ("untouched_for_a_day", expected_untouched(records["events"], records["touches"], as_of))):
        got = [instant(row["instant"]) for row in rows if row["trigger"] == name]
        checks.holds(f"{name} fires", got == expected, f"{account['id']}: {got}, expected {expected}")
        checks.done[f"{name} fired"] += len(got)


def main():
    rulec, sample, rulebook = sys.argv[1], sys.argv[2], sys.argv[3]
    as_of, checks = instant("2026-07-01T00:00:00Z"), Checks()
    with tempfile.TemporaryDirectory() as scratch:
        data, results = Path(scratch) / "data", Path(scratch) / "results"
        subprocess.run([sample, "--accounts", str(ACCOUNTS), "--seed", "7", "--out", str(data)], check=True)
        subprocess.run([rulec, "run", rulebook, "--data", str(data), "--out", str(results)], check=True, capture_output=True)
        tables = {name: by_account(read(data, name)) for name in ("users", "events", "touches", "deals")}
        firings, accounts = by_account(read(results, "firings")), read(data, "accounts")
        truth = json.loads((data / "truth.json").read_text(encoding="utf-8"))["workplaces"]
        found = Counter(row["workplace"] for row in read(results, "accounts"))
    for account in accounts:
        records = {name: table[account["id"]] for name, table in tables.items()}
        check_account(checks, account, records, firings[account["id"]], as_of)
    checks.holds("workplaces", dict(found) == truth, f"{dict(found)}, the truth is {truth}")
    for law, least in (("one contact in 14 days", 500), ("held back by a contact", 100), ("hands are never held back", 20), ("control", 500), ("silence", 100),
                       ("spreading fired", 50), ("untouched_for_a_day fired", 20)):
        checks.holds("something was checked", checks.done[law] >= least, f"{law}: {checks.done[law]} only")
    print(f"{sum(checks.done.values())} checked, {checks.failed} failed: {dict(checks.done)}")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
