"""When users count as having adopted the product, worked out from the exports with Python's own calendar and zones: the first login
that is the third of three different days close enough together. Every login stands for the midnight that begins its date."""
import csv
from collections import defaultdict
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")

CLOSE_ENOUGH = {
    "adopted_in_7_calendar_days": lambda first, last: (last - first).days <= 6,
    "adopted_in_7_days": lambda first, last: midnight(last) - midnight(first) <= timedelta(days=7),
    "adopted_in_an_iso_week": lambda first, last: first.isocalendar()[:2] == last.isocalendar()[:2],
}


def midnight(day):
    return datetime.combine(day, time(), ZONE).astimezone(timezone.utc)


def expected_firings(data, as_of):
    """Rows (trigger, key, instant in UTC)."""
    days = defaultdict(set)
    with (data / "engagement.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            days[row["user_id"]].add(date.fromisoformat(row["time_stamp"]))
    for user, all_days in days.items():
        in_order = sorted(day for day in all_days if midnight(day) <= as_of)
        for trigger, close_enough in CLOSE_ENOUGH.items():
            for first, last in zip(in_order, in_order[2:]):
                if close_enough(first, last):
                    yield trigger, user, midnight(last)
                    break
