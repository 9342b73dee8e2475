"""When usage fell, spread over many features, or stopped, worked out from the exports. A usage stands for the midnight (UTC) that
begins its date; usage ids that stand twice with different contents are rejected."""
import csv
from collections import Counter, defaultdict
from datetime import datetime, timedelta, timezone

MONTH = timedelta(days=30)
FEATURES = 5


def instant(day):
    return datetime.fromisoformat(day).replace(tzinfo=timezone.utc)


def rows(data, name):
    with (data / f"ravenstack_{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def drops(usages, origin, as_of):
    """The edges of `in the last 30 days half of what it was in the 30 days before, or less`; from nothing there is no change."""

    def used_until(end):
        return sum(times for at, times, _ in usages if end - MONTH < at <= end)

    moments = {at + shift for at, _, _ in usages for shift in (timedelta(), MONTH, 2 * MONTH)}
    was_true = False
    for now in sorted({origin} | {moment for moment in moments if origin <= moment <= as_of}):
        recent, before = used_until(now), used_until(now - MONTH)
        is_true = before > 0 and 2 * recent <= before
        if is_true and not was_true:
            yield now
        was_true = is_true


def adoption(usages, origin):
    """The first day from the sign-up on, on which that many features were used within the 30 days up to it, both ends included."""
    for now in sorted({at for at, _, _ in usages if at >= origin}):
        if len({feature for at, _, feature in usages if now - MONTH <= at <= now}) >= FEATURES:
            return [now]
    return []


def silences(usages, origin, as_of):
    """The ends of 30 days without any use, counted from the sign-up and from each use since; once per silence."""
    openings = sorted({origin} | {at for at, _, _ in usages if at >= origin})
    for opening, following in zip(openings, openings[1:] + [None]):
        deadline = opening + MONTH
        if deadline <= as_of and (following is None or deadline < following):
            yield deadline


def expected_firings(data, as_of):
    """Rows (trigger, key, instant in UTC)."""
    account_of = {row["subscription_id"]: row["account_id"] for row in rows(data, "subscriptions")}
    all_usages = rows(data, "feature_usage")
    stands = Counter(row["usage_id"] for row in all_usages)
    usages = defaultdict(list)
    for row in all_usages:
        if stands[row["usage_id"]] == 1 and instant(row["usage_date"]) <= as_of:
            usages[account_of[row["subscription_id"]]].append(
                (instant(row["usage_date"]), int(row["usage_count"]), row["feature_name"]))
    for account in rows(data, "accounts"):
        key, origin = account["account_id"], instant(account["signup_date"])
        used = [usage for usage in usages[key] if usage[1] > 0]
        if origin > as_of:
            continue  # it is not there yet
        yield from (("adopts", key, at) for at in adoption(used, origin))
        yield from (("usage_drops", key, at) for at in drops(usages[key], origin, as_of))
        yield from (("silent", key, at) for at in silences(used, origin, as_of))
