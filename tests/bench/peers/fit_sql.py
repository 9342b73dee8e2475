"""The fit of 13 clauses in SQL, hundredths of points: the same for DuckDB and ClickHouse."""

CLAUSES = ((3000, "employees >= 200 AND employees < 5000"), (2000, "industry IN ('design', 'agency', 'media')"),
           (2500, "decision_makers >= 1"), (-2500, "region = 'LATAM'"), (1500, "coalesce({revenue}, false)"),
           (1000, "plan IN ('team', 'enterprise')"), (800, "invites >= 10"), (500, "seats BETWEEN 4 AND 50"), (700, "seats > 50"),
           (-1000, "days_since_seen > 30"), (-1500, "days_since_seen > 90"), (500, "plan = 'free' AND active_projects >= 3"))
RAMP = "(least(greatest(active_projects, 1), 10) - 1) * 1000 / 9 + 0.5"  # never half way between two integers
TIER = "CASE WHEN score >= 8000 THEN 'A' WHEN score >= 6000 THEN 'B' WHEN score >= 4000 THEN 'C' ELSE 'D' END"
CSV_COLUMNS = ("{'id': 'VARCHAR', 'employees': 'INTEGER', 'annual_revenue': 'DECIMAL(18, 2)', 'industry': 'VARCHAR', 'region': 'VARCHAR', "
               "'plan': 'VARCHAR', 'seats': 'INTEGER', 'active_projects': 'INTEGER', 'invites': 'INTEGER', 'decision_makers': 'INTEGER', "
               "'days_since_seen': 'INTEGER'}")


def score(revenue, truth="CAST({} AS INTEGER)", whole="CAST({} AS INTEGER)"):
    """`revenue`: the condition of the clause about it; `truth`, `whole`: integers of a truth value and of a number."""
    points = " + ".join(f"{truth.format(f'({condition.format(revenue=revenue)})')} * {points}" for points, condition in CLAUSES)
    return f"least(greatest({points} + {whole.format(f'floor({RAMP})')}, 0), 10000)"
