#!/usr/bin/env python3
"""A run for several instants writes what a run for each of them writes, byte for byte; over all accounts or some at a time.

    series_test.py RULEC RULEBOOK_SAMPLE RULEBOOK_FOLDER

The instants are drawn over two years of made-up data, some of them at events to the microsecond. Beside the bytes:
firings up to an instant are the rows of a later instant's that are not after it.
"""

import csv
import io
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ACCOUNTS = 600
INSTANTS = 6


def results_of(folder):
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    record = json.loads(files["run.json"])
    del record["started_at"], record["seconds"]
    return {**files, "run.json": record}


def firings_of(files):
    return list(csv.DictReader(io.StringIO(files["firings.csv"].decode("utf-8"))))


def drawn_instants(data):
    """Days, and instants of events and just before them."""
    draw = random.Random(17)
    with (data / "events.csv").open(encoding="utf-8", newline="") as file:
        times = [row["at"] for row in csv.DictReader(file)]
    instants = {f"202{draw.choice('456')}-0{draw.randint(1, 6)}-{draw.randint(10, 28)}" for _ in range(INSTANTS // 2)}
    while len(instants) < INSTANTS:
        at = draw.choice(times)
        instants.add(at if len(instants) % 2 else at.replace("Z", ".000001Z"))
    return sorted(instants)


def main():
    rulec, sample, rulebook = sys.argv[1:4]
    compared, different = 0, []
    with tempfile.TemporaryDirectory() as scratch:
        data, out = Path(scratch) / "data", Path(scratch) / "out"
        subprocess.run([sample, "--accounts", str(ACCOUNTS), "--seed", "23", "--out", data], check=True)
        instants = drawn_instants(data)

        def run(name, *more):
            subprocess.run([rulec, "run", rulebook, "--data", data, "--out", out / name, *more], check=True,
                           stdout=subprocess.DEVNULL)

        alone = {}
        for instant in instants:
            run("alone", "--as-of", instant)
            alone[instant] = results_of(out / "alone")
        for how in ([], ["--chunk", "37", "--threads", "2"]):
            run("series", "--as-of", ",".join(instants), *how)
            for instant in instants:
                folder = out / "series" / instant.replace(":", "")
                compared += 1
                if results_of(folder) != alone[instant]:
                    different.append((how, instant))
    by_time = sorted(alone.values(), key=lambda files: files["run.json"]["as_of"])
    for earlier, later in zip(by_time, by_time[1:]):
        as_of = earlier["run.json"]["as_of"]
        compared += 1
        if firings_of(earlier) != [row for row in firings_of(later) if row["instant"] <= as_of]:
            different.append(("firings", as_of))
    telling = len({files["accounts.csv"] for files in by_time}) == INSTANTS and len(firings_of(by_time[-1])) > 10
    print(f"{compared} compared, different: {different}; every instant differs from the others: {telling}")
    return 1 if different or not telling else 0


if __name__ == "__main__":
    sys.exit(main())
