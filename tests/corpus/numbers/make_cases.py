#!/usr/bin/env python3
"""Writes the cases of this folder: every row of operators.def over values at the edges of its types, worked out here with
exact fractions and Python's own binary64 arithmetic.

    make_cases.py            write them
    make_cases.py --check    end with 1 if what is here is not what would be written
"""

import itertools
import math
import re
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
OPERATORS = HERE.parents[2] / "runtime" / "plan" / "operators.def"
SIGNS = {"Plus": "+", "Minus": "-", "Times": "*", "DividedBy": "/"}
LEAST, GREATEST = -(2**63), 2**63 - 1
EXACT = 2**53
DAY = 86_400_000_000

# In the unit of each type: percent in millionths, money in cents, dates in days, times and durations in microseconds.
SAMPLES = {
    "Int": [0, 3, -7, EXACT + 1, GREATEST],
    "Number": [0.0, 0.5, -2.25, 0.1, 1e15],
    "Percent": [0, 125_000, -333_333, 1, GREATEST],
    "Money": [0, 5, -1_005, EXACT - 1, GREATEST],
    "Date": [20_512, -1],
    "Time": [1_772_953_200_000_000, 0],
    "Duration": [0, DAY, -DAY, 36 * 3_600_000_000, 1],
}


def half_even(value):
    return round(value)  # of a Fraction: half to even


def grouped_decimal(units, digits):
    whole, rest = divmod(abs(units), 10**digits)
    return f"{whole}.{rest:0{digits}d}"


def number_text(value):
    text = format(Decimal(repr(abs(value))), "f")
    assert float(text) == abs(value), value
    return text if "." in text else text + ".0"


def literal(kind, value):
    """The value as rule text; None where there is no literal for it."""
    if kind in ("Date", "Time"):
        import datetime
        epoch = datetime.datetime(1970, 1, 1)
        moment = epoch + (datetime.timedelta(days=value) if kind == "Date" else datetime.timedelta(microseconds=value))
        return moment.strftime("%Y-%m-%d") if kind == "Date" else moment.isoformat() + "Z"
    if value == LEAST and kind != "Number":
        return None
    text = {
        "Int": lambda: str(abs(value)),
        "Number": lambda: number_text(value),
        "Percent": lambda: grouped_decimal(value, 4) + "%",
        "Money": lambda: "$" + grouped_decimal(value, 2),
        "Duration": lambda: f"{abs(value)} microseconds",
    }[kind]()
    negative = value < 0 or (kind == "Number" and math.copysign(1, value) < 0)
    return f"(-{text})" if negative else text


def exact(value):
    return value if LEAST <= value <= GREATEST else None


def real(value):
    return value if math.isfinite(value) else None


def as_number(kind, value):
    if kind == "Number":
        return value
    if int(float(value)) != value:  # it widens where that is exact
        return None
    return float(value) / 1_000_000 if kind == "Percent" else float(value)


def money_by_number(money, number, divide):
    if number is None or abs(money) > EXACT or (divide and number == 0):
        return None
    result = real(money / number if divide else money * number)
    if result is None:
        return None
    rounded = half_even(Fraction(result))
    return rounded if abs(rounded) <= EXACT else None


def result_of(sign, left, a, right, b, op):
    if op == "AddExact":
        return exact(a + b)
    if op == "SubtractExact":
        return exact(a - b)
    if op == "MultiplyExact":
        return exact(a * b)
    if op in ("MultiplyPercent", "MultiplyMoneyPercent"):
        return exact(half_even(Fraction(a * b, 1_000_000)))
    if op in ("AddDays", "SubtractDays"):
        days = b // DAY if b % DAY == 0 else None
        return None if days is None else (a + days if op == "AddDays" else a - days)
    if op in ("MultiplyMoneyNumber", "DivideMoneyNumber"):
        money, other, kind = (a, b, right) if left == "Money" else (b, a, left)
        return money_by_number(money, as_number(kind, other), sign == "/")
    if op == "DivideExact":
        return None if b == 0 else real(float(Fraction(a, b)))
    x, y = as_number(left, a), as_number(right, b)
    if x is None or y is None or (sign == "/" and y == 0):
        return None
    return real({"+": x + y, "-": x - y, "*": x * y, "/": x / y if y else 0.0}[sign])


def is_disputed(op, a, b):
    """Quotients of values that binary64 does not hold exactly: the language leaves them to the implementation."""
    return op == "DivideExact" and (abs(a) > EXACT or abs(b) > EXACT)


def rows():
    for match in re.finditer(r"^RB_OPERATOR\((\w+), (\w+), (\w+), (\w+), (\w+)\)", OPERATORS.read_text(), re.M):
        yield match.groups()


def cases(operator, left, right, result, op):
    sign = SIGNS[operator]
    for a, b in itertools.product(SAMPLES[left], SAMPLES[right]):
        first, second = literal(left, a), literal(right, b)
        if first is None or second is None or is_disputed(op, a, b):
            continue
        value = result_of(sign, left, a, right, b, op)
        expected = "missing" if value is None else literal(result, value)
        if expected is not None:
            yield f"  expect {first} {sign} {second} is {expected}"


def files():
    written = {}
    for operator, left, right, result, op in rows():
        if left == "Points":
            continue
        name = re.sub(r"(?<!^)([A-Z])", r"_\1", operator).lower()
        if name not in written:
            written[name] = ["// Written by make_cases.py.", "// with shared/header.rules", "// with shared/account.rules"]
        written[name].append(f'test "{left} {SIGNS[operator]} {right}" {{')
        written[name].append("  account { signed_up_at 2026-03-01  region NA  plan free }\n  as_of +1 day")
        written[name] += cases(operator, left, right, result, op)
        written[name].append("}")
    return {HERE / f"{name}.rules": "\n".join(lines) + "\n" for name, lines in written.items()}


def main():
    wrong = [path for path, text in files().items() if not path.exists() or path.read_text() != text]
    if "--check" in sys.argv:
        for path in wrong:
            print(f"{path} is not what make_cases.py writes")
        sys.exit(1 if wrong else 0)
    for path, text in files().items():
        path.write_text(text)


if __name__ == "__main__":
    main()
