"""Which leads had no deal thirty days after their first contact, worked out from the exports with Python's own calendar and zones."""
import csv
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Sao_Paulo")


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(timezone.utc)


def expected_firings(data, as_of):
    """Rows (trigger, key, instant in UTC)."""
    with (data / "olist_closed_deals_dataset.csv").open(newline="", encoding="utf-8") as file:
        won = {row["mql_id"]: instant(row["won_date"]) for row in csv.DictReader(file)}
    with (data / "olist_marketing_qualified_leads_dataset.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            contact = instant(row["first_contact_date"])
            due = contact + timedelta(days=30)
            win = won.get(row["mql_id"])
            if due <= as_of and not (win and contact <= win <= due):
                yield "no_win_within_30_days", row["mql_id"], due
