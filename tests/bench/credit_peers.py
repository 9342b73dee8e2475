#!/usr/bin/env python3
"""Credit of workload D in DuckDB, Polars and ClickHouse, each in its best form known to us, warm, in memory, one thread:

    credit_peers.py FOLDER    FOLDER: deals.csv and touches.csv of `credit_speed DEALS FOLDER`

Prints a JSON object a row and peer: M touches/s of joining deals with their account's touches, leaving those of 90 days, weighing
them and adding the weights up by party, with the amount of each party in cents, rounded by itself. That is less than ours give:
amounts that add up, shares, and the amounts of touches. A peer that is not installed is said to be absent.
"""

import json
import sys
import time
from pathlib import Path

WINDOW = 90 * 86_400_000_000
HALF_LIFE = 7 * 86_400_000_000
TIMES = 5

# By row: the weight of a touch, given its number i of n, and its age. Of 40%, 20%, 40% both halves of two are half.
ROWS = ("credit.position", "credit.decay", "credit.equal")
POSITION = "case when n = 1 then 1.0 when n = 2 then 0.5 when i = 1 or i = n then 0.4 else 0.2 / (n - 2) end"


def sql(row):
    """Weights added up by deal and party, then divided by the deal's: only position needs the order of touches."""
    taken = f"""deals d join touches t on d.account = t.account
                where touched_at > closed_at - {WINDOW} and touched_at <= closed_at"""
    if row == "credit.position":
        return f"""
            select account, party, round(any_value(amount) * sum({POSITION})) as amount from (
                select d.account as account, party, amount, row_number() over w as i, count(*) over (partition by d.account) as n
                from {taken} window w as (partition by d.account order by touched_at))
            group by account, party"""
    weight = "count(*)" if row == "credit.equal" else f"sum(pow(0.5, (closed_at - touched_at) / {HALF_LIFE}.0))"
    return f"""
        with parties as (select d.account as account, party, any_value(amount) as amount, {weight} as weight
                         from {taken} group by d.account, party)
        select account, party, round(amount * weight / sum(weight) over (partition by account)) as amount from parties"""


def best(work):
    times = []
    for _ in range(TIMES):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def duckdb_rows(folder):
    import duckdb
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(f"create table deals as select * from read_csv('{folder}/deals.csv')")
    connection.execute(f"create table touches as select account, touched_at, party from read_csv('{folder}/touches.csv')")
    connection.execute("create type parties as enum (select distinct party from touches order by party)")
    connection.execute("alter table touches alter party type parties")
    for row in ROWS:
        yield row, best(lambda row=row: connection.execute(f"create or replace temp table made as {sql(row)}"))


def polars_rows(folder):
    import os
    os.environ["POLARS_MAX_THREADS"] = "1"
    import polars as pl
    deals = pl.read_csv(folder / "deals.csv")
    parties = pl.Enum(["ads", "call", "email", "event", "web"])
    touches = pl.read_csv(folder / "touches.csv", schema_overrides={"party": parties}).sort("account", "touched_at")
    taken = (touches.lazy().join(deals.lazy(), on="account")
             .filter((pl.col("touched_at") > pl.col("closed_at") - WINDOW) & (pl.col("touched_at") <= pl.col("closed_at"))))
    position = (pl.when(pl.col("n") == 1).then(1.0).when(pl.col("n") == 2).then(0.5)
                .when((pl.col("i") == 0) | (pl.col("i") == pl.col("n") - 1)).then(0.4).otherwise(0.2 / (pl.col("n") - 2)))

    def divided(row):
        if row == "credit.position":
            numbered = taken.with_columns(n=pl.len().over("account"), i=pl.int_range(pl.len()).over("account"))
            return (numbered.with_columns(weight=position).group_by("account", "party")
                    .agg(amount=(pl.col("amount").first() * pl.col("weight").sum()).round()))
        ages = (pl.col("closed_at") - pl.col("touched_at")) / HALF_LIFE
        weight = pl.len() if row == "credit.equal" else (ages * -0.6931471805599453).exp().sum()
        by_party = taken.group_by("account", "party").agg(pl.col("amount").first(), weight=weight)
        return by_party.with_columns(amount=(pl.col("amount") * pl.col("weight") / pl.col("weight").sum().over("account")).round())

    for row in ROWS:
        yield row, min(best(lambda row=row, engine=engine: divided(row).collect(engine=engine)) for engine in ("in-memory", "streaming"))


def clickhouse_rows(folder):
    from chdb import session
    connection = session.Session()
    connection.query("set max_threads = 1")
    connection.query("create database if not exists d")
    connection.query(f"create table d.deals engine = Memory as select * from file('{folder}/deals.csv', CSVWithNames, "
                     "'account UInt32, closed_at Int64, amount Int64')")
    connection.query(f"create table d.touches engine = Memory as select * from file('{folder}/touches.csv', CSVWithNames, "
                     "'account UInt32, touched_at Int64, party LowCardinality(String)')")
    connection.query("use d")
    for row in ROWS:
        yield row, best(lambda row=row: connection.query(f"select sum(amount) from ({sql(row)})"))


def main():
    folder = Path(sys.argv[1])
    touches = sum(1 for _ in (folder / "touches.csv").open()) - 1
    for peer, rows in (("duckdb", duckdb_rows), ("polars", polars_rows), ("clickhouse", clickhouse_rows)):
        try:
            for row, seconds in rows(folder):
                print(json.dumps({"name": row, "peer": peer, "unit": "M touches/s", "value": round(touches / seconds / 1e6, 1)}), flush=True)
        except ImportError:
            print(json.dumps({"peer": peer, "absent": True}), flush=True)


if __name__ == "__main__":
    main()
