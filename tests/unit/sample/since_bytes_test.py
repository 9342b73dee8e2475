#!/usr/bin/env python3
"""`rulec run --since` does not read records that are byte for byte those of the earlier run; what it writes is what a run over everything
writes all the same.

    since_bytes_test.py RULEC [WALKS [SEED]]

Small data of every make (delimiters, line ends, quotes, keys that are numbers, several files a table) are edited at random: cells, rows,
whole files, and what no export should hold. After each step a run goes on from the one before, and another one reads everything; files,
run.json and what is said on the way must be the same.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from since_data import MAKES, RULES, Data
from since_edits import EDITS, mend_quotes

STEPS = 25  # of each walk
BOTH_WAYS = ["as of the latest", "numbers as keys", "CR, dates", "newer than they say"]


class Runs:
    def __init__(self, rulec, scratch):
        self.rulec, self.scratch = rulec, scratch
        self.compared, self.not_read, self.different = 0, 0, []
        self.after = {edit: 0 for edit in EDITS}  # how often a run that left something unread came after it

    def run(self, name, flags, *more):
        out = self.scratch / name
        done = subprocess.run([self.rulec, "run", self.scratch / "rules", "--data", self.scratch / "data", "--out", out, "--lenient", *flags,
                               *more], check=False, capture_output=True, text=True)
        if done.returncode not in (0, 2):
            sys.exit(f"rulec run {flags}: {done.returncode}\n{done.stderr}")
        said = [line for line in done.stderr.splitlines() if "accounts evaluated" not in line and "everything is evaluated" not in line]
        if done.returncode == 2:
            return {"said": said}, None
        files = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
        files.pop("run.state", None)
        record = json.loads(files["run.json"])
        since = record.pop("since", None)
        del record["started_at"], record["seconds"]
        record["files"] = [file for file in record["files"] if file != "run.state"]
        return {**files, "run.json": record, "said": said, "text": done.stdout.split("results are in")[0]}, since

    def go_on(self, what, name, flags):
        full, _ = self.run("full", flags)
        again, since = self.run(name, flags, "--since", self.scratch / name)
        self.compared += 1
        if full != again:
            self.note_difference(name, what, full, again)
        return since["not_read"] if since else 0

    def note_difference(self, name, what, full, again):
        self.different.append((name, what, [part for part in {*full, *again} if full.get(part) != again.get(part)]))


def change(data, edit):
    try:
        edit(data)
    except (IndexError, ValueError):
        pass  # there is nothing left to change


def there_and_back(runs, name, make, seed):
    """Each edit alone, and then undone."""
    day = "2026-03-01"
    flags = make.flags.format(day=day).split()
    for edit in EDITS:
        data = Data(make, random.Random(f"{name} {seed}"))
        data.draw = random.Random(f"{name} {seed} {edit.__name__}")
        data.write(runs.scratch / "data")
        if edit is next(iter(EDITS)):
            before = runs.run("before", flags, "--since", runs.scratch / "before")[0]
        shutil.rmtree(runs.scratch / "there", ignore_errors=True)
        shutil.copytree(runs.scratch / "before", runs.scratch / "there")
        shutil.copytree(runs.scratch / "data", runs.scratch / "as_it_was")
        change(data, edit)
        data.write(runs.scratch / "data")
        runs.after[edit] += runs.go_on([edit.__name__], "there", flags) > 0
        shutil.rmtree(runs.scratch / "data")
        (runs.scratch / "as_it_was").rename(runs.scratch / "data")
        again, since = runs.run("there", flags, "--since", runs.scratch / "there")
        if again != before:
            runs.note_difference("there", [edit.__name__, "undone"], before, again)
        runs.not_read += since["not_read"]
        runs.compared += 1


def walk(runs, name, make, seed):
    draw = random.Random(f"{name} {seed}")
    data = Data(make, draw)
    for step in range(STEPS):
        edits = [] if step == 0 else draw.choices(list(EDITS), list(EDITS.values()), k=draw.randrange(1, 3))
        if step % 6 == 5:
            edits.append(mend_quotes)
        for edit in edits:
            change(data, edit)
        data.write(runs.scratch / "data")
        day = f"2026-{step // 4 % 12 + 1:02}-{step % 4 * 7 + 1:02}"
        not_read = runs.go_on([edit.__name__ for edit in edits], name.replace(" ", "_"), make.flags.format(day=day).split())
        runs.not_read += not_read
        for edit in edits:
            runs.after[edit] += not_read > 0


def main():
    walks = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as scratch:
        runs, seldom = Runs(sys.argv[1], Path(scratch)), []
        for name, make in MAKES.items():
            before, compared = runs.not_read, runs.compared
            (runs.scratch / "rules").mkdir(exist_ok=True)
            (runs.scratch / "rules" / "law.rules").write_text(RULES.replace("KEY", make.key).replace("TRACKED", make.plan))
            if name in BOTH_WAYS:
                there_and_back(runs, name, make, first)
            for seed in range(first, first + walks):
                shutil.rmtree(runs.scratch / name.replace(" ", "_"), ignore_errors=True)
                walk(runs, name, make, seed)
            not_read, compared = runs.not_read - before, runs.compared - compared
            print(f"{name}: {not_read} accounts not read in {compared} runs")
            seldom += [name] if not_read < 5 * compared else []
        never = [edit.__name__ for edit, times in runs.after.items() if times == 0]
        print(f"{runs.compared} runs compared, {runs.not_read} accounts not read; something was read always after {never}; "
              f"nearly always with {seldom}; different: {runs.different}")
    return 0 if not runs.different and not seldom else 1


if __name__ == "__main__":
    sys.exit(main())
