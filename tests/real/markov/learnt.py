"""What `rulec learn-credit --paths` learns of a file of paths, and the same by fractions."""
import csv
import fractions
import json
import pathlib
import subprocess
import tempfile


def learn(rulec, paths):
    """(party, omega, removal effect) as numbers, by party, and the record of what was learnt."""
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "weights.json"
        subprocess.run([rulec, "learn-credit", "--paths", paths, "-o", out], check=True, stdout=subprocess.PIPE)
        weights = json.loads(out.read_text(encoding="utf-8"))
    return {w["party"]: (float(w["omega"]), float(w["removal_effect"])) for w in weights["weights"]}, weights["learnt"]


def journeys_of(paths):
    """(channels, conversions, nulls) of each line."""
    with open(paths, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield [part.strip() for part in row["path"].split(">")], int(row["total_conversions"]), int(row["total_null"])


def conversion(steps, removed):
    """P(conversion | start), journeys that come to `removed` ending in nothing: by elimination of one state after the other."""
    steps = {state: {to: fractions.Fraction(count, sum(row.values())) for to, count in row.items()} for state, row in steps.items()}
    if removed is not None:
        steps[removed] = {"(null)": fractions.Fraction(1)}
    for gone in [state for state in steps if state != "(start)"]:
        row = steps.pop(gone)
        stay = row.pop(gone, 0)
        for other in steps.values():
            into = other.pop(gone, 0)
            for to, share in row.items():
                other[to] = other.get(to, 0) + into * share / (1 - stay)
    row = steps["(start)"]
    return row.get("(conversion)", 0) / (1 - row.get("(start)", 0))


def exact(paths):
    """As learn, by fractions, straight from the definition."""
    steps = {}
    for channels, conversions, nulls in journeys_of(paths):
        if conversions + nulls == 0:
            continue
        at = "(start)"
        for channel in channels:
            row = steps.setdefault(at, {})
            if channel != at:
                row[channel] = row.get(channel, 0) + conversions + nulls
            at = channel
        row = steps.setdefault(at, {})
        row["(conversion)"] = row.get("(conversion)", 0) + conversions
        row["(null)"] = row.get("(null)", 0) + nulls
    everything = conversion(steps, None)
    effects = {channel: 1 - conversion(steps, channel) / everything for channel in steps if channel != "(start)"}
    total = sum(effects.values())
    return {channel: (effect / total, effect) for channel, effect in effects.items()}
