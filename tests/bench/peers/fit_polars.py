"""The fit of 13 clauses in Polars, hundredths of points. As a program: file to file, in a stream.

    python fit_polars.py accounts.csv|accounts.parquet OUT
"""

import sys

import polars as pl


def scored(frame, million, keep=()):
    """`million`: what a million of revenue is in the column's unit."""
    column = pl.col

    def points(value, condition):
        return pl.when(condition).then(pl.lit(value, pl.Int32)).otherwise(pl.lit(0, pl.Int32))

    way = column("active_projects").clip(1, 10) - 1
    score = (points(3000, (column("employees") >= 200) & (column("employees") < 5000))
             + points(2000, column("industry").is_in(["design", "agency", "media"])) + points(2500, column("decision_makers") >= 1)
             + points(-2500, column("region") == "LATAM") + points(1500, column("annual_revenue") >= million)
             + points(1000, column("plan").is_in(["team", "enterprise"])) + (way.cast(pl.Float32) * (1000 / 9) + 0.5).cast(pl.Int32)
             + points(800, column("invites") >= 10) + points(500, (column("seats") >= 4) & (column("seats") <= 50))
             + points(700, column("seats") > 50) + points(-1000, column("days_since_seen") > 30)
             + points(-1500, column("days_since_seen") > 90)
             + points(500, (column("plan") == "free") & (column("active_projects") >= 3))).clip(0, 10_000)
    tiers = pl.Enum(list("ABCD"))
    tier = pl.when(column("score") >= 8000).then(pl.lit("A", tiers)).when(column("score") >= 6000).then(pl.lit("B", tiers)).when(
        column("score") >= 4000).then(pl.lit("C", tiers)).otherwise(pl.lit("D", tiers))
    return frame.select(*keep, score=score).with_columns(tier=tier)


def main():
    source, out = sys.argv[1:]
    if source.endswith(".csv"):
        numbers = ("employees", "seats", "active_projects", "invites", "decision_makers", "days_since_seen")
        types = {**dict.fromkeys(numbers, pl.Int32), "annual_revenue": pl.Float64}
        frame = pl.scan_csv(source, schema_overrides=types)
    else:
        frame = pl.scan_parquet(source)
    scored(frame, 1_000_000, ("id",)).sink_parquet(out)


if __name__ == "__main__":
    main()
