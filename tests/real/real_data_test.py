#!/usr/bin/env python3
"""Runs a rulebook on real data and compares it with DuckDB's own answer over the same files.

    real_data_test.py RULEC DUCKDB_QUERY CASE_FOLDER DATA_FOLDER

CASE_FOLDER holds the rulebook, data.toml, expected.sql (one row a record, the columns that must agree) and counts.json
(per table: rows in, evaluated, rejected, and rejects by code). Without the data the test is skipped: it exits with 77.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def compare(expected, actual, key):
    """The differences between the rows, by key; columns are the expected ones."""
    by_key = {row[key]: row for row in actual}
    if len(expected) != len(actual):
        yield f"{len(actual)} rows instead of {len(expected)}"
    for row in expected:
        found = by_key.get(row[key])
        if found is None:
            yield f"{row[key]} is missing"
            continue
        for column, value in row.items():
            if found[column] != value:
                yield f"{row[key]}: {column} is {found[column]!r} instead of {value!r}"


def check_counts(run, expected):
    """Every input row is accounted for, and as often as stated."""
    for table, counts in expected.items():
        told = run["records"][table]
        for name, count in counts.items():
            if told[name] != count:
                yield f"{table}: {name} is {told[name]} instead of {count}"
        if told["in"] != told["evaluated"] + told["rejected"] + told.get("duplicates", 0):
            yield f"{table}: the counts do not add up: {told}"


def main():
    rulec, duckdb_query, case, data = (pathlib.Path(argument) for argument in sys.argv[1:5])
    if not data.is_dir():
        print(f"skipped: there is no {data}")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        ran = subprocess.run([rulec, "run", case, "--data", data, "--map", case / "data.toml", "--out", out, "--lenient"],
                             capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            print(ran.stdout + ran.stderr)
            return 1
        query = (case / "expected.sql").read_text(encoding="utf-8").replace("{data}", str(data))
        subprocess.run([duckdb_query, pathlib.Path(folder) / "expected.csv"], input=query, text=True, check=True)
        expected = rows_of(pathlib.Path(folder) / "expected.csv")
        actual = rows_of(out / "accounts.csv")
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
        faults = list(compare(expected, actual, next(iter(expected[0]))))
        faults += check_counts(run, json.loads((case / "counts.json").read_text(encoding="utf-8")))
    for fault in faults[:20]:
        print(fault)
    print(f"{len(expected)} records compared, {len(faults)} differences")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
