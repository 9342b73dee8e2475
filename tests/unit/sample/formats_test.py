#!/usr/bin/env python3
"""The same made-up data as CSV and as Parquet give the same results, byte for byte.

    formats_test.py RULEC RULEBOOK_SAMPLE RULEBOOK_FOLDER
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path


def main():
    rulec, sample, rulebook = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as scratch:
        results = {}
        for kind in ("csv", "parquet"):
            data, out = Path(scratch) / kind, Path(scratch) / f"{kind}_out"
            subprocess.run([sample, "--accounts", "700", "--seed", "3", "--format", kind, "--out", data], check=True)
            subprocess.run([rulec, "run", rulebook, "--data", data, "--out", out], check=True, stdout=subprocess.DEVNULL)
            results[kind] = {path.name: path.read_bytes() for path in out.glob("*.csv")}
            record = json.loads((out / "run.json").read_text(encoding="utf-8"))
            results[kind]["run.json"] = record["data_fingerprint"], record["records"]
            results[kind]["truth.json"] = (data / "truth.json").read_bytes()
    different = [name for name in results["csv"] if results["csv"][name] != results["parquet"].get(name)]
    empty = [name for name, content in results["csv"].items() if name in ("accounts.csv", "firings.csv", "credits.csv")
             and content.count(b"\n") < 20]
    print(f"{len(results['csv'])} files compared, different: {different}, without content: {empty}")
    return 1 if different or empty or len(results["csv"]) < 8 else 0


if __name__ == "__main__":
    sys.exit(main())
