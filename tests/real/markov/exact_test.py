#!/usr/bin/env python3
"""Weights learnt of real paths, held against an exact solution that goes another way (fractions, one state after the other).

    exact_test.py RULEC DATA_FOLDER

Without the data the test is skipped: it exits with 77.
"""
import pathlib
import sys

import learnt

TOLERANCE = 1e-12


def main():
    paths = pathlib.Path(sys.argv[2]) / "paths.csv"
    if not paths.exists():
        print(f"skipped: there is no {paths}")
        return 77
    found, told = learnt.learn(sys.argv[1], paths)
    expected = learnt.exact(paths)
    faults = []
    if set(found) != set(expected):
        faults.append(f"channels {sorted(found)} instead of {sorted(expected)}")
    for channel in expected:
        for name, ours, theirs in zip(("omega", "R"), found[channel], expected[channel]):
            if abs(ours - theirs) > TOLERANCE:
                faults.append(f"{name}({channel}) is {ours!r} instead of {float(theirs)!r}")
    journeys = [(conversions, nulls) for _, conversions, nulls in learnt.journeys_of(paths)]
    for name, count in (("conversions", sum(pair[0] for pair in journeys)), ("nulls", sum(pair[1] for pair in journeys))):
        if told[name] != count:
            faults.append(f"{told[name]} {name} instead of {count}")
    print(*faults, f"{len(expected)} channels of {len(journeys)} paths compared, {len(faults)} differences", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
