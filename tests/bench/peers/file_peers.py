"""Workload E, file to file, whole processes: accounts from CSV or Parquet, the fit of 13 clauses, key, score and tier to Parquet.
`rulec run` writes what it always does besides. Here ours is measured, too: both by turns."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import measure

OPTIONS = measure.arguments()


def write_accounts(folder, count):
    """accounts.parquet and accounts.csv, enums as texts, money as decimals; in groups of rows as DuckDB writes them."""
    import fit_data
    import made_up
    import pyarrow.csv
    import pyarrow.parquet
    table = fit_data.as_read(fit_data.table_of(*made_up.fit_accounts(count)))
    for kind in ("parquet", "csv"):
        (folder / kind).mkdir()
    pyarrow.parquet.write_table(table, folder / "parquet" / "accounts.parquet", row_group_size=122_880)
    pyarrow.csv.write_csv(table, folder / "csv" / "accounts.csv", pyarrow.csv.WriteOptions(quoting_style="none"))


def seconds_of(command, environment=None):
    """Of a process from its start to its end, on as many cores as it has threads; None if it fails."""
    cores = sorted(os.sched_getaffinity(0))[:OPTIONS.threads]
    started = time.perf_counter()
    done = subprocess.run(["taskset", "--cpu-list", ",".join(map(str, cores)), *command], capture_output=True, text=True,
                          env={**os.environ, **(environment or {})})
    took = time.perf_counter() - started
    if done.returncode != 0:
        print(f"file_peers: {command[0]} failed: {done.stderr[-500:]}", file=sys.stderr)
        return None
    return took


def duckdb_command(source, out):
    import fit_sql
    read = f"read_csv('{source}', header = true, columns = {fit_sql.CSV_COLUMNS})" if source.suffix == ".csv" else f"'{source}'"
    return [str(Path(sys.executable).with_name("duckdb")), "-c",
            f"SET threads = {OPTIONS.threads}; COPY (SELECT id, score, {fit_sql.TIER} AS tier FROM (SELECT id, "
            f"{fit_sql.score('annual_revenue >= 1000000')} AS score FROM {read})) TO '{out}' (FORMAT parquet)"]


def polars_command(source, out):
    return [sys.executable, str(Path(__file__).with_name("fit_polars.py")), str(source), str(out)]


def scores(path):
    import pyarrow.parquet
    table = pyarrow.parquet.read_table(path)
    key, score, tier = table.columns[:3]
    return sorted(zip(key.to_pylist(), (round(float(each)) for each in score.to_pylist()), map(str, tier.to_pylist())))


def ours_as(path):
    """In hundredths, as the peers have it."""
    import pyarrow.parquet
    table = pyarrow.parquet.read_table(path, columns=["account", "ideal_score", "ideal_tier"])
    return sorted(zip(table["account"].to_pylist(), (int(each * 100) for each in table["ideal_score"].to_pylist()),
                      table["ideal_tier"].to_pylist()))


def race(folder, kind, times):
    """Ours and the peers by turns, the best of each."""
    source, row = folder / kind / f"accounts.{kind}", f"file.{kind}"
    rulec = [OPTIONS.build / "bin" / "rulec", "run", folder / "rules", "--data", folder / kind, "--out", folder / "out",
             "--out-format", "parquet", "--threads", str(OPTIONS.threads)]
    peers = {"ours": (rulec, None), "DuckDB": (duckdb_command(source, folder / "duckdb.parquet"), None),
             "Polars": (polars_command(source, folder / "polars.parquet"), {"POLARS_MAX_THREADS": str(OPTIONS.threads)})}
    best = dict.fromkeys(peers, float("inf"))
    for _ in range(times):
        for name in list(best):
            took = seconds_of(*peers[name])
            if took is None:
                del best[name]
                continue
            best[name] = min(best[name], took)
    if "ours" not in best:
        sys.exit(1)
    unit = f"s, {OPTIONS.threads} thread{'s' if OPTIONS.threads > 1 else ''}"
    name = row if OPTIONS.threads == 1 else f"{row}.{OPTIONS.threads}"
    measure.ours(name, unit, best["ours"])
    expected = ours_as(folder / "out" / "accounts.parquet")
    for peer in ("DuckDB", "Polars"):
        if peer not in best:
            measure.absent(name, peer)
            continue
        wrong = measure.differing(scores(folder / f"{peer.lower()}.parquet"), expected, "accounts")
        measure.report(name, peer, best[peer], OPTIONS.threads, wrong)


def main():
    count = 200_000 if OPTIONS.quick else 2_000_000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_accounts(folder, count)
        (folder / "rules").mkdir()
        (folder / "rules" / "fit13.rules").write_text(measure.rules_in("fit13.hpp"), encoding="utf-8")
        for kind in ("parquet", "csv"):
            race(folder, kind, 3 if OPTIONS.quick else 5)
            shutil.rmtree(folder / "out")


if __name__ == "__main__":
    main()
