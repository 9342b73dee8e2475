#!/usr/bin/env python3
"""Results as Arrow and Parquet files, read by pyarrow and, where it is there, Polars: the same as the CSV files say.

    arrow_readers_test.py BUILD_FOLDER SOURCE_FOLDER

Ends with 77, which ctest takes as skipped, where pyarrow is not installed (pip install pyarrow polars).
"""
import csv
import pathlib
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from decimal import Decimal

SKIPPED = 77
try:
    import pyarrow
    import pyarrow.ipc
    import pyarrow.parquet
except ImportError:
    print("skipped: this Python has no pyarrow")
    sys.exit(SKIPPED)
try:
    import polars
except ImportError:
    polars = None


def cell_of(text, kind):
    """What a cell of a CSV file should be in a column of an Arrow type."""
    if text == "":
        return None
    if pyarrow.types.is_decimal(kind):
        return Decimal(text)
    if pyarrow.types.is_timestamp(kind):
        return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)
    if pyarrow.types.is_integer(kind):
        return int(text)
    if pyarrow.types.is_boolean(kind):
        return text == "true"
    return text


def differences(name, rows, table):
    if table.num_rows != len(rows):
        yield f"{name}: {table.num_rows} rows, {len(rows)} in the CSV file"
        return
    for column in table.schema:
        texts = [row[column.name] for row in rows]
        wanted = [cell_of(text, column.type) for text in texts]
        # CSV writes an empty text as it writes what is missing.
        got = [None if value == "" else value for value in table.column(column.name).to_pylist()]
        for row, (want, have) in enumerate(zip(wanted, got)):
            if want != have:
                yield f"{name}, {column.name}, row {row}: {have!r}, but {want!r} in the CSV file"
                break


def main():
    build, source = map(pathlib.Path, sys.argv[1:])
    faults, tables = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        data = pathlib.Path(scratch) / "data"
        subprocess.run([build / "bin" / "rulebook-sample", "--accounts", "1000", "--seed", "1", "--out", data],
                       check=True, stdout=subprocess.DEVNULL)
        out = {}
        for form in ("csv", "arrow", "parquet"):
            out[form] = pathlib.Path(scratch) / form
            subprocess.run([build / "bin" / "rulec", "run", source / "rules" / "crawl_walk_run", "--data", data,
                            "--out", out[form], "--out-format", form], check=True, stdout=subprocess.DEVNULL)
        for path in sorted(out["csv"].glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            arrow = pyarrow.ipc.open_file(out["arrow"] / f"{path.stem}.arrow").read_all()
            arrow.validate(full=True)
            faults += differences(f"{path.stem}.arrow", rows, arrow)
            parquet = pyarrow.parquet.read_table(out["parquet"] / f"{path.stem}.parquet")
            if not parquet.cast(arrow.schema).equals(arrow):
                faults.append(f"{path.stem}.parquet differs from {path.stem}.arrow")
            if polars is not None and not polars.read_ipc(out["arrow"] / f"{path.stem}.arrow").equals(
                    polars.from_arrow(arrow)):
                faults.append(f"{path.stem}.arrow is another one to Polars")
            tables += 1
    for fault in faults:
        print(fault)
    print(f"{tables} tables compared{'' if polars else ', Polars left out: it is not installed'}")
    return 1 if faults or tables == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
