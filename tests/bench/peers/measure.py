"""What the peers have in common: how they are timed, what they print, and our answers to compare theirs with."""

import argparse
import contextlib
import importlib
import json
import subprocess
import tempfile
import time
from pathlib import Path


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path, help="folder of the build")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def best_seconds(work, times):
    """Of so many runs; one before them warms up."""
    work()
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def installed(row, peers):
    """Name, module and work of each peer that is there; says which are not. `peers`: by name (module, work)."""
    for name, (module, work) in peers.items():
        try:
            loaded = importlib.import_module(module)
        except ImportError as error:
            absent(row, name, str(error))
            continue
        yield name, loaded, work


def differing(found, expected, what):
    """How many answers are others than ours; None where none is."""
    wrong = sum(a != b for a, b in zip(found, expected)) + abs(len(found) - len(expected))
    return f"{wrong:,} of {len(expected):,} {what}" if wrong else None


def ours(row, unit, value):
    print(json.dumps({"name": row, "unit": unit, "ours": value}), flush=True)


def report(row, peer, value, threads=1, differs=None, **more):
    """`differs`: how the peer's answers are others than ours; such a peer is shown, and counts for no goal."""
    print(json.dumps({"name": row, "peer_name": peer, "peer": value, "threads": threads, "differs": differs, **more}), flush=True)


def absent(row, peer, why="not installed"):
    print(json.dumps({"name": row, "peer_name": peer, "absent": why}), flush=True)


@contextlib.contextmanager
def clickhouse_session(module, threads):
    """With tables in memory only."""
    session = importlib.import_module(f"{module.__name__}.session")
    with tempfile.TemporaryDirectory() as scratch:
        base = session.Session(f"{scratch}/base")
        base.query(f"SET max_threads = {threads}")
        try:
            yield base
        finally:
            base.close()


def fill_clickhouse(base, name, types, table):
    """Texts for enums."""
    import pyarrow
    import pyarrow.parquet as parquet
    plain = pyarrow.table([column.cast(pyarrow.string()) if pyarrow.types.is_dictionary(column.type) else column for column in table.columns],
                          names=table.column_names)
    with tempfile.TemporaryDirectory() as scratch:
        parquet.write_table(plain, f"{scratch}/{name}.parquet")
        base.query(f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in types.items())}) ENGINE = Memory")
        base.query(f"INSERT INTO {name} SELECT * FROM file('{scratch}/{name}.parquet', Parquet) SETTINGS max_insert_threads = 1, max_threads = 1")


def money_of(cents):
    """The same digits, two of them behind the point."""
    import pyarrow
    whole = (cents.combine_chunks() if isinstance(cents, pyarrow.ChunkedArray) else cents).cast(pyarrow.decimal128(19, 0))
    return pyarrow.Array.from_buffers(pyarrow.decimal128(19, 2), len(whole), whole.buffers(), offset=whole.offset)


def our_answers(build, rules, tables, name, *more):
    """A table of the results of `rulec run` over these tables."""
    import pyarrow.parquet as parquet
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "rules").mkdir()
        (folder / "data").mkdir()
        (folder / "rules" / "bench.rules").write_text(rules, encoding="utf-8")
        for table, content in tables.items():
            parquet.write_table(content, folder / "data" / f"{table}.parquet")
        done = subprocess.run([build / "bin" / "rulec", "run", folder / "rules", "--data", folder / "data", "--out", folder / "out",
                               "--out-format", "parquet", *more], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"rulec run ended with {done.returncode}: {done.stderr}{done.stdout}")
        return parquet.read_table(folder / "out" / f"{name}.parquet")


def rules_in(file):
    """The rulebook that a C++ program of the benchmarks holds as a raw string."""
    text = (Path(__file__).resolve().parent.parent / file).read_text(encoding="utf-8")
    return text.split('R"(', 1)[1].split(')"', 1)[0]
