"""Workload C, 20 events of each account in order of account and time: ClickHouse and DuckDB say which accounts a trigger ever fires
for, which is less than ours say: each firing. Events are read from memory, names as enums, instants as seconds."""

import measure

OPTIONS = measure.arguments()
ROWS = ("trigger.then", "trigger.times")
COMPARED = 20_000  # accounts
DAY = 86_400
RULES = """
rulebook workload_c { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key  signed_up_at : time origin }
entity event of account as events ordered by at { at : time  name : text }
signal s0 = events where name is "name_0"
signal s1 = events where name is "name_1"
trigger then_within { owner sales  on s0 then s1 within 14 days  each time }
trigger three_times { owner sales  on s0 3 times within 7 days  each time }
"""


def ours(columns):
    """The accounts that each trigger fires for, of the first ones."""
    import made_up
    import pyarrow
    account, at, name = (column[:COMPARED * made_up.EVENTS] for column in columns)
    keys = pyarrow.array([f"a{i:07}" for i in range(COMPARED)])
    time = pyarrow.timestamp("us", "UTC")
    tables = {"accounts": pyarrow.table({"id": keys, "signed_up_at": pyarrow.array(at[::made_up.EVENTS]).cast(time)}),
              "events": pyarrow.table({"account_id": keys.take(pyarrow.array(account)), "at": pyarrow.array(at).cast(time),
                                       "name": pyarrow.array(made_up.NAMES).take(pyarrow.array(name))})}
    found = measure.our_answers(OPTIONS.build, RULES, tables, "firings")
    firings = list(zip(found["trigger"].to_pylist(), found["account"].to_pylist()))
    return [{int(account[1:]) for trigger, account in firings if trigger == name} for name in ("then_within", "three_times")]


def clickhouse(module, columns, times):
    import made_up
    import pyarrow
    account, at, name = columns
    table = pyarrow.table({"account": account, "instant": (at // 1_000_000).astype("uint32"),
                           "name": pyarrow.DictionaryArray.from_arrays(pyarrow.array(name), pyarrow.array(made_up.NAMES))})
    enum = "Enum8(" + ", ".join(f"'{text}' = {i}" for i, text in enumerate(made_up.NAMES)) + ")"
    then = f"windowFunnel({14 * DAY}, 'strict_increase')(instant, name = 'name_0', name = 'name_1') = 2"
    three = f"windowFunnel({7 * DAY}, 'strict_increase')(instant, name = 'name_0', name = 'name_0', name = 'name_0') = 3"
    arrays = f"arrayExists((a, b) -> b - a <= {7 * DAY}, arraySlice(arraySort(groupArray(instant)) AS all, 1, length(all) - 2), arraySlice(all, 3))"
    asked = ((ROWS[0], "ClickHouse windowFunnel", "name IN ('name_0', 'name_1')", then),
             (ROWS[1], "ClickHouse windowFunnel", "name = 'name_0'", three),
             (ROWS[1], "ClickHouse arrays", "name = 'name_0'", f"length(groupArray(instant)) >= 3 AND {arrays}"))
    with measure.clickhouse_session(module, OPTIONS.threads) as base:
        measure.fill_clickhouse(base, "events", {"account": "UInt32", "instant": "UInt32", "name": enum}, table)
        # A table sorted by account is grouped without a hash table.
        base.query("CREATE TABLE sorted (account UInt32, instant UInt32, name " + enum + ") ENGINE = MergeTree ORDER BY (account, instant)")
        base.query("INSERT INTO sorted SELECT * FROM events")
        base.query("OPTIMIZE TABLE sorted FINAL")
        for row, peer, where, having in asked:
            query = f"SELECT account FROM {{}} WHERE {where} {{}} GROUP BY account HAVING {having}"
            forms = [query.format("events", "{}") + " {}", query.format("sorted", "{}") + " SETTINGS optimize_aggregation_in_order = 1 {}"]
            seconds, form = min((measure.best_seconds(lambda: base.query(form.format("", "FORMAT Null")), times), form) for form in forms)
            found = str(base.query(form.format(f"AND account < {COMPARED}", ""), "CSV")).split()
            yield row, peer, {int(account) for account in found}, seconds


def duckdb(module, columns, times):
    import made_up
    import pyarrow
    account, at, name = columns
    base = module.connect(config={"threads": OPTIONS.threads})
    given = pyarrow.table({"account": account, "instant": (at // 1_000_000).astype("int32"), "code": name})
    base.register("given", given)
    base.execute(f"CREATE TYPE name_type AS ENUM ({', '.join(map(repr, made_up.NAMES))})")
    base.execute("CREATE TABLE events AS SELECT account, instant, enum_range(NULL::name_type)[code + 1]::name_type AS name FROM given")
    over = "OVER (PARTITION BY account ORDER BY instant, name DESC)"
    then = f"""SELECT DISTINCT account FROM (SELECT account, instant, name, lag(instant) {{over}} AS a, lag(name) {{over}} AS n {{same}}
        FROM events WHERE name IN ('name_0', 'name_1')) WHERE name = 'name_1' AND n = 'name_0' AND instant - a <= {14 * DAY} {{and_same}}"""
    three = f"""SELECT DISTINCT account FROM (SELECT account, instant, lag(instant, 2) {{over}} AS a {{same}}
        FROM events WHERE name = 'name_0') WHERE instant - a <= {7 * DAY} {{and_same}}"""
    joined = f"""SELECT DISTINCT b.account FROM events b JOIN events a ON a.account = b.account AND a.instant < b.instant AND b.instant - a.instant <= {14 * DAY}
        WHERE a.name = 'name_0' AND b.name = 'name_1'"""
    for row, text, places, more in ((ROWS[0], then, "", [joined]), (ROWS[1], three, ", 2", [])):
        partitioned = {"over": over, "same": "", "and_same": ""}
        # The rows are sorted: what stands before is seen without a partition.
        streamed = {"over": "OVER ()", "same": f", lag(account{places}) OVER () AS before", "and_same": "AND before = account"}
        streamed["and_same"] += " AND a < instant" if row == ROWS[0] else ""
        forms = [text.format(**partitioned), text.format(**streamed), *more]
        seconds, form = min((measure.best_seconds(lambda: base.execute(f"SELECT count(*) FROM ({form})").fetchall(), times), form)
                            for form in forms)
        found = base.execute(f"FROM ({form}) WHERE account < {COMPARED}").fetchall()
        yield row, "DuckDB", {account for account, in found}, seconds


def main():
    import made_up
    accounts = 200_000 if OPTIONS.quick else 1_000_000
    columns = made_up.events(accounts)
    expected = dict(zip(ROWS, ours(columns)))
    for _, module, peer in measure.installed(ROWS[0], {"ClickHouse": ("chdb", clickhouse), "DuckDB": ("duckdb", duckdb)}):
        for row, name, found, seconds in peer(module, columns, 3 if OPTIONS.quick else 5):
            wrong = len(found ^ expected[row])
            measure.report(row, name, accounts * made_up.EVENTS / seconds / 1e6, OPTIONS.threads,
                           f"{wrong:,} of {COMPARED:,} accounts" if wrong else None)


if __name__ == "__main__":
    main()
