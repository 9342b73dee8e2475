#!/usr/bin/env python3
"""Weights held against ChannelAttribution, which simulates journeys where we solve: on random journeys, and on real paths where they
are there.

    channel_attribution_test.py RULEC DATA_FOLDER

Where the package cannot be installed the test is skipped: it exits with 77.
"""
import math
import pathlib
import random
import sys
import tempfile

import learnt

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))
import channel_attribution  # noqa: E402

SIMULATIONS = 10_000_000
# Over several seeds its effects scatter as shares do that are counted over a tenth of the simulated journeys.
COUNTED = SIMULATIONS / 10
DEVIATIONS = 4


def write_random(path, seed):
    """Journeys that go round in circles, of 3 to 9 channels."""
    chance = random.Random(seed)
    channels = [f"c{i}" for i in range(chance.randrange(3, 10))]
    with path.open("w", encoding="utf-8") as file:
        file.write("path,total_conversions,total_null\n")
        for _ in range(400):
            touches = chance.choices(channels, weights=range(1, len(channels) + 1), k=1 + chance.randrange(10))
            file.write(f"{' > '.join(touches)},{chance.randrange(1, 5)},{chance.randrange(12)}\n")


def differences(rulec, interpreter, paths):
    """How many channels were compared, the largest difference and those that no chance explains."""
    found, told = learnt.learn(rulec, paths)
    effects, _ = channel_attribution.run(interpreter, paths, SIMULATIONS)
    converting = COUNTED * told["conversions"] / told["journeys"]
    faults, largest = [], 0.0
    if set(found) != set(effects):
        faults.append(f"channels {sorted(found)}, and theirs {sorted(effects)}")
    for channel in set(found) & set(effects):
        ours, theirs = found[channel][1], effects[channel]
        largest = max(largest, abs(ours - theirs))
        allowed = DEVIATIONS * math.sqrt(ours * (1 - ours) / converting) + 1e-5
        if abs(ours - theirs) > allowed:
            faults.append(f"R({channel}) is {ours:.5f}, theirs {theirs:.5f}, {allowed:.5f} apart at most")
    return len(found), largest, faults


def main():
    interpreter = channel_attribution.python()
    if interpreter is None:
        print("skipped: ChannelAttribution cannot be installed")
        return 77
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        cases = []
        for seed in range(5):
            cases.append((f"random journeys {seed}", pathlib.Path(scratch) / f"{seed}.csv"))
            write_random(cases[-1][1], seed)
        real = pathlib.Path(sys.argv[2]) / "paths.csv"
        if real.exists():
            cases.append(("pathdata", real))
        for name, paths in cases:
            count, largest, faults = differences(sys.argv[1], interpreter, paths)
            print(*faults, f"{name}: {count} channels compared, largest difference {largest:.5f}, {len(faults)} too large", sep="\n")
            failed = failed or bool(faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
