#!/usr/bin/env python3
"""`rulec run --since` writes what a run over everything writes, byte for byte, whatever happened to the data in between.

    since_test.py RULEC RULEBOOK_SAMPLE RULEBOOK_FOLDER CREDIT_RULE

Records of made-up data are changed, added, deleted, damaged, doubled and moved about, step by step; after each step a run goes on
from the one before, and another one evaluates everything. Then what rules read changes, and what the earlier run left is damaged.
"""

import csv
import datetime
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ACCOUNTS = 250
STEPS = 9
FIXED = "2026-03-01"  # within the data
MODES = {  # {rule}: the credit rule; {day}: another day each time
    "as of a day": f"--as-of {FIXED}",
    "as of the latest": "",
    "NDJSON, two threads": f"--as-of {FIXED} --out-format ndjson --threads 2",
    "some accounts at a time": f"--as-of {FIXED} --chunk 37",
    "credit as of the latest": "--only {rule}",
    "credit, some accounts at a time": "--only {rule} --chunk 37",
    "credit, a week later each time": "--only {rule} --as-of {day}",
}


class Data:
    """The CSV files of a folder, as rows."""

    def __init__(self, folder):
        self.folder = folder
        self.newest = datetime.datetime(2026, 7, 1)  # nothing is later
        self.tables, self.heads = {}, {}
        for path in folder.glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                self.heads[path.stem], *self.tables[path.stem] = csv.reader(file)

    def write(self):
        for name, rows in self.tables.items():
            with (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([self.heads[name], *rows])

    def at(self, table, column):
        return self.heads[table].index(column)


def change_amounts(data, draw):
    for row in draw.sample(data.tables["deals"], 3):
        row[data.at("deals", "amount")] = f"{draw.randrange(100, 9_000_000) / 100:.2f}"


def delete_touches(data, draw):
    for row in draw.sample(data.tables["touches"], 4):
        data.tables["touches"].remove(row)


def add_late_touches(data, draw):
    """Of a time long ago: what happened then, told only now."""
    for row in draw.sample(data.tables["touches"], 4):
        late = list(row)
        late[data.at("touches", "id")] += f"_late{draw.randrange(10**6)}"
        late[data.at("touches", "motion")] = "sales_assisted"
        data.tables["touches"].insert(draw.randrange(len(data.tables["touches"])), late)


def add_new_touches(data, draw):
    """The latest of all: a run as of the latest is as of another instant then."""
    data.newest += datetime.timedelta(hours=7)
    for row in draw.sample(data.tables["touches"], 2):
        new = list(row)
        new[data.at("touches", "id")] += f"_new{draw.randrange(10**6)}"
        new[data.at("touches", "at")] = data.newest.isoformat() + "Z"
        data.tables["touches"].append(new)


def delete_account(data, draw):
    """Sometimes with what belongs to it, sometimes leaving orphans."""
    row = draw.choice(data.tables["accounts"])
    data.tables["accounts"].remove(row)
    if draw.random() < 0.5:
        for table, rows in data.tables.items():
            column = "id" if table.startswith("accounts") else "account_id"
            data.tables[table] = [other for other in rows if other[data.at(table, column)] != row[0]]


def add_account(data, draw):
    """Like another one, with a key between others."""
    twin = draw.choice(data.tables["accounts"])[0]
    for table, rows in data.tables.items():
        column = data.at(table, "id" if table.startswith("accounts") else "account_id")
        for row in [list(row) for row in rows if row[column] == twin]:
            row[column] = twin + "x"
            if column != data.at(table, "id"):
                row[data.at(table, "id")] += "x"
            rows.append(row)


def spoil_cells(data, draw):
    draw.choice(data.tables["deals"])[data.at("deals", "amount")] = "a lot"
    draw.choice(data.tables["touches"])[data.at("touches", "at")] = "yesterday"
    draw.choice(data.tables["accounts"])[data.at("accounts", "employees")] = "many"


def add_bad_rows(data, draw):
    """Nothing but that something of the account was rejected."""
    row = list(draw.choice(data.tables["touches"]))
    row[data.at("touches", "id")] += f"_bad{draw.randrange(10**6)}"
    row[data.at("touches", "at")] = "some day"
    data.tables["touches"].append(row)


def double_rows(data, draw):
    for table in ("deals", "touches", "accounts"):
        data.tables[table].append(list(draw.choice(data.tables[table])))


def move_a_deal(data, draw):
    """To another account."""
    draw.choice(data.tables["deals"])[data.at("deals", "account_id")] = draw.choice(data.tables["accounts"])[0]


def change_history(data, draw):
    row = draw.choice(data.tables["accounts_history"])
    row[data.at("accounts_history", "plan")] = draw.choice(["free", "basic", "team", "enterprise"])


def shuffle(data, draw):
    for rows in data.tables.values():
        draw.shuffle(rows)


def sort(data, draw):
    """As data must be that are read some accounts at a time."""
    for table, rows in data.tables.items():
        rows.sort(key=lambda row: row[data.at(table, "id" if table.startswith("accounts") else "account_id")])


EDITS = [change_amounts, delete_touches, add_late_touches, add_new_touches, delete_account, add_account, spoil_cells, add_bad_rows,
         double_rows, move_a_deal, change_history, shuffle]


class Runs:
    def __init__(self, rulec, rulebook, data, out):
        self.rulec, self.rulebook, self.data, self.out = rulec, rulebook, data, out
        self.evaluated, self.kept, self.compared, self.different = 0, 0, 0, []

    def run(self, name, *more):
        done = subprocess.run([self.rulec, "run", self.rulebook, "--data", self.data, "--out", self.out / name, "--lenient", *more],
                              check=False, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"rulec run {' '.join(map(str, more))}: {done.returncode}\n{done.stderr}")
        files = {path.name: path.read_bytes() for path in (self.out / name).iterdir() if path.is_file()}
        files.pop("run.state", None)
        record = json.loads(files["run.json"])
        since = record.pop("since", None)
        del record["started_at"], record["seconds"]
        record["files"] = [file for file in record["files"] if file != "run.state"]
        return {**files, "run.json": record, "text": done.stdout.split("results are in")[0]}, since

    def go_on(self, name, what, *how):
        """From the results in the folder `name`, into it; nothing: from none."""
        full, _ = self.run("full", *how)
        again, since = self.run(name, "--since", self.out / name, *how)
        self.compared += 1
        if full != again:
            self.different.append((name, what, sorted(file for file in full if full[file] != again.get(file))))
        self.evaluated += since["evaluated"]
        self.kept += since["kept"]
        return since


def walk(runs, mode, flags, rule, seed):
    """Step by step through what happens to data."""
    draw = random.Random(seed)
    data = Data(runs.data)
    steps = {"started over": 0, "kept": 0}
    for step in range(STEPS):
        what = [] if step == 0 else draw.sample(EDITS, draw.randrange(0, 4))
        for edit in what:
            edit(data, draw)
        day = datetime.date.fromisoformat(FIXED) + datetime.timedelta(weeks=step)
        how = flags.format(rule=rule, day=day).split()
        if "--chunk" in how:
            sort(data, draw)
        data.write()
        since = runs.go_on(mode.replace(" ", "_"), [edit.__name__ for edit in what], *how)
        steps["started over" if "why_all" in since else "kept"] += 1
    return steps


def replaced(path, old, new):
    text = path.read_text(encoding="utf-8")
    if old not in text:
        sys.exit(f"{path.name} has no {old!r}")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def fallen_back(runs):
    """Data that turn out not to be in order halfway: what was taken over of the first accounts is forgotten, all are read at once."""
    how = ["--as-of", FIXED]
    data = Data(runs.data)
    sort(data, None)
    data.write()
    (runs.data / "data.toml").write_text(f'taken_at = "{FIXED}"\nignore = ["truth.json"]\n')
    runs.go_on("fallen_back", "in order", *how)
    for _ in range(2):
        late = list(data.tables["touches"][5])
        late[data.at("touches", "id")] += "_late"
        data.tables["touches"].append(late)
        data.write()
        since = runs.go_on("fallen_back", "a late row out of order", *how, "--chunk", "37")
        if since["evaluated"] + since["kept"] != len(data.tables["accounts"]) or since["kept"] == 0:
            return [("fallen back", since)]
    return []


def no_files(runs):
    """What is no file of results is never read: it could go on for ever."""
    wrong = []
    for name in ("run.state", "accounts.csv"):
        for made in (lambda path: os.mkfifo(path), lambda path: path.symlink_to("/dev/zero"), lambda path: path.mkdir()):
            shutil.rmtree(runs.out / "earlier", ignore_errors=True)
            runs.run("earlier", "--since", runs.out / "earlier", "--as-of", FIXED)
            (runs.out / "earlier" / name).unlink()
            made(runs.out / "earlier" / name)
            again, since = runs.run("anew", "--since", runs.out / "earlier", "--as-of", FIXED)
            full, _ = runs.run("full", "--as-of", FIXED)
            if again != full or "why_all" not in since:
                wrong.append((name, since))
    return wrong


def what_invalidates(runs, rule):
    """Each time everything is evaluated, says why, and is right."""
    out = runs.out / "changes"
    rules = runs.rulebook
    how = ["--as-of", FIXED]
    wrong = []

    def expect(what, why, *more):
        since = runs.go_on("changes", what, *(more or how))
        if (why is None) != ("why_all" not in since) or (why and why not in since["why_all"]):
            wrong.append((what, since))

    expect("first", "no run with `--since`")
    expect("again", None)
    with (rules / "lists" / "competitors.csv").open("a", encoding="utf-8") as file:
        file.write(Data(runs.data).tables["accounts"][0][2].split("@")[-1] + "\n")
    expect("list", "the rules, or what they read")
    replaced(rules / "credit.rules", "assisted 15%", "assisted 16%")
    expect("rates", "the rules, or what they read")
    expect("again", None)
    expect("other rules", "other rules were asked for", *how, "--only", rule)
    expect("all rules", "other rules were asked for")
    expect("format", "results were written as csv", *how, "--out-format", "ndjson")
    expect("format", "results were written as ndjson")
    expect("earlier", "was for a later instant", "--as-of", "2026-02-01")
    expect("later", "was for an earlier instant, and what")
    with (out / "credits.csv").open("a", encoding="utf-8") as file:
        file.write("by hand\n")
    expect("result by hand", "is not as the run wrote it")
    state = (out / "run.state").read_bytes()
    (out / "run.state").write_bytes(state[:-1])
    expect("cut state", "damaged")
    (out / "run.state").write_bytes(state[:200] + bytes([state[200] ^ 1]) + state[201:])
    expect("bent state", "damaged")
    (out / "run.state").write_bytes(b"")
    expect("empty state", "damaged")
    expect("again", None)
    return wrong


def main():
    rulec, sample, rulebook, rule = sys.argv[1:5]
    with tempfile.TemporaryDirectory() as scratch:
        rules = Path(scratch) / "rules"
        shutil.copytree(rulebook, rules, ignore=shutil.ignore_patterns("tests.rules"))
        faults, kept_somewhere = [], True
        runs = Runs(rulec, rules, Path(scratch) / "data", Path(scratch) / "out")
        for seed, (mode, flags) in enumerate(MODES.items()):
            shutil.rmtree(runs.data, ignore_errors=True)
            subprocess.run([sample, "--accounts", str(ACCOUNTS), "--seed", str(seed), "--out", runs.data], check=True,
                           stdout=subprocess.DEVNULL)
            (runs.data / "data.toml").write_text('ignore = ["truth.json"]\n')  # taken at the latest instant that they hold
            if "{day}" in flags:  # what is tracked is known as of the data, and those stay the same
                replaced(rules / "records.rules", "plan tracked", "plan fixed  ")
            steps = walk(runs, mode, flags, rule, seed)
            if "{day}" in flags:
                replaced(rules / "records.rules", "plan fixed  ", "plan tracked")
            print(f"{mode}: {steps}")
            kept_somewhere = kept_somewhere and steps["kept"] > 0
        faults += fallen_back(runs) + no_files(runs) + what_invalidates(runs, rule)
        print(f"{runs.compared} runs compared, {runs.evaluated} accounts evaluated, {runs.kept} kept; different: {runs.different}; "
              f"not as expected: {faults}")
        fine = not runs.different and not faults and kept_somewhere and runs.kept > 2 * runs.evaluated
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
