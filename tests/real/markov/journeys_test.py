#!/usr/bin/env python3
"""Weights learnt of real records: the journeys are made here a second time, and solved by fractions.

    journeys_test.py RULEC DATA_FOLDER

Without the data the test is skipped: it exits with 77.
"""
import collections
import csv
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

import learnt

TOLERANCE = 1e-12
LOOKBACK = datetime.timedelta(days=7)
AS_OF = "2018-07-25"  # later touches and purchases are there and must not count
CASE = pathlib.Path(__file__).resolve().parent / "july2018"


def journeys_of(path, as_of):
    """(channels, conversions, nulls): one for each purchase by then, one for each customer with touches and none."""
    customers = collections.defaultdict(list)
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            customers[row["customer_id"]].append((datetime.datetime.fromisoformat(row["time"]), row["channel"], row["interaction"]))
    for touches in customers.values():
        touches.sort()
        bought = [at for at, _, interaction in touches if interaction == "conversion" and at <= as_of]
        for end in bought or [as_of]:
            channels = [channel for at, channel, _ in touches if end - LOOKBACK < at <= end]
            if channels:
                yield channels, int(bool(bought)), int(not bought)


def main():
    data = pathlib.Path(sys.argv[2])
    if not data.is_dir():
        print(f"skipped: there is no {data}")
        return 77
    journeys = list(journeys_of(data / "attribution_data.csv", datetime.datetime.fromisoformat(AS_OF + "T00:00:00+00:00")))
    with tempfile.TemporaryDirectory() as scratch:
        out, paths = pathlib.Path(scratch) / "weights.json", pathlib.Path(scratch) / "paths.csv"
        subprocess.run([sys.argv[1], "learn-credit", CASE, "--data", data, "--map", CASE / "data.toml", "--rule", "by_channel", "-o", out,
                        "--as-of", AS_OF, "--threads", "2"], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        weights = json.loads(out.read_text(encoding="utf-8"))
        with paths.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(("path", "total_conversions", "total_null"))
            rows.writerows((" > ".join(channels), conversions, nulls) for channels, conversions, nulls in journeys)
        expected = learnt.exact(paths)
    found = {each["party"]: float(each["omega"]) for each in weights["weights"]}
    faults = [f"omega({channel}) is {found.get(channel)} instead of {float(omega)}" for channel, (omega, _) in expected.items()
              if abs(found.get(channel, -1) - omega) > TOLERANCE]
    for name, count in (("journeys", len(journeys)), ("conversions", sum(journey[1] for journey in journeys))):
        if weights["learnt"][name] != count:
            faults.append(f"{weights['learnt'][name]} {name} instead of {count}")
    print(*faults, f"{len(expected)} channels of {len(journeys)} journeys compared, {len(faults)} differences", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
