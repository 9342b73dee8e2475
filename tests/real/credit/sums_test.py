#!/usr/bin/env python3
"""Credit of real deals, against the sums that DuckDB makes of the same files.

    sums_test.py RULEC DUCKDB_QUERY CASE_FOLDER DATA_FOLDER

CASE_FOLDER holds the rulebook, data.toml, and expected.sql: one row for each rule and party, with its deals and amount, {data}
being the data folder. Without the data the test is skipped: it exits with 77.
"""
import collections
import csv
import decimal
import json
import pathlib
import subprocess
import sys
import tempfile


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main():
    rulec, duckdb_query, case, data = (pathlib.Path(argument) for argument in sys.argv[1:5])
    if not data.is_dir():
        print(f"skipped: there is no {data}")
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        out, rows = pathlib.Path(scratch) / "out", pathlib.Path(scratch) / "rows.csv"
        subprocess.run([rulec, "run", case, "--data", data, "--map", case / "data.toml", "--out", out, "--lenient"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        query = (case / "expected.sql").read_text(encoding="utf-8").replace("{data}", str(data))
        subprocess.run([duckdb_query, rows], input=query, text=True, check=True)
        expected = {(row["rule"], row["party"]): (int(row["deals"]), decimal.Decimal(row["amount"])) for row in rows_of(rows)}
        sums = collections.defaultdict(lambda: (0, decimal.Decimal()))
        for credit in rows_of(out / "credits.csv"):
            deals, amount = sums[credit["rule"], credit["party"]]
            sums[credit["rule"], credit["party"]] = deals + 1, amount + decimal.Decimal(credit["amount"])
        for deal in rows_of(out / "uncredited.csv"):
            deals, amount = sums[deal["rule"], "(not credited)"]
            sums[deal["rule"], "(not credited)"] = deals + 1, amount + decimal.Decimal(deal["amount"] or 0)
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))["credit"]
    faults = [f"{rule}, {party}: {sums.get((rule, party))} instead of {expected.get((rule, party))}"
              for rule, party in sorted({*sums, *expected}) if sums.get((rule, party)) != expected.get((rule, party))]
    for rule in summary:
        told = {party["party"]: (party["deals"], decimal.Decimal(party["amount"]))
                for currency in rule["currencies"] for party in currency["parties"]}
        wanted = {party: sum_ for (name, party), sum_ in expected.items() if name == rule["rule"] and party != "(not credited)"}
        if told != wanted:
            faults.append(f"{rule['rule']}: summary.json says {told}")
    print(*faults[:20], f"{len(expected)} sums compared, {len(faults)} differences", sep="\n")
    return 1 if faults or not expected else 0


if __name__ == "__main__":
    sys.exit(main())
