"""Workload D, a deal of ten touches of each account: DuckDB, Polars and ClickHouse join touches with deals, take those of the 90 days
before the close, and divide the amount. In floating point, each party's amount rounded to cents: it may be off by some cents."""

import math
import os

import measure

OPTIONS = measure.arguments()
os.environ["POLARS_MAX_THREADS"] = str(OPTIONS.threads)  # before Polars is loaded
ROWS = ("credit.position", "credit.decay", "credit.equal")
COMPARED = 20_000  # deals
DAY = 86_400_000_000
WINDOW, HALF_LIFE = 90 * DAY, 7 * DAY
RULES = """
rulebook workload_d { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key }
entity touch of account as touches ordered by at { at : time  party : text }
entity deal of account as deals { id : text key  closed_at : time  amount : money fixed }
""" + "".join(f"""
credit {name} {{ owner sales  for deals  at closed_at  divide amount  among touches in 90 days before closed_at  parties party
  split {model} otherwise }}""" for name, model in (("position_split", "position(first 40%, middle 20%, last 40%)"),
                                          ("decay_split", "decay(halving every 7 days)"), ("equal_split", "equal")))


def ours(columns):
    """By rule: cents of each deal and party, of the first deals."""
    import made_up
    import pyarrow
    closed, amount, at, party = columns
    some = COMPARED * made_up.TOUCHES
    closed, amount, at, party = closed[:COMPARED], amount[:COMPARED], at[:some], party[:some]
    keys = pyarrow.array([f"{i}" for i in range(COMPARED)])
    time = pyarrow.timestamp("us", "UTC")
    tables = {"accounts": pyarrow.table({"id": keys}),
              "deals": pyarrow.table({"id": keys, "account_id": keys, "closed_at": pyarrow.array(closed).cast(time),
                                      "amount": measure.money_of(pyarrow.array(amount))}),
              "touches": pyarrow.table({"account_id": keys.take(pyarrow.array(made_up.np.arange(COMPARED).repeat(made_up.TOUCHES))),
                                        "at": pyarrow.array(at).cast(time),
                                        "party": pyarrow.array(made_up.PARTIES).take(pyarrow.array(party))})}
    found = measure.our_answers(OPTIONS.build, RULES, tables, "credits", "--as-of", "2027-01-01").to_pydict()
    by_rule = {row: {} for row in ROWS}
    for rule, deal, whose, cents in zip(found["rule"], found["deal"], found["party"], found["amount"]):
        if whose in made_up.PARTIES:
            by_rule["credit." + rule.removesuffix("_split")][int(deal), whose] = int(cents * 100)
    return by_rule


def compared(found, expected):
    """How the answers differ, and of those that are there, how far the cents are off."""
    missing = len(set(found) ^ set(expected))
    off = [abs(found[key] - expected[key]) for key in set(found) & set(expected)]
    differs = f"{missing:,} parties of deals missing or too many" if missing else None
    if max(off, default=0) > 1:
        differs = f"amounts off by up to {max(off)} cents"
    return {"differs": differs, "note": f"{sum(map(bool, off)):,} of {len(off):,} amounts off by a cent" if any(off) else None}


POSITION = "CASE WHEN n = 1 THEN 1.0 WHEN n = 2 THEN 0.5 WHEN instant = first OR instant = last THEN 0.4 ELSE 0.2 / (n - 2) END"


def sql(row, power):
    """`power`: two to the power of a number."""
    joined = ("SELECT t.account AS account, party, instant, closed_at, amount FROM touches t JOIN deals d ON t.account = d.account "
              f"WHERE instant <= closed_at AND instant > closed_at - {WINDOW}")
    if row == "credit.position":
        of_deals = (f"SELECT account, count(*) AS n, min(instant) AS first, max(instant) AS last FROM ({joined}) x GROUP BY account")
        return (f"SELECT j.account AS account, party, round(sum(amount * ({POSITION}))) AS cents "
                f"FROM ({joined}) j JOIN ({of_deals}) s ON j.account = s.account GROUP BY j.account, party")
    weight = "1.0 * count(*)" if row == "credit.equal" else f"sum({power.format(f'(instant - closed_at) / {HALF_LIFE}.0')})"
    weights = f"SELECT account, party, any_value(amount) AS amount, {weight} AS w FROM ({joined}) j GROUP BY account, party"
    return f"SELECT account, party, round(amount * w / sum(w) OVER (PARTITION BY account)) AS cents FROM ({weights}) y"


def duckdb(module, columns, times):
    import made_up
    import pyarrow
    closed, amount, at, party = columns
    base = module.connect(config={"threads": OPTIONS.threads})
    account = made_up.np.arange(len(closed), dtype="int32")
    base.register("given_deals", pyarrow.table({"account": account, "closed_at": closed, "amount": amount}))
    base.register("given_touches", pyarrow.table({"account": account.repeat(made_up.TOUCHES), "instant": at, "code": party}))
    base.execute(f"CREATE TYPE party_type AS ENUM ({', '.join(map(repr, made_up.PARTIES))})")
    base.execute("CREATE TABLE deals AS FROM given_deals")
    base.execute("CREATE TABLE touches AS SELECT account, instant, enum_range(NULL::party_type)[code + 1]::party_type AS party "
                 "FROM given_touches")
    for row in ROWS:
        query = sql(row, "pow(2.0, {})")
        found = {(deal, whose): int(cents) for deal, whose, cents in base.execute(f"FROM ({query}) WHERE account < {COMPARED}").fetchall()}
        yield row, found, measure.best_seconds(lambda: base.execute(f"SELECT sum(cents), count(party) FROM ({query})").fetchall(), times)


def clickhouse(module, columns, times):
    import made_up
    import pyarrow
    closed, amount, at, party = columns
    account = pyarrow.array(made_up.np.arange(len(closed), dtype="int32"))
    enum = "Enum8(" + ", ".join(f"'{text}' = {i}" for i, text in enumerate(made_up.PARTIES)) + ")"
    with measure.clickhouse_session(module, OPTIONS.threads) as base:
        measure.fill_clickhouse(base, "deals", {"account": "UInt32", "closed_at": "Int64", "amount": "Int64"},
                                pyarrow.table({"account": account, "closed_at": closed, "amount": amount}))
        measure.fill_clickhouse(base, "touches", {"account": "UInt32", "instant": "Int64", "party": enum}, pyarrow.table(
            {"account": account.to_numpy().repeat(made_up.TOUCHES), "instant": at,
             "party": pyarrow.DictionaryArray.from_arrays(pyarrow.array(party), pyarrow.array(made_up.PARTIES))}))
        for row in ROWS:
            query = sql(row, "exp2({})")
            lines = str(base.query(f"SELECT * FROM ({query}) WHERE account < {COMPARED}", "CSV")).split()
            found = {(int(deal), whose.strip('"')): int(float(cents)) for deal, whose, cents in (line.split(",") for line in lines)}
            yield row, found, measure.best_seconds(lambda: base.query(f"{query} FORMAT Null"), times)


def polars(pl, columns, times):
    import made_up
    closed, amount, at, party = columns
    account = made_up.np.arange(len(closed), dtype="uint32")
    parties = pl.Enum(made_up.PARTIES)
    deals = pl.DataFrame({"account": account, "closed_at": closed, "amount": amount})
    touches = pl.DataFrame({"account": account.repeat(made_up.TOUCHES), "instant": at, "code": party}).with_columns(
        party=pl.Series(made_up.PARTIES, dtype=parties).gather(party)).drop("code")
    column = pl.col

    def asked(row):
        joined = touches.lazy().join(deals.lazy(), on="account").filter(
            (column("instant") <= column("closed_at")) & (column("instant") > column("closed_at") - WINDOW))
        if row == "credit.position":
            of_deals = joined.group_by("account").agg(n=pl.len(), first=column("instant").min(), last=column("instant").max())
            n = column("n")
            weight = pl.when(n == 1).then(1.0).when(n == 2).then(0.5).when(
                (column("instant") == column("first")) | (column("instant") == column("last"))).then(0.4).otherwise(0.2 / (n.cast(pl.Float64) - 2))
            weighed = joined.join(of_deals, on="account").group_by("account", "party")
            return weighed.agg(cents=(column("amount") * weight).sum().round())
        weight = pl.lit(1.0) if row == "credit.equal" else ((column("instant") - column("closed_at")) * (math.log(2) / HALF_LIFE)).exp()
        weights = (joined.group_by("account", "party").agg(amount=column("amount").first(), w=weight.sum()) if row == "credit.decay" else
                   joined.group_by("account", "party").agg(amount=column("amount").first(), w=pl.len().cast(pl.Float64)))
        whole = weights.group_by("account").agg(all=column("w").sum())
        return weights.join(whole, on="account").select("account", "party", cents=(column("amount") * column("w") / column("all")).round())

    for row in ROWS:
        query = asked(row)
        found = {(deal, whose): int(cents) for deal, whose, cents in query.collect().filter(column("account") < COMPARED).rows()}
        yield row, found, min(measure.best_seconds(lambda: query.collect(engine=engine), times) for engine in ("streaming", "in-memory"))


def main():
    import made_up
    deals = 50_000 if OPTIONS.quick else 200_000
    columns = made_up.deals(deals)
    expected = ours(columns)
    peers = {"ClickHouse": ("chdb", clickhouse), "Polars": ("polars", polars), "DuckDB": ("duckdb", duckdb)}
    for name, module, peer in measure.installed(ROWS[0], peers):
        for row, found, seconds in peer(module, columns, 3 if OPTIONS.quick else 5):
            measure.report(row, name, deals * made_up.TOUCHES / seconds / 1e6, OPTIONS.threads, **compared(found, expected[row]))


if __name__ == "__main__":
    main()
