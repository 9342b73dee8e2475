#!/usr/bin/env python3
"""Every model over a month of real touches and purchases: each channel's sum under each model, divided here a second time.

    july2018_test.py RULEC DUCKDB_QUERY DATA_FOLDER

Weights are learnt first, so that the learnt model takes part. DuckDB says what all purchases are worth. Without the data the
test is skipped: it exits with 77.
"""
import collections
import csv
import datetime
import decimal
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction

LOOKBACK = datetime.timedelta(days=7)
HALVING = 7 * 86_400_000_000  # microseconds
CASE = pathlib.Path(__file__).resolve().parent.parent / "markov/july2018"
TOTAL = """
select printf('%.2f', sum(round(conversion_value::double, 2)::decimal(18, 2))) as amount, count(*) as deals
from (select distinct customer_id, time, conversion_value from read_csv('{data}/attribution_data.csv', all_varchar = true)
      where interaction = 'conversion')
"""


def deals_of(path):
    """(amount in cents, [(instant, channel)…]) of each purchase, the touches in order."""
    touches, bought = collections.defaultdict(list), set()
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            instant = datetime.datetime.fromisoformat(row["time"])
            touches[row["customer_id"]].append((instant, row["channel"]))
            if row["interaction"] == "conversion":
                cents = decimal.Decimal(row["conversion_value"]).quantize(decimal.Decimal("0.01"), decimal.ROUND_HALF_EVEN)
                bought.add((row["customer_id"], instant, int(cents * 100)))
    for customer, end, cents in bought:
        yield cents, sorted(touch for touch in touches[customer] if end - LOOKBACK < touch[0] <= end)


def scaled(weights):
    return [Fraction(weight) / sum(weights) for weight in weights]


def by_channel(touches, weight):
    """A weight for each different channel, equally over its touches."""
    counts = collections.Counter(channel for _, channel in touches)
    return [weight(channel) / counts[channel] for _, channel in touches]


def decay(touches):
    """2^(-age/halving), to the nearest multiple of 2^-62."""
    with decimal.localcontext() as context:
        context.prec = 60
        last = touches[-1][0]
        ages = [(last - instant) // datetime.timedelta(microseconds=1) for instant, _ in touches]
        powers = [decimal.Decimal(2) ** (62 - decimal.Decimal(age) / HALVING) for age in ages]
        return scaled([int(power.to_integral_value(decimal.ROUND_HALF_EVEN)) for power in powers])


def position(touches):
    if len(touches) <= 2:
        return scaled([1] * len(touches))
    return [Fraction(2, 5), *[Fraction(1, 5) / (len(touches) - 2)] * (len(touches) - 2), Fraction(2, 5)]


def models(omega):
    """By name: the share of each touch, or None where the model divides nothing."""
    def markov(touches):
        weights = by_channel(touches, lambda channel: omega.get(channel, Fraction(0)))
        return scaled(weights) if any(weights) else None
    return {
        "first": lambda touches: scaled([1] + [0] * (len(touches) - 1)),
        "last": lambda touches: scaled([0] * (len(touches) - 1) + [1]),
        "equal": lambda touches: scaled([1] * len(touches)),
        "equal(by channel)": lambda touches: scaled(by_channel(touches, lambda channel: Fraction(1))),
        "position(first 40%, middle 20%, last 40%)": position,
        "decay(halving every 7 days)": decay,
        'markov("weights.json")': markov,
    }


def divide(cents, touches, shares):
    """Cents by channel: rounded down, then one each to the largest remainders; of equal ones to the earlier first touch."""
    parts, firsts = collections.defaultdict(Fraction), {}
    for (instant, channel), share in zip(touches, shares):
        parts[channel] += share
        firsts.setdefault(channel, instant)
    exact = {channel: part * cents for channel, part in parts.items()}
    amounts = {channel: part // 1 for channel, part in exact.items()}
    order = sorted(exact, key=lambda channel: (amounts[channel] - exact[channel], firsts[channel], channel))
    for channel in order[:cents - sum(amounts.values())]:
        amounts[channel] += 1
    return amounts


def main():
    rulec, duckdb_query, data = (pathlib.Path(argument) for argument in sys.argv[1:4])
    if not data.is_dir():
        print(f"skipped: there is no {data}")
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        rules = pathlib.Path(scratch) / "rules"
        shutil.copytree(CASE, rules)
        flags = ["--data", data, "--map", rules / "data.toml"]
        subprocess.run([rulec, "learn-credit", rules, *flags, "--rule", "by_channel", "-o", rules / "weights.json"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        out, rows = pathlib.Path(scratch) / "comparison.csv", pathlib.Path(scratch) / "total.csv"
        told = subprocess.run([rulec, "compare-credit", rules, *flags, "--format", "json", "--out", out], check=True,
                              capture_output=True, text=True)
        subprocess.run([duckdb_query, rows], input=TOTAL.replace("{data}", str(data)), text=True, check=True)
        with rows.open(newline="", encoding="utf-8") as file:
            total = next(csv.DictReader(file))
        with out.open(newline="", encoding="utf-8") as file:
            found = {(row["model"], row["party"]): int(decimal.Decimal(row["amount"]) * 100) for row in csv.DictReader(file)}
        omega = {each["party"]: Fraction(each["omega"]) for each in json.loads((rules / "weights.json").read_text())["weights"]}
    expected = collections.Counter()
    whole, deals = 0, 0
    for cents, touches in deals_of(data / "attribution_data.csv"):
        whole, deals = whole + cents, deals + 1
        for name, shares_of in models(omega).items():
            shares = shares_of(touches) if touches else None
            amounts = divide(cents, touches, shares) if shares else {"unattributed": cents}
            for channel, amount in amounts.items():
                expected[name, channel] += amount
    faults = [f"{model}, {channel}: {found.get((model, channel))} instead of {cents} cents"
              for (model, channel), cents in expected.items() if found.get((model, channel), 0) != cents]
    comparison = json.loads(told.stdout)["comparisons"][0]
    if (comparison["deals"], comparison["amount"]) != (deals, total["amount"]) or str(deals) != total["deals"]:
        faults.append(f"{comparison['deals']} deals of {comparison['amount']}, DuckDB says {total}, here {deals}")
    for model in {model for model, _ in found}:
        if sum(cents for (name, _), cents in found.items() if name == model) != whole:
            faults.append(f"{model}: the channels do not add up to {whole} cents")
    print(*faults[:20], f"{len(expected)} sums of {deals} deals compared, {len(faults)} differences", sep="\n")
    return 1 if faults or len(expected) < 30 else 0


if __name__ == "__main__":
    sys.exit(main())
