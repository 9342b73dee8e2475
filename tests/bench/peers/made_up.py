"""The data of the benchmarks, number by number as the C++ programs make it up, as columns."""

import numpy as np

FIT_BELOW = {"employees": 10_000, "annual_revenue": 300_000_000, "industry": 8, "region": 4, "plan": 4, "seats": 100,
             "active_projects": 15, "invites": 20, "decision_makers": 3, "days_since_seen": 200}
INDUSTRIES = ["design", "agency", "media", "retail", "health", "finance", "energy", "public"]
REGIONS = ["NA", "EMEA", "APAC", "LATAM"]
PLANS = ["free", "basic", "team", "enterprise"]
ENUMS = {"industry": INDUSTRIES, "region": REGIONS, "plan": PLANS}

DAY = 86_400_000_000  # microseconds
MINUTE = 60_000_000
EVENTS_BEGIN = 1_740_000_000_000_000
EVENTS = 20
NAMES = [f"name_{i}" for i in range(10)]

TOUCHES = 10
PARTIES = ["ads", "call", "email", "event", "web"]
NOW = 1_780_000_000_000_000


def random_numbers(count, shift=33):
    """The first numbers of the generator that the C++ programs use: each state is made of the one before. Here the second half
    of them of the first half, by the step as often as the half is long."""
    states = np.empty(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        factor, step = np.uint64(6364136223846793005), np.uint64(1442695040888963407)
        states[0] = factor + step  # after the seed 1
        filled = 1
        while filled < count:
            some = min(filled, count - filled)
            states[filled:filled + some] = states[:some] * factor + step
            step = step * factor + step
            factor = factor * factor
            filled += some
    return states >> np.uint64(shift)


def fit_accounts(count):
    """Workload A: codes of enums for texts, and what is known of the revenue."""
    numbers = random_numbers(count * 11).reshape(count, 11)
    columns = {name: (numbers[:, place] % below).astype(np.int64 if name == "annual_revenue" else np.int32)
               for place, (name, below) in enumerate(FIT_BELOW.items())}
    return columns, numbers[:, 10] % 5 != 0


def records(count):
    """Workload B: as of workload A, drawn in another order."""
    numbers = random_numbers(count * 11).reshape(count, 11)
    places = [0, 1, *range(3, 11)]
    return {name: (numbers[:, place] % below).astype(np.int64) for place, (name, below) in zip(places, FIT_BELOW.items())}, numbers[:, 2] % 5 != 0


def events(accounts):
    """Workload C: account, instant and code of the name of each event, sorted by account and time."""
    numbers = random_numbers(accounts * (1 + 2 * EVENTS)).reshape(accounts, 1 + 2 * EVENTS)
    begin = EVENTS_BEGIN + (numbers[:, 0] % 100_000).astype(np.int64) * MINUTE
    steps = (numbers[:, 1::2] % 5_000).astype(np.int64) * MINUTE
    at = begin[:, None] + np.cumsum(steps, axis=1)
    names = (numbers[:, 2::2] % 10).astype(np.int8)
    account = np.repeat(np.arange(accounts, dtype=np.int32), EVENTS)
    return account, at.ravel(), names.ravel()


def deals(count):
    """Workload D: a deal of an account each, when it closed and its cents; and when its ten touches were, and whose."""
    numbers = random_numbers(count * (2 + 2 * TOUCHES), shift=11).reshape(count, 2 + 2 * TOUCHES)
    closed = NOW - (numbers[:, 0] % (365 * DAY)).astype(np.int64)
    amount = 100 + (numbers[:, 1] % 10_000_000).astype(np.int64)
    at = np.sort(closed[:, None] - (numbers[:, 2::2] % (100 * DAY)).astype(np.int64), axis=1)
    party = (numbers[:, 3::2] % len(PARTIES)).astype(np.int8)
    return closed, amount, at.ravel(), party.ravel()
