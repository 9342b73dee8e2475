#!/usr/bin/env python3
"""Runs a rulebook on real data and compares it with an independent answer over the same files.

    real_data_test.py RULEC DUCKDB_QUERY CASE_FOLDER DATA_FOLDER

CASE_FOLDER holds the rulebook, data.toml, and
  expected.sql   DuckDB's answer: one row a record, the columns that must agree; or
  expected.py    with a function expected(data, as_of) that gives such rows
  firings.py     if it is there: with a function expected_firings(data, as_of) that gives (trigger, key, instant) of all that fired
  counts.json    per table: rows in, evaluated, rejected, …
  rejects.sql    if it is there: the rejected rows, the columns that must agree
  as_of.txt      if it is there: instants, one a line; the rulebook is run as of each. Default: latest
In SQL, {data} is the data folder and {as_of} the instant of the run on the clocks of data.toml's time zone.
Without the data the test is skipped: it exits with 77.
"""
import collections
import csv
import datetime
import json
import pathlib
import runpy
import subprocess
import sys
import tempfile
import tomllib
import zoneinfo

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


def compare_rejects(expected, actual):
    """The differences between rows without a key."""
    columns = list(expected[0])
    wanted, found = (collections.Counter(tuple(row[column] for column in columns) for row in rows)
                     for rows in (expected, actual))
    for row in wanted - found:
        yield f"{row} is not rejected"
    for row in found - wanted:
        yield f"{row} is rejected"


def compare_firings(expected, actual, triggers):
    """The differences between what fired and what had to, as texts; each trigger must fire at all."""
    wanted = {(trigger, key, instant.astimezone(datetime.timezone.utc)) for trigger, key, instant in expected}
    root = list(actual[0])[2] if actual else ""
    found = {(row["trigger"], row[root], datetime.datetime.fromisoformat(row["instant"])) for row in actual if row["status"] == "fired"}
    for trigger, key, instant in sorted(wanted - found):
        yield f"{key}: {trigger} does not fire at {instant}"
    for trigger, key, instant in sorted(found - wanted):
        yield f"{key}: {trigger} fires at {instant}"
    triggers.update(collections.Counter(trigger for trigger, _, _ in wanted))


def check_counts(run, expected):
    """Every input row is accounted for, and as often as stated."""
    for table, counts in expected.items():
        told = run["records"][table]
        not_yet = told.get("not_yet", 0)
        for name, count in counts.items():
            if told[name] != (count - not_yet if name == "evaluated" else count):
                yield f"{table}: {name} is {told[name]} instead of {count}"
        if told["in"] != told["evaluated"] + told["rejected"] + told["duplicates"] + told["merged"] + not_yet:
            yield f"{table}: the counts do not add up: {told}"


class Case:
    def __init__(self, arguments, scratch):
        self.rulec, self.duckdb_query, self.folder, self.data = (pathlib.Path(argument) for argument in arguments)
        self.scratch = pathlib.Path(scratch)
        self.fired = collections.Counter()
        with (self.folder / "data.toml").open("rb") as file:
            self.zone = zoneinfo.ZoneInfo(tomllib.load(file).get("timezone", "UTC"))

    def instants(self):
        listed = self.folder / "as_of.txt"
        return listed.read_text(encoding="utf-8").split() if listed.exists() else ["latest"]

    def run(self, as_of):
        """The folder of results."""
        out = self.scratch / "out"
        subprocess.run([self.rulec, "run", self.folder, "--data", self.data, "--map", self.folder / "data.toml", "--out", out,
                        "--lenient", "--as-of", as_of], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)
        return out

    def query(self, name, as_of):
        """The rows of an SQL file, or None if there is none."""
        path, rows = self.folder / name, self.scratch / "rows.csv"
        if not path.exists():
            return None
        local = "infinity"  # nothing in the data has a time
        if as_of:
            local = datetime.datetime.fromisoformat(as_of).astimezone(self.zone).replace(tzinfo=None).isoformat(" ")
        query = path.read_text(encoding="utf-8").replace("{data}", str(self.data)).replace("{as_of}", local)
        subprocess.run([self.duckdb_query, rows], input=query, text=True, check=True)
        return rows_of(rows)

    def expected(self, as_of):
        rows = self.query("expected.sql", as_of)
        return rows or runpy.run_path(str(self.folder / "expected.py"))["expected"](self.data, as_of)

    def check(self, as_of):
        """How many records were compared, and the differences."""
        out = self.run(as_of)
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
        as_of = run["as_of"]
        expected = self.expected(as_of)
        faults = list(compare(expected, rows_of(out / "accounts.csv"), next(iter(expected[0]))))
        rejects = self.query("rejects.sql", as_of)
        if rejects is not None:
            faults += compare_rejects(rejects, rows_of(out / "rejects.csv"))
        if (self.folder / "firings.py").exists():
            firings = runpy.run_path(str(self.folder / "firings.py"))["expected_firings"]
            faults += compare_firings(firings(self.data, datetime.datetime.fromisoformat(as_of)), rows_of(out / "firings.csv"), self.fired)
        faults += check_counts(run, json.loads((self.folder / "counts.json").read_text(encoding="utf-8")))
        return len(expected), faults


def main():
    if not pathlib.Path(sys.argv[4]).is_dir():
        print(f"skipped: there is no {sys.argv[4]}")
        return SKIPPED
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        case = Case(sys.argv[1:5], scratch)
        for as_of in case.instants():
            try:
                compared, faults = case.check(as_of)
            except subprocess.CalledProcessError as error:
                print(error, error.stdout, sep="\n")
                return 1
            for fault in faults[:20]:
                print(fault)
            print(f"as of {as_of}: {compared} records compared, {len(faults)} differences")
            failed = failed or bool(faults)
        for trigger, count in sorted(case.fired.items()):
            print(f"{trigger}: {count} firings compared")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
