"""Workload A, the fit of 13 clauses: DuckDB, Polars and ClickHouse over columns in memory, enums as codes; score and tier."""

import os

import measure

OPTIONS = measure.arguments()
os.environ["POLARS_MAX_THREADS"] = str(OPTIONS.threads)  # before Polars is loaded
ROW = "fit13.memory"
COMPARED = 200_000


def duckdb(module, table, times):
    import fit_sql
    import made_up
    base = module.connect(config={"threads": OPTIONS.threads})
    for name, values in {**made_up.ENUMS, "tier": list("ABCD")}.items():
        base.execute(f"CREATE TYPE {name}_type AS ENUM ({', '.join(map(repr, values))})")
    casts = ", ".join(f"{name}::VARCHAR::{name}_type AS {name}" if name in made_up.ENUMS else name for name in table.column_names)
    base.register("given", table)
    base.execute(f"CREATE TABLE accounts AS SELECT {casts} FROM given")
    asked = (f"SELECT score, ({fit_sql.TIER})::tier_type AS tier FROM (SELECT {fit_sql.score('annual_revenue >= 100000000')} AS score "
             "FROM accounts{})")
    found = base.execute(asked.format(f" LIMIT {COMPARED}")).fetchall()
    # Fastest where the answer is counted, not kept: both columns are computed all the same.
    counted = f"SELECT sum(score), count(*) FILTER (tier = 'A') FROM ({asked.format('')})"
    return found, measure.best_seconds(lambda: base.execute(counted).fetchall(), times)


def polars(pl, table, times):
    import fit_polars
    import made_up
    frame = pl.from_arrow(table).with_columns([pl.col(name).cast(pl.String).cast(pl.Enum(values)) for name, values in made_up.ENUMS.items()])
    def asked(of):
        return fit_polars.scored(of.lazy(), 100_000_000)

    found = asked(frame.head(COMPARED)).collect().rows()
    return found, min(measure.best_seconds(lambda: asked(frame).collect(engine=engine), times) for engine in ("streaming", "in-memory"))


def clickhouse(module, table, times):
    import fit_sql
    import made_up
    with measure.clickhouse_session(module, OPTIONS.threads) as base:
        enums = {name: "Enum8(" + ", ".join(f"'{value}' = {i}" for i, value in enumerate(values)) + ")"
                 for name, values in made_up.ENUMS.items()}
        types = {name: enums.get(name) or ("Nullable(Int64)" if name == "annual_revenue" else "Int32") for name in table.column_names}
        numbered = table.append_column("place", [made_up.np.arange(len(table))])
        measure.fill_clickhouse(base, "accounts", {**types, "place": "Int64"}, numbered)
        asked = (f"SELECT {fit_sql.score('annual_revenue >= 100000000', '{}', 'toInt32({})')} AS score, "
                 "multiIf(score >= 8000, 1, score >= 6000, 2, score >= 4000, 3, 4) AS tier FROM accounts")
        lines = str(base.query(f"{asked} WHERE place < {COMPARED} ORDER BY place", "CSV")).split()
        found = [(int(score), " ABCD"[int(tier)]) for score, tier in (line.split(",") for line in lines)]
        return found, measure.best_seconds(lambda: base.query(f"{asked} FORMAT Null"), times)


def main():
    import fit_data
    import made_up
    count = 2_000_000 if OPTIONS.quick else 10_000_000
    table = fit_data.table_of(*made_up.fit_accounts(count))
    expected = fit_data.ours(OPTIONS.build, table.slice(0, COMPARED))
    for name, module, peer in measure.installed(ROW, {"ClickHouse": ("chdb", clickhouse), "Polars": ("polars", polars), "DuckDB": ("duckdb", duckdb)}):
        found, seconds = peer(module, table, 3 if OPTIONS.quick else 5)
        measure.report(ROW, name, count / seconds / 1e6, OPTIONS.threads, measure.differing(found, expected, "accounts"))


if __name__ == "__main__":
    main()
