#!/usr/bin/env python3
"""Holds what tools/output/README.md says must add up against a run of the reference rulebook over made-up data.

    output_sums_test.py BUILD_FOLDER SOURCE_FOLDER
"""
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from decimal import Decimal


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def damage(data):
    """Makes one account unreadable, repeats a deal, and adds one whose account is not there."""
    accounts = data / "accounts.csv"
    lines = accounts.read_text(encoding="utf-8").splitlines()
    lines[5] = lines[5] + ",one too many"
    accounts.write_text("\n".join(lines) + "\n", encoding="utf-8")
    deals = data / "deals.csv"
    lines = deals.read_text(encoding="utf-8").splitlines()
    head = lines[0].split(",")
    stray = dict(zip(head, lines[1].split(",")), id="stray", account_id="nobody")
    lines += [lines[1], ",".join(stray[name] for name in head)]
    deals.write_text("\n".join(lines) + "\n", encoding="utf-8")


def check_rows(out):
    counts = json.loads((out / "run.json").read_text(encoding="utf-8"))["records"]
    rejected = Counter(row["entity"] for row in rows(out / "rejects.csv"))
    for table, told in counts.items():
        if told["in"] != told["evaluated"] + told["rejected"] + told["duplicates"] + told["merged"] + told.get("not_yet", 0):
            yield f"{table}: rows in do not add up: {told}"
        if told["rejected"] != rejected[table]:
            yield f"{table}: {rejected[table]} lines in rejects.csv, {told['rejected']} rejected"
    if len(rows(out / "accounts.csv")) != counts["accounts"]["evaluated"]:
        yield "accounts.csv has not one line for each account"
    if counts["deals"]["duplicates"] != 1 or counts["deals"]["orphans"] != 1 or counts["accounts"]["rejected"] != 1:
        yield f"the damage does not show: {counts}"


def check_credits(out, deals):
    amounts, shares = defaultdict(Decimal), defaultdict(list)
    for credit in rows(out / "credits.csv"):
        amounts[credit["deal"]] += Decimal(credit["amount"])
        shares[credit["deal"]].append(Decimal(credit["share"]))
        touches = json.loads(credit["touches"])
        if touches and sum(Decimal(touch["amount"]) for touch in touches) != Decimal(credit["amount"]):
            yield f"{credit['deal']}: the touches of {credit['party']} do not add up"
    for deal, amount in amounts.items():
        if amount != Decimal(deals[deal]["amount"]):
            yield f"{deal}: credits are {amount}, the deal is {deals[deal]['amount']}"
        if abs(sum(shares[deal]) - 1) > Decimal("0.000001") * len(shares[deal]):
            yield f"{deal}: shares are {shares[deal]}"
    listed = {row["deal"] for row in rows(out / "uncredited.csv")}
    told = set(amounts) | listed
    accounts = {row["account"] for row in rows(out / "accounts.csv")}
    won = {deal for deal, row in deals.items() if row["status"] == "won" and row["account_id"] in accounts}
    if told != won or listed & set(amounts):
        yield f"credited and listed deals are not those that were won: {sorted(told ^ won)}"


def check_printed(out, printed):
    statuses = Counter((row["trigger"], row["status"]) for row in rows(out / "firings.csv"))
    told = {(trigger, status): int(count) for trigger, line in re.findall(r"^trigger (\w+): (.*)$", printed, re.M)
            for count, status in re.findall(r"(\d+) (fired|control|suppressed)\b", line) if int(count)}
    if told != statuses or not {"fired", "control", "suppressed"} <= {status for _, status in told}:
        yield f"firings.csv has {dict(statuses)}, told is {told}"
    parties = defaultdict(Decimal)
    for credit in rows(out / "credits.csv"):
        parties[credit["party"]] += Decimal(credit["amount"])
    for party, amount in parties.items():
        if not re.search(rf"^  {party} +{re.escape(f'{amount:,}')} ", printed, re.M):
            yield f"{party} gets {amount} in credits.csv, and the run prints another amount"


def check_summary(out, printed):
    if f"{(out / 'summary.txt').read_text()}results are in {out}\n" != printed:
        yield "summary.txt is not what the run prints"
    for rule in json.loads((out / "summary.json").read_text())["credit"]:
        for sums in rule["currencies"]:
            of_rule = [row for row in rows(out / "credits.csv")
                       if (row["rule"], row["currency"]) == (rule["rule"], sums["currency"])]
            deals = {row["deal"] for row in of_rule}
            whole = sum(Decimal(row["amount"]) for row in of_rule)
            credited = sums["credited"]
            if (credited["deals"], Decimal(credited["amount"])) != (len(deals), whole):
                yield f"{rule['rule']}: {len(deals)} deals of {whole} in credits.csv, summary.json says {credited}"
            by_motion = [party for motion in sums["by_motion"] for party in motion["parties"]]
            for name, parts in (("parties", sums["parties"]), ("bought", sums["bought"]), ("by_motion", by_motion)):
                if sum(Decimal(part["amount"]) for part in parts) != whole:
                    yield f"{rule['rule']}: {name} do not add up to {whole}"
            flagged = Counter(row["flag"] for row in rows(out / "flags.csv") if row["rule"] == rule["rule"])
            if {flag["flag"]: flag["deals"] for flag in sums["flags"]} != flagged:
                yield f"{rule['rule']}: flags.csv has {dict(flagged)}, summary.json says {sums['flags']}"
            asked = Counter()
            for row in rows(out / "flags.csv"):
                if row["rule"] == rule["rule"] and row["currency"] == sums["currency"]:
                    parties = {party["party"]: Decimal(party["amount"]) for party in json.loads(row["asked"])}
                    got = {each["party"]: Decimal(each["amount"]) for each in of_rule if each["deal"] == row["deal"]}
                    if parties != {party: got.get(party, 0) for party in parties} or Decimal(row["asked_amount"] or 0) != sum(parties.values()):
                        yield f"{row['flag']} of {row['deal']}: {row['asked']} in flags.csv, {got} in credits.csv"
                    asked[row["flag"]] += sum(parties.values())
            told = {flag["flag"]: sum(Decimal(party["amount"]) for party in flag["parties"] if party["asked"]) for flag in sums["flags"]}
            if told != asked or not any(asked.values()):
                yield f"{rule['rule']}: flags.csv has {dict(asked)} of the parties that flags ask about, summary.json says {told}"
            listed = sum(row["rule"] == rule["rule"] for row in rows(out / "uncredited.csv"))
            if sums["not_credited"]["deals"] != listed:
                yield f"{rule['rule']}: {listed} in uncredited.csv, summary.json says {sums['not_credited']}"


def main():
    build, source = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        data, out = pathlib.Path(folder) / "data", pathlib.Path(folder) / "out"
        subprocess.run([build / "bin/rulebook-sample", "--accounts", "1000", "--seed", "1", "--out", data], check=True,
                       stdout=subprocess.DEVNULL)
        damage(data)
        ran = subprocess.run([build / "bin/rulec", "run", source / "rules/crawl_walk_run", "--data", data, "--out", out,
                              "--lenient"], check=True, capture_output=True, text=True)
        deals = {row["id"]: row for row in rows(data / "deals.csv")}
        faults = [*check_rows(out), *check_credits(out, deals), *check_printed(out, ran.stdout), *check_summary(out, ran.stdout)]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
