"""What the rulebook must give, worked out from the exports with Python's own calendar and zones."""
import csv
from collections import defaultdict
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")


def first_instant(day):
    """Midnight in New York; its clocks never change at midnight."""
    return datetime.combine(day, time(), ZONE).astimezone(timezone.utc)


def month_before(day):
    """The same day of the month before, or that month's last day."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def within(logins, after, until):
    """How many logins lie in (after, until], elapsed time."""
    return sum(after < instant <= until for instant, _ in logins)


def on_dates(logins, first, until):
    """How many logins lie on a date from `first` on and not after the instant `until`."""
    return sum(first <= day and instant <= until for instant, day in logins)


def windows(joined, logins, now):
    today = now.astimezone(ZONE).date()
    monday = today - timedelta(days=today.weekday())
    seen = [login for login in logins if login[0] <= now]
    fortnight = joined + timedelta(days=14)
    return {
        "last_7_days": within(seen, now - timedelta(days=7), now),
        "last_7_calendar_days": on_dates(seen, today - timedelta(days=6), now),
        "this_iso_week": on_dates(seen, monday, now),
        "two_iso_weeks": on_dates(seen, monday - timedelta(days=7), now),
        "last_calendar_month": on_dates(seen, month_before(today) + timedelta(days=1), now),
        "since_joining": sum(instant >= joined for instant, _ in seen),
        "first_14_days": within(seen, joined, fortnight),
        "first_14_calendar_days": on_dates(seen, fortnight.astimezone(ZONE).date() - timedelta(days=13), fortnight),
    }


def expected(data, as_of):
    logins = defaultdict(list)
    with (data / "engagement.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["time_stamp"])
            logins[row["user_id"]].append((first_instant(day), day))
    with (data / "users.csv").open(newline="", encoding="utf-8") as file:
        joined = {row["object_id"]: datetime.strptime(row["creation_time"], "%d-%m-%Y %H:%M").replace(tzinfo=ZONE)
                  for row in csv.DictReader(file)}
    joined = {user: instant.astimezone(timezone.utc) for user, instant in joined.items()}
    now = datetime.fromisoformat(as_of)
    return [{"user": user, **{name: str(count) for name, count in windows(instant, logins[user], now).items()}}
            for user, instant in joined.items() if instant <= now]  # who has not joined yet is not there
